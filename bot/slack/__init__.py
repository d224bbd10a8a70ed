"""From what Slack sends to a question for the desk, and back."""
