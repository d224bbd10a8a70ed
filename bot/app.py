"""The composition root of the Slack app: settings and a desk -> listeners, delivery, HTTP app.

Nothing is decided here. Serving it is server.py's part; called by the command line, tests and the benchmark.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, Request, Response
from slack_bolt import App
from slack_bolt.adapter.flask.handler import to_bolt_request, to_flask_response
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry import RateLimitErrorRetryHandler
from slack_sdk.signature import Clock

from bot.config import SlackSettings
from bot.delivery.courier import Courier
from bot.delivery.message import PATIENCE
from bot.desk import Desk
from bot.errors import SettingError
from bot.listeners.reception import Reception
from bot.listeners.register import register
from bot.web.pages import Readiness, build_pages
from bot.web.signature import Signature

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Service:
    """The Slack app, ready to be served; `close` it to send what is waiting."""

    app: App
    courier: Courier

    def close(self) -> None:
        """Send what is waiting, then stop."""
        self.courier.close()


def build_service(
    settings: SlackSettings, desk: Desk, language: str, timer: Callable[[], float] = time.monotonic
) -> Service:
    """Return the Slack app over a desk; `language` serves where a question tells none.

    `timer` counts seconds, for limits on questions and for what was answered already. Raises SettingError
    where the environment asks Bolt for another way to get tokens.
    """
    app = App(
        name="faultbook",
        token=settings.bot_token.reveal(),
        logger=logging.getLogger("slack_bolt"),  # else Bolt takes the root's level, and logs bodies at DEBUG
        process_before_response=True,  # the answer is in the acknowledgement, or its failure is
        request_verification_enabled=False,  # web/signature.py stands before it; Socket Mode needs none
        token_verification_enabled=False,  # check_token does it, and says what to do
        raise_error_for_unhandled_request=True,  # so that those are acknowledged too
        attaching_conversation_kwargs_enabled=False,
    )
    if app.oauth_flow is not None:  # Bolt reads those two from the environment by itself
        raise SettingError("setting_oauth")
    app.client.base_url, app.client.timeout = settings.api_url, PATIENCE
    app.client.retry_handlers.append(RateLimitErrorRetryHandler(max_retry_count=2))
    courier = Courier(timer=timer)
    register(app, Reception(desk, language, timer), courier)
    return Service(app, courier)


def build_http_app(
    service: Service, settings: SlackSettings, readiness: Readiness, clock: Clock | None = None
) -> Flask:
    """Return the HTTP app: Slack's requests, unless they come by Socket Mode, and the health pages."""
    if settings.by_socket:
        return build_pages(readiness)

    def take(request: Request) -> Response:
        try:
            asked = to_bolt_request(request)
        except (ValueError, TypeError, AttributeError):  # signed, yet nothing that Slack sends
            return Response("the body holds no payload\n", 400)
        return to_flask_response(service.app.dispatch(asked))

    return build_pages(readiness, take, Signature(settings.signing_secret.reveal(), clock))


def check_token(client: WebClient) -> bool:
    """Ask Slack whose token this is; return False if Slack can't be reached.

    Raises SettingError if Slack refuses the token.
    """
    try:
        client.auth_test()
    except SlackApiError as error:
        told = str(error.response.get("error", ""))
        if error.response.status_code == 200:
            raise SettingError("token_refused", error=told) from None
        _log.warning("Slack did not answer", extra={"error": told})
        return False
    except OSError as error:
        _log.warning("Slack can't be reached", extra={"error": str(error)})
        return False
    return True
