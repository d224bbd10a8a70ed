"""Faultbook, the error-code desk. Importing this package reads nothing and connects to nothing."""
