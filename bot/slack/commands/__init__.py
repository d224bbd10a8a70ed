"""`/fault` and its subcommands."""
