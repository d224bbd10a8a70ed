"""How long a test waits for what comes by itself: no measure of speed, only an end for what hangs."""

from __future__ import annotations

PATIENCE = 120
"""Seconds until a wait in vain fails, however busy the machine. A test as a whole has more."""
