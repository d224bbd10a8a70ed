"""What the desk knows: the shapes (entry), the reader (load) and one consistent state of it (snapshot)."""
