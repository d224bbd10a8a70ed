"""The client for Slack's Web API: slack_sdk's, with a deadline for the whole call and no retries of its own.

slack_sdk repeats a request whose connection broke, and sleeps where Slack limits the rate. Here the caller
decides both: a message must not be sent twice, and a wait belongs to a row or a timer, not to a thread.
"""

from __future__ import annotations

import json
import urllib.error
from typing import Any
from urllib.request import Request

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.outbox.faults import GarbledError, read_fault
from bot.outbox.transport import Answer, Transport

PATIENCE = 10  # seconds for a call, from the look-up of the name to the last byte of the answer


class SlackClient(WebClient):
    """A client for one token; threads may share it."""

    def __init__(
        self,
        token: str | None,
        api_url: str,
        transport: Transport | None = None,
        *,
        patience: float = PATIENCE,
    ) -> None:
        """Call Slack's Web API at an address; each call takes `patience` seconds at most."""
        super().__init__(token=token, base_url=api_url, retry_handlers=[])
        self._patience = patience
        self._transport = transport or Transport(self.proxy)

    def api_call(self, api_method: str, **arguments: Any) -> SlackResponse:
        """Call a method. Raises GarbledError for an answer that is no text, or JSON but no object."""
        try:
            return super().api_call(api_method, **arguments)
        except (AttributeError, LookupError, UnicodeDecodeError) as error:
            raise GarbledError(api_method) from error

    def apps_connections_open(self, *, app_token: str, **arguments: Any) -> SlackResponse:
        """Ask for the address of Socket Mode; slack_sdk sleeps where Slack limits that: an hour at most."""
        try:
            return super().apps_connections_open(app_token=app_token, **arguments)
        except SlackApiError as error:
            fault = read_fault(error)
            if fault.kind == "limited" and isinstance(error.response.data, dict):
                error.response.data["error"] = "ratelimited"
                error.response.headers["Retry-After"] = str(round(fault.wait))
            raise

    def post_json(self, url: str, body: dict[str, Any]) -> Answer:
        """Post JSON to an address that Slack gave, without the token. Raises what Transport.send does."""
        headers = {"Content-Type": "application/json;charset=utf-8"}
        data = json.dumps(body).encode()
        return self._transport.send(Request(url, data, headers, method="POST"), self._patience)  # noqa: S310

    def _perform_urllib_http_request_internal(self, url: str, req: Request) -> dict[str, Any]:  # noqa: ARG002
        """Send a request of slack_sdk's, which has no other place for a transport of one's own."""
        answer = self._transport.send(req, self._patience)
        return {"status": answer.status, "headers": answer.headers, "body": answer.text}


def read_status(error: urllib.error.HTTPError) -> Answer:
    """Return the answer that an error of Transport.send carries. Raises OSError where it can't be read."""
    return Answer(error.code, dict(error.headers), error.read(2_000).decode("utf-8", "replace"))
