"""The least a Slack app can be, `python -m bench.bare_app`: acknowledges, answers mentions with a sentence.

The peer of the desk under load: the same libraries and server, Bolt as its documentation shows it.
Settings: SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET, SLACK_API_URL, PORT; it listens on loopback.
"""

from __future__ import annotations

import os
import sys
from typing import Any

from flask import Flask, Response, request
from slack_bolt import App
from slack_bolt.adapter.flask import SlackRequestHandler
from slack_sdk import WebClient
from waitress.server import create_server

THREADS = 8


def main() -> None:
    """Serve until it is ended."""
    app = App(
        client=WebClient(os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"]),
        signing_secret=os.environ["SLACK_SIGNING_SECRET"],
        token_verification_enabled=False,
    )

    @app.event("app_mention")
    def handle_app_mention(client: WebClient, event: dict[str, Any]) -> None:
        client.chat_postMessage(
            channel=event["channel"], thread_ts=event["ts"], text="Somebody will look into it."
        )

    @app.event("message")
    def handle_message() -> None:
        """Acknowledge it: Bolt does that by itself."""

    handler, pages = SlackRequestHandler(app), Flask("bare")

    @pages.post("/slack/events")
    def take_event() -> Response:
        return handler.handle(request)

    server = create_server(pages, host="127.0.0.1", port=int(os.environ["PORT"]), threads=THREADS)
    print(f"Listening at http://127.0.0.1:{os.environ['PORT']}/slack/events", file=sys.stderr, flush=True)
    server.run()


if __name__ == "__main__":
    main()
