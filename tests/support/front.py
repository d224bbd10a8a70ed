"""The whole Slack app as Slack sees it: signed requests to its HTTP app, a fake Web API on loopback.

Payloads are built here, in the shapes that Slack documents. Bolt makes a client for each request, so nothing
is mocked: what the app sends is read from the fake.
"""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from slack_sdk.signature import SignatureVerifier
from werkzeug.test import Client, TestResponse

from bot.app import Service, build_http_app, build_service
from bot.config import Settings
from bot.desk import Desk
from bot.replies.findings import Finding
from bot.setting_values import Secret
from bot.stores.outbox import count_waiting
from tests.support.fake_slack import FakeSlack
from tests.support.fake_workspace import BOT_USER, TEAM
from tests.support.migrated import open_migrated
from tests.support.patience import PATIENCE

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"  # noqa: S105 - signs nothing but the tests' requests
TOKEN = "xoxb-tests"  # noqa: S105 - likewise
CHANNEL, DIRECT, PERSON, OTHER = "C0SUPPORT", "D0DIRECT", "U0MEI", "U0ALEX"

MOST_ROUNDS = 500

Json = dict[str, Any]


class Hours:
    """The app's clock: it stands at `now` until it is set on, unless it `is_real`."""

    def __init__(self) -> None:
        self.now = 1_790_000_000.0
        self.is_real = False

    def tell(self) -> float:
        """Return epoch seconds."""
        return time.time() if self.is_real else self.now

    def count(self) -> float:
        """Return seconds since whenever."""
        return self.tell()


