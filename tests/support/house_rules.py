"""What this project never sends although Slack would take it: live tokens, margins, marks that stay plain.

What Slack itself refuses, slack_limits.py tells.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from tests.support.slack_limits import Json, Surface, count_block_text, get_type

BLOCKS, TEXT_BYTES, BLOCK_TEXT = 45, 3600, 9000  # margins below Slack's numbers

# A link that people can read: its address is one a browser or mail program opens.
_LINK = re.compile(r"<(?:https?://|mailto:|tel:)[^<>|\s]+\|[^<>|\n]+>")
_TOKEN = re.compile(r"<[^<>\n]*>")
_MENTION = re.compile(r"<[!#@][^<>\n]*>")
_QUOTE_MARK = re.compile(r"^>{1,3}", re.MULTILINE)
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt);)")
_TWICE = re.compile(r"&amp;(?:amp|lt|gt);")
_CODE = re.compile(r"```.+?```|`[^`\n]+`", re.DOTALL)
_BOLD = re.compile(r"\*(?![ *])[^*\n]+(?<! )\*")


def find_house_faults(
    message: Json, allowed: Collection[str] = (), surface: Surface = "message"
) -> list[str]:
    """Return a sentence, with the place, for everything this project never sends although Slack takes it.

    `allowed` are the tokens a message may hold: `<@U1>`, `<https://example.com>`. The arguments of a
    chat.postMessage are known by their channel without `ts` or `user`.
    """
    faults: list[str] = []
    texts: list[tuple[str, str]] = []
    if surface == "message":
        faults += _find_message_faults(message)
        texts += [("/text", str(message.get("text") or ""))]
    for path, node in _find_nodes({key: message[key] for key in _MARKED_UP if key in message}, ""):
        kind, text = get_type(node), node.get("text")
        if kind == "mrkdwn":
            texts += [(f"{path}/text", str(text))]
            if node.get("verbatim") is not True:
                faults += [f"must be verbatim [json-pointer:{path}]"]
        elif kind == "markdown":  # CommonMark: no entities and no single asterisks, but mentions live
            live = [token for token in _MENTION.findall(str(text)) if token not in allowed]
            faults += [f"live token {token} [json-pointer:{path}/text]" for token in live]
        elif kind in _RICH_MENTIONS:
            sign, key = _RICH_MENTIONS[kind]
            if (token := f"<{sign}{node.get(key)}>") not in allowed:
                faults += [f"live token {token} [json-pointer:{path}]"]
        elif kind == "" and path.startswith("/attachments/"):
            named = {key: node.get(key) for key in _ATTACHMENT_TEXTS}
            texts += [(f"{path}/{key}", value) for key, value in named.items() if isinstance(value, str)]
    for path, text in texts:
        faults += [f"{sentence} [json-pointer:{path}]" for sentence in find_markup_faults(text, allowed)]
    return faults


def find_markup_faults(text: str, allowed: Collection[str] = ()) -> list[str]:
    """Return a sentence for all in a mrkdwn text that would live, show as an entity, or not turn bold."""
    return [*_find_live_tokens(text, allowed), *_find_escape_faults(text, allowed), *_find_dead_marks(text)]


_MARKED_UP = ("title", "blocks", "attachments")
_ATTACHMENT_TEXTS = ("pretext", "title", "text", "fallback", "value")
_RICH_MENTIONS = {
    "broadcast": ("!", "range"),
    "channel": ("#", "channel_id"),
    "user": ("@", "user_id"),
    "usergroup": ("!subteam^", "usergroup_id"),
}


def _find_message_faults(message: Json) -> Iterator[str]:
    text, blocks = message.get("text"), message.get("blocks") or []
    if not (isinstance(text, str) and text.strip()):
        if message.get("delete_original") is not True:
            yield "must be a text that is not empty [json-pointer:/text]"
    elif len(text.encode()) > TEXT_BYTES:
        yield f"must be at most {TEXT_BYTES} bytes [json-pointer:/text]"
    if len(blocks) > BLOCKS:
        yield f"no more than {BLOCKS} items allowed [json-pointer:/blocks]"
    if count_block_text(blocks) > BLOCK_TEXT:
        yield f"must hold at most {BLOCK_TEXT} characters of text together [json-pointer:/blocks]"
    for key in ("link_names", "reply_broadcast"):
        if key in message:
            yield f"must not be sent [json-pointer:/{key}]"
    if message.get("parse", "none") != "none":
        yield "must not be sent [json-pointer:/parse]"
    if "channel" in message and not {"ts", "user"} & set(message):
        for key in ("unfurl_links", "unfurl_media"):
            if message.get(key) not in (False, "0", "false"):
                yield f"must be false [json-pointer:/{key}]"


def _find_live_tokens(text: str, allowed: Collection[str]) -> Iterator[str]:
    """Find what Slack would act on, and angle brackets that stand for themselves without being escaped."""
    for token in _TOKEN.findall(text):
        if token not in allowed and not _LINK.fullmatch(token):
            yield f"live token {token}"
    rest = _QUOTE_MARK.sub("", _TOKEN.sub("x", text))
    if "<" in rest or ">" in rest:
        yield "an angle bracket is not escaped"


def _find_escape_faults(text: str, allowed: Collection[str]) -> Iterator[str]:
    for token in allowed:
        text = text.replace(token, "")
    if _ENTITY.search(text):
        yield "an ampersand is not escaped"
    for entity in _TWICE.findall(text):
        yield f"{entity} is escaped twice"


def _find_dead_marks(text: str) -> Iterator[str]:
    """Find marks that Slack draws as they are, since a wide character touches them (ChatGPT-in-Slack#121)."""
    for span in _CODE.finditer(text):
        if _touches_wide(text, span):
            yield f"a wide character touches {span[0]}"
    text = _CODE.sub(lambda span: "x" * len(span[0]), text)
    for span in _BOLD.finditer(text):
        if _touches_wide(text, span):
            yield f"a wide character touches {span[0]}"


def _touches_wide(text: str, span: re.Match[str]) -> bool:
    around = text[max(span.start() - 1, 0) : span.start()] + text[span.end() : span.end() + 1]
    return any(unicodedata.east_asian_width(character) in "WF" for character in around)


def _find_nodes(part: Any, path: str) -> Iterator[tuple[str, Json]]:
    if isinstance(part, Mapping):
        yield path, part
        for key, child in part.items():
            yield from _find_nodes(child, f"{path}/{key}")
    elif isinstance(part, list):
        for place, child in enumerate(part):
            yield from _find_nodes(child, f"{path}/{place}")
