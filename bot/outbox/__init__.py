"""Slack out: what is said, at once or in its turn, and that it is said once."""