class Front:
    """Sends the app what Slack would send it; `fake` has what the app says.

    After each request the outbox is emptied here and now, its pace kept by a clock that goes on by itself;
    once `start` was called the app's own threads do that, by the real clock.
    """

    def __init__(
        self,
        fake: FakeSlack,
        desk: Desk,
        folder: Path,
        settings: Settings | None = None,
        hours: Hours | None = None,
        examine: Callable[[Service], Sequence[Finding]] = lambda _service: (),
        *,
        patience: float = PATIENCE,
    ) -> None:
        """Make the app, with a new database whose transactions wait `patience` seconds for a lock."""
        self.fake = fake
        self.hours = hours or Hours()
        self.settings = replace(
            settings or Settings(),
            bot_token=Secret(TOKEN),
            signing_secret=Secret(SECRET),
            api_url=fake.url,
        )
        database = open_migrated(f"sqlite:///{folder}/faultbook.db", patience=patience)
        clock, timer = self.hours.tell, self.hours.count
        self.service = build_service(
            self.settings, desk, database, clock, timer, senders=1, examine=examine
        )  # one thread: what is sent directly arrives in the order in which it was said
        self.service.identity.ask()  # as the server does at its start
        known = self.service.identity.get()
        self.service.identity.known = replace(known, url="https://acme.slack.com/")
        self._is_holding = False
        self._client = Client(build_http_app(self.service, self.settings, lambda: {"knowledge": True}))
        self._numbers = itertools.count(1)

    def start(self) -> None:
        """Let the app send on its own threads from now on, by the real clock."""
        self._is_holding = self.hours.is_real = True
        self.service.start()

    def start_holding(self) -> None:
        """Leave in the outbox what is said from now on, so that the clock stands."""
        self._is_holding = True

    def release(self) -> None:
        """Send what was left."""
        self._is_holding = False
        self.flush()

    def flush(self) -> None:
        """Send what the outbox holds; the clock goes on as long as a channel's pace wants it."""
        for _ in range(MOST_ROUNDS):
            with self.service.database.read() as connection:
                if not count_waiting(connection):
                    return
            if not self.service.sender.run_once(self.hours.tell()):
                self.hours.now += 1.0
        raise AssertionError("the outbox isn't empty yet")

    def settle(self) -> None:
        """Wait until all that was said is sent; nothing can be asked after that."""
        if not self._is_holding:
            self.flush()
        self.service.close()

    def send(self, body: str, headers: Mapping[str, str] | None = None, form: bool = False) -> TestResponse:
        """Send a body to /slack/events; signed by us, unless headers are given."""
        if headers is None:
            at = str(int(time.time()))
            signature = SignatureVerifier(SECRET).generate_signature(timestamp=at, body=body) or ""
            headers = {"X-Slack-Request-Timestamp": at, "X-Slack-Signature": signature}
        kind = "application/x-www-form-urlencoded" if form else "application/json"
        response = self._client.post(
            "/slack/events", data=body.encode(), headers=dict(headers), content_type=kind
        )
        self.service.ledger_queue.wait()
        if not self._is_holding:
            self.flush()
        return response

    def get(self, path: str) -> TestResponse:
        """Ask for one of the pages for whoever runs the desk."""
        return self._client.get(path)

    def event(self, event: Json, **envelope: Any) -> TestResponse:
        """Deliver an event of the Events API."""
        body = {
            "token": "verification",
            "team_id": TEAM,
            "api_app_id": "A0FAULT",
            "event": event,
            "type": "event_callback",
            "event_id": f"Ev{next(self._numbers)}",
            "event_time": 1_790_000_000,
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": TEAM,
                    "user_id": BOT_USER,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": False,
        }
        return self.send(json.dumps(body | envelope))

    def mention(self, text: str, **fields: Any) -> TestResponse:
        """Deliver the mention of the bot that a person wrote in a channel."""
        return self.event(self.build_post(f"<@{BOT_USER}> {text}", type="app_mention") | fields)

    def direct(self, text: str, **fields: Any) -> TestResponse:
        """Deliver a direct message."""
        return self.event(self.build_post(text, channel=DIRECT, channel_type="im") | fields)

    def command(self, text: str, **fields: str) -> TestResponse:
        """Deliver a slash command."""
        given = {
            "token": "verification",
            "team_id": TEAM,
            "team_domain": "acme",
            "channel_id": CHANNEL,
            "channel_name": "support",
            "user_id": PERSON,
            "user_name": "mei",
            "command": "/fault",
            "text": text,
            "api_app_id": "A0FAULT",
            "is_enterprise_install": "false",
            "response_url": self.fake.response_url(f"command{next(self._numbers)}"),
            "trigger_id": "1.2.command",
        }
        return self.send(urlencode(given | fields), form=True)

    def interact(self, payload: Json) -> TestResponse:
        """Deliver an interaction: a click, a shortcut, a modal that was submitted."""
        return self.send(urlencode({"payload": json.dumps(payload)}), form=True)

    def shortcut(self, post: Json, **fields: Any) -> TestResponse:
        """Deliver the message shortcut, used on a message."""
        payload = {
            "type": "message_action",
            "token": "verification",
            "callback_id": "explain_error",
            "trigger_id": f"{next(self._numbers)}.2.shortcut",
            "action_ts": "1790000009.000100",
            "team": {"id": TEAM, "domain": "acme"},
            "user": {"id": PERSON, "name": "mei"},
            "channel": {"id": CHANNEL, "name": "support"},
            "message_ts": post.get("ts"),
            "message": post,
            "response_url": self.fake.response_url(f"shortcut{next(self._numbers)}"),
        }
        return self.interact(payload | fields)

    def submit(self, view: Json, user: str = PERSON) -> TestResponse:
        """Deliver the submission of a modal."""
        payload = {
            "type": "view_submission",
            "token": "verification",
            "team": {"id": TEAM, "domain": "acme"},
            "user": {"id": user, "name": "mei"},
            "trigger_id": "1.2.submit",
            "api_app_id": "A0FAULT",
            "view": view | {"id": "V1", "team_id": TEAM, "state": {"values": {}}, "hash": "1.a"},
            "response_urls": [],
        }
        return self.interact(payload)

    def click(self, button: Json, user: str = PERSON, **fields: Any) -> TestResponse:
        """Deliver a click on a button of a message of the bot; `fields` say which message that is."""
        payload = {
            "type": "block_actions",
            "token": "verification",
            "team": {"id": TEAM, "domain": "acme"},
            "user": {"id": user, "username": "mei", "name": "mei", "team_id": TEAM},
            "api_app_id": "A0FAULT",
            "channel": {"id": CHANNEL, "name": "support"},
            "trigger_id": f"{next(self._numbers)}.2.click",
            "container": {
                "type": "message",
                "message_ts": "1790000005.000100",
                "channel_id": CHANNEL,
                "is_ephemeral": False,
            },
            "message": {
                "type": "message",
                "bot_id": "BFAULTBOT",
                "ts": "1790000005.000100",
                "thread_ts": "1790000001.000100",
                "text": "",
            },
            "response_url": self.fake.response_url(f"click{next(self._numbers)}"),
            "actions": [button | {"block_id": "b", "action_ts": "1790000006.000100"}],
        }
        return self.interact(payload | fields)

    def build_post(self, text: str, **fields: Any) -> Json:
        """Return a message that a person wrote, mirrored in blocks as Slack does."""
        ts = f"1790000001.{next(self._numbers):06}"
        element = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
        post: Json = {
            "type": "message",
            "user": PERSON,
            "text": text,
            "ts": ts,
            "team": TEAM,
            "channel": CHANNEL,
            "event_ts": ts,
            "channel_type": "channel",
            "client_msg_id": f"id-{ts}",
        }
        if not text.startswith("<@"):
            post["blocks"] = [{"type": "rich_text", "block_id": "r", "elements": [element]}]
        return post | fields


def find_buttons(blocks: list[Json]) -> list[Json]:
    """Return every button of a message or modal, in reading order."""
    found: list[Json] = []
    for block in blocks:
        elements = [*block.get("elements", []), block.get("accessory") or {}]
        found += [each for each in elements if each.get("type") == "button"]
    return found


def find_button(blocks: list[Json], action: str) -> Json:
    """Return the first button whose action id begins so."""
    buttons = [button for button in find_buttons(blocks) if button["action_id"].startswith(action)]
    assert buttons, f"no button {action} among {[each['action_id'] for each in find_buttons(blocks)]}"
    return buttons[0]
