"""The demo: the desk in a Slack-like workspace on this machine, run by `python -m demo`. Not installed."""
