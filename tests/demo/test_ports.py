"""A port that is reserved stays one's own while nobody listens there."""

from __future__ import annotations

import socket

import pytest

from demo.ports import ReservedPort


def test_nobody_else_gets_it() -> None:
    """Whoever doesn't share it is refused; who connects finds nobody; a server of ours may come and go."""
    reserved = ReservedPort()
    address = ("127.0.0.1", reserved.number)
    with socket.socket() as other, pytest.raises(OSError, match="in use"):
        other.bind(address)
    for _ in range(2):
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(address)
        with socket.create_server(address):  # it sets SO_REUSEADDR
            socket.create_connection(address).close()
