"""What the desk knows: the shapes (entry, pack, language), the reader (load), one state of it (snapshot)."""
