"""Events that Slack sends: one file a surface."""
