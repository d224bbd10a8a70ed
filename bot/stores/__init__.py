"""What must outlive a restart: tables, and functions that read and write them on a given connection.

Knows primitives and its own dataclasses, no Slack object, verdict or reply, and no clock: times are epoch
seconds and come in as arguments. database.py gives the transactions.
"""
