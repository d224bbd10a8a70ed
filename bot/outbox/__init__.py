"""Slack out: decisions, the outbox that delivers them once, and messages that are sent directly."""
