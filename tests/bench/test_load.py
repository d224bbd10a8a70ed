"""The load benchmark: its requests are such as Slack sends, and a measurement comes back whole."""

from __future__ import annotations

import json
import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from slack_sdk.signature import SignatureVerifier

from bench.load import Contender, measure, render
from bench.traffic import ANSWERED, BATCH, SECRET, Client, Request, build_commands, build_posts


def read_request(request: bytes) -> tuple[dict[str, str], str]:
    """Return a request's headers and its body."""
    head, _, body = request.decode().partition("\r\n\r\n")
    return dict(line.split(": ", 1) for line in head.split("\r\n")[1:]), body


def test_requests_are_signed() -> None:
    """The desk would take each of them, and each is another person's."""
    requests = [*build_commands(0), *build_posts(BATCH)]
    verifier = SignatureVerifier(SECRET)
    told = [read_request(request.sent) for request in requests]
    assert all(verifier.is_valid_request(body, headers) for headers, body in told)
    assert all(int(headers["Content-Length"]) == len(body.encode()) for headers, body in told)
    assert len({body for _, body in told}) == 2 * BATCH


def test_some_posts_show_an_error() -> None:
    """One in ANSWERED does."""
    texts = [json.loads(read_request(request.sent)[1])["event"]["text"] for request in build_posts(0)]
    assert sum("28504" in text for text in texts) == BATCH // ANSWERED


def test_measure() -> None:
    """A short one: every figure is there, and in the table."""
    [load] = measure([Contender("commands", "faultbook", build_commands, events=1)], seconds=0.3)
    assert load.events > 0
    assert load.rate > 0 < load.p50 <= load.p99
    assert load.memory_before > 0 < load.memory_after
    assert f"{load.rate:.0f}" in render([load])


def test_empty_answers_do_not_count() -> None:
    """What is only acknowledged where an answer is due ends the measurement."""
    with socket.create_server(("127.0.0.1", 0)) as server, ThreadPoolExecutor() as pool:
        client = Client(server.getsockname()[1])
        asking = pool.submit(client.ask, Request(b"POST /slack/events HTTP/1.1\r\n\r\n", b"a card"))
        connection, _ = server.accept()
        with closing(client), connection:
            connection.recv(1024)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            with pytest.raises(RuntimeError, match="200 OK"):
                asking.result()
