"""Settings of a channel, what is said in it, and why."""
