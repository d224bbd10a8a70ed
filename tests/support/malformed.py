"""Payloads of Slack's, spoilt: `python -m tests.support.malformed [--count N] [--seed N] [--socket]`.

Each is a payload as Slack documents it with up to three parts exchanged, lost or doubled, or a body that is
cut or broken. The app must acknowledge each with 200, or 400 where it is not JSON, and log no traceback but
that of a message which Slack refused.
"""

from __future__ import annotations

import argparse
import copy
import json
import logging
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from slack_sdk.errors import SlackApiError

from bot.config import Settings
from bot.outbox.faults import RefusedError
from bot.watch_mode import WatchPreset
from tests.support.fake_slack import FakeSlack
from tests.support.fake_workspace import BOT_USER, TEAM
from tests.support.front import CHANNEL, DIRECT, PERSON, Front, Json, find_buttons
from tests.support.shipped import open_desk

ROOT = Path(__file__).resolve().parents[2]
REFUSALS = (SlackApiError, RefusedError)
BATCH = 500  # payloads between two times that the outbox is emptied


def nest(depth: int, inner: object = 28504) -> object:
    """Return lists in lists."""
    for _ in range(depth):
        inner = [inner]
    return inner


VALUES: list[Any] = [
        None, 0, -1, 28504, 2**63, 1e300, True, False, "", " ", "28504", "x" * 5_000, "\0", "a\0b", "\ud800",
        "1790000001.\udfff", "ö", "28504 设备不在线", "<!channel>", "null", "{}", "[" * 1_990, '{"k":' * 400,
        json.dumps(nest(800)), [], [[]], [None], [1, "28504"], {}, {"": ""}, {"id": 1}, {"id": {"id": "C1"}},
        {"type": {}}, nest(60), {"text": nest(30)}, "U" * 101, "C0SUPPORT\n",
    "1790000001.000100 ",
]  # fmt: skip


def build_payloads(front: Front) -> dict[str, Json]:
    """Return a payload of each kind, as Slack documents it."""
    post = front.build_post("error_code=28504 on the gateway")
    alert = front.build_post(
        "",
        subtype="bot_message",
        bot_id="B0ALERT",
        attachments=[
            {
                "title": "[FIRING] gateway",
                "fields": [{"title": "error code", "value": "28504", "short": True}],
            }
        ],
        files=[{"id": "F1", "mode": "snippet", "preview": "code 28504"}],
    )
    told = front.command("28504").get_json()
    person = {"id": PERSON, "name": "mei", "team_id": TEAM}
    placed = {"team": {"id": TEAM}, "user": person, "channel": {"id": CHANNEL}, "trigger_id": "1.2.3"}
    url = front.fake.response_url("malformed")
    clicks: dict[str, Json] = {
        button["action_id"]: {
            "type": "block_actions",
            **placed,
            "container": {"type": "message", "message_ts": post["ts"], "channel_id": CHANNEL},
            "message": post | {"thread_ts": post["ts"]},
            "response_url": url,
            "actions": [button | {"block_id": "b", "action_ts": "1790000006.000100"}],
        }
        for button in find_buttons(told["blocks"])
    }
    metadata = f"{CHANNEL} {post['ts']} {clicks['answer_share']['actions'][0]['value']}"
    view = {"id": "V1", "type": "modal", "callback_id": "answer_post", "private_metadata": metadata}
    return {
        "post": _deliver(post),
        "alert": _deliver(alert),
        "mention": _deliver(front.build_post(f"<@{BOT_USER}> 28504", type="app_mention")),
        "bare mention": _deliver(
            front.build_post(f"<@{BOT_USER}>", type="app_mention", thread_ts="1790000000.000100")
        ),
        "direct": _deliver(front.build_post("28504", channel=DIRECT, channel_type="im")),
        "edit": _deliver(
            {
                "type": "message",
                "subtype": "message_changed",
                "channel": CHANNEL,
                "ts": "1790000002.000100",
                "channel_type": "channel",
                "message": post | {"edited": {"user": PERSON, "ts": "1790000002.000000"}},
                "previous_message": post | {"text": "error", "blocks": []},
            }
        ),
        "deletion": _deliver(
            {
                "type": "message",
                "subtype": "message_deleted",
                "channel": CHANNEL,
                "channel_type": "channel",
                "ts": "1790000003.000100",
                "deleted_ts": post["ts"],
                "previous_message": post,
            }
        ),
        "renamed": _deliver(
            {"type": "channel_id_changed", "old_channel_id": "C0OLD", "new_channel_id": "C0NEW"}
        ),
        "revoked": _deliver({"type": "tokens_revoked", "tokens": {"oauth": ["U1"], "bot": []}}),
        "command": {
            "command": "/fault",
            "text": "28504",
            "team_id": TEAM,
            "channel_id": CHANNEL,
            "user_id": PERSON,
            "response_url": url,
            "trigger_id": "1.2.3",
        },
        "shortcut": {
            "type": "message_action",
            "callback_id": "explain_error",
            **placed,
            "message_ts": alert["ts"],
            "message": alert,
            "response_url": url,
        },
        "submission": {"type": "view_submission", **placed, "view": view, "response_urls": []},
        "modal": {
            "type": "block_actions",
            **placed,
            "view": view,
            "container": {"type": "view", "view_id": "V1"},
            "actions": clicks["language_switch_zh"]["actions"],
        },
        **clicks,
    }


