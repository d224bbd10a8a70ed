"""What people wrote -> what may be kept of it."""
