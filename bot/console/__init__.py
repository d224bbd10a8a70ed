"""The command at work: taking questions from a terminal, pipe or file; showing answers."""