def _deliver(event: Json) -> Json:
    return {
        "type": "event_callback",
        "team_id": TEAM,
        "api_app_id": "A0FAULT",
        "event": event,
        "event_id": "Ev1",
        "event_time": 1_790_000_000,
        "authorizations": [{"enterprise_id": None, "team_id": TEAM, "user_id": BOT_USER, "is_bot": True}],
        "is_ext_shared_channel": False,
    }


def spoil(payload: Json, chance: random.Random) -> Json:
    """Return a payload with one to three of its parts exchanged, lost, wrapped or doubled."""
    spoilt = copy.deepcopy(payload)
    for _ in range(chance.randint(1, 3)):
        places = list(_list_places(spoilt))
        if not places:
            return spoilt
        holder, key = chance.choice(places)
        match chance.randrange(6):
            case 0:
                del holder[key]
            case 1:
                holder[key] = [holder[key]]
            case 2:
                holder[key] = {"id": holder[key]}
            case _:
                holder[key] = copy.deepcopy(chance.choice(VALUES))
    return spoilt


def _list_places(part: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each part with what holds it, as deep as Slack's payloads go."""
    waiting = [(part, 0)]
    while waiting:
        holder, depth = waiting.pop()
        keys = holder.keys() if isinstance(holder, dict) else range(len(holder))
        for key in list(keys):
            yield holder, key
            if depth < 12 and isinstance(holder[key], dict | list):
                waiting.append((holder[key], depth + 1))


def break_body(body: str, chance: random.Random) -> str:
    """Return a body that is cut, or has something strange in it."""
    place = chance.randrange(len(body) + 1)
    strange = chance.choice(
        ["[" * 3_000, "{" * 3_000, '"', "\\", "\0", "\\ud800", "%", "&", "ö", "NaN", "1e999"]
    )
    cut = chance.choice([0, 1, 5, len(body)])
    return body[:place] + strange + body[place + cut :]


class Run:
    """Sends spoilt payloads to an app, and counts how each was answered."""

    def __init__(self, front: Front, seed: int) -> None:
        self.front = front
        self.statuses: Counter[int] = Counter()
        self.failed: list[str] = []
        self._chance = random.Random(seed)  # noqa: S311 - to be repeated
        self._payloads = build_payloads(front)
        self._watcher = _Watcher()
        front.start_holding()

    def __enter__(self) -> Run:
        logging.getLogger().addHandler(self._watcher)
        return self

    def __exit__(self, *_: object) -> None:
        self.front.release()
        logging.getLogger().removeHandler(self._watcher)

    def send_one(self, by_socket: bool) -> None:
        """Send one."""
        name = self._chance.choice(list(self._payloads))
        payload = spoil(self._payloads[name], self._chance)
        shown = json.dumps(payload)[:2_000]
        if by_socket:
            status = self.front.service.entry.take(payload).status
        else:
            is_form = name not in ("command",) and payload.get("type") != "event_callback"
            body = urlencode({"payload": json.dumps(payload)}) if is_form else json.dumps(payload)
            if name == "command" and self._chance.random() < 0.8:
                flat = {key: value for key, value in payload.items() if isinstance(value, str)}
                is_form, body = True, urlencode(flat, errors="replace")
            if self._chance.random() < 0.1:
                body = break_body(body, self._chance)
            shown = body[:2_000]
            status = self.front.send(body, form=is_form).status_code
        self.statuses[status] += 1
        if status not in (200, 400) or self._watcher.found:
            self.failed.append(f"{status} {self._watcher.take()} {shown}")

    def empty(self) -> None:
        """Have what was decided sent; what fails there counts."""
        self.front.release()
        self.front.start_holding()
        if self._watcher.found:
            self.failed.append(f"while sending: {self._watcher.take()}")


class _Watcher(logging.Handler):
    """Keeps what is logged with a traceback."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found: list[str] = []
        self._format = logging.Formatter()

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info and record.exc_info[0] and not isinstance(record.exc_info[1], REFUSALS):
            self.found.append(self._format.formatException(record.exc_info)[-1_500:])

    def take(self) -> str:
        found, self.found = self.found, []
        return " | ".join(found)


def open_front(fake: FakeSlack, folder: Path) -> Front:
    """Return an app over the real knowledge that watches the channel."""
    desk = open_desk()
    settings = replace(Settings(), watch={CHANNEL: WatchPreset("auto", eager=True)})
    return Front(fake, desk, folder, settings)


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def main(arguments: list[str]) -> int:
    """Send so many, tell how they were answered."""
    parser = argparse.ArgumentParser(prog="python -m tests.support.malformed", description=__doc__)
    parser.add_argument("--count", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--socket", action="store_true", help="as Socket Mode hands them over")
    options = parser.parse_args(arguments)
    logging.getLogger("bot").setLevel(logging.WARNING)
    logging.getLogger().addHandler(logging.NullHandler())
    began = time.monotonic()
    with FakeSlack(start=1_800_000_000) as fake, tempfile.TemporaryDirectory() as folder:
        with Run(open_front(fake, Path(folder)), options.seed) as run:
            for number in range(options.count):
                run.send_one(options.socket)
                if number % BATCH == BATCH - 1:
                    run.empty()
        run.front.settle()
    _tell(f"{options.count} payloads, {time.monotonic() - began:.0f} s: {dict(run.statuses)}")
    _tell(f"failed: {len(run.failed)}")
    for each in run.failed[:10]:
        _tell(each)
    return 1 if run.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
