"""Clicks on buttons."""
