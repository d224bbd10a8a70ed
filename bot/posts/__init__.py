"""Any Slack post -> text with its places."""
