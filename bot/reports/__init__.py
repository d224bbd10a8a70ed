"""What was asked and what became of it: figures of a period, and what was asked for in vain."""
