"""Message shortcuts and the modals they open."""
