"""HTTP in: Slack's requests and the health pages."""
