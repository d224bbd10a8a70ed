"""Knowledge compiled for quick opening: what reading and indexing all files came to, kept on disk."""
