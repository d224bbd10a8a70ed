"""A post: who said what, where, read from any message object that Slack delivers.

Nothing is decided and nothing is sent here. What blocks say is read in blocks.py; what is taken of it,
in passages.py.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from bot.posts.blocks import escape, read_blocks, read_scalar
from bot.posts.passages import LONGEST, Gathering, Passage

__all__ = ["LONGEST", "Passage", "Post", "read_post"]

_NO_FALLBACK = "[no preview available]"  # what Slack puts where an app gave no fallback
_MENTION = re.compile(r"<(?:[@#]|!(?!date\b))[^<>]{0,300}>[ \t]*[:,：，]?")


@dataclass(frozen=True, slots=True)
class Post:
    """A message of Slack's. Ids and times are "" where the message doesn't tell them.

    `author` is the user's id, else the bot's, else the app's; `thread_ts` is "" outside of threads.
    """

    team: str
    channel: str
    ts: str
    thread_ts: str
    author: str
    is_bot: bool
    subtype: str
    passages: tuple[Passage, ...]

    @property
    def root(self) -> str:
        """The time stamp that a reply in the post's thread names."""
        return self.thread_ts or self.ts

    @property
    def text(self) -> str:
        """What the desk is asked: every passage on lines of its own, at most LONGEST characters.

        A blank line parts one attachment or file from the next, so that fields of two alerts aren't
        read as one record.
        """
        if not self.passages:
            return ""
        pieces = [self.passages[0].text]
        for before, passage in pairwise(self.passages):
            is_next = before.origin != passage.origin and "[" in before.origin and "[" in passage.origin
            pieces.append(("\n\n" if is_next else "\n") + passage.text)
        return "".join(pieces)

    @property
    def said(self) -> str:
        """The text without its mentions: "" where somebody only called the desk's name."""
        return _MENTION.sub("", self.text).strip()


def read_post(
    message: Mapping[str, object], team: str = "", channel: str = "", own: Collection[str] = ()
) -> Post:
    """Read a message object: an event, the inner message of an edit, or that of a message shortcut.

    `team` and `channel` serve where the message doesn't name its own. What it forwards of those whose ids are
    `own`, and the previews that Slack adds to links, are not its words. Any part may be missing, null or of a
    wrong type: it is read as absent.
    """
    message = _as_mapping(message)
    user, bot, app = (_get_id(message, key) for key in ("user", "bot_id", "app_id"))
    subtype = _get_id(message, "subtype")
    return Post(
        team=_get_id(message, "team") or team,
        channel=_get_id(message, "channel") or channel,
        ts=_get_id(message, "ts"),
        thread_ts=_get_id(message, "thread_ts"),
        author=user or bot or app,
        is_bot=bool(bot or message.get("bot_profile") or subtype == "bot_message" or (app and not user)),
        subtype=subtype,
        passages=_gather(message, own),
    )


def _gather(message: Mapping[str, object], own: Collection[str]) -> tuple[Passage, ...]:
    """Return the passages of a message; the order tells which of two that say the same is kept."""
    gathering = Gathering()
    gathering.take(Passage(read_blocks(message.get("blocks")), "blocks"))
    gathering.take(Passage(_get_text(message, "text"), "text"))
    for number, attachment in enumerate(_as_list(message.get("attachments"))):
        if gathering.is_full:
            break
        part = _as_mapping(attachment)
        if not _is_preview(part) and not {_get_id(part, "bot_id"), _get_id(part, "author_id")} & set(own):
            _take_attachment(gathering, part, f"attachments[{number}]")
    _take_files(gathering, message.get("files"), "files")
    return gathering.passages


def _take_attachment(gathering: Gathering, attachment: Mapping[str, object], place: str) -> None:
    told = [
        gathering.take(Passage(_get_text(attachment, part), f"{place}.{part}"))
        for part in ("pretext", "title", "text")
    ]
    told.append(gathering.take(*_read_fields(attachment.get("fields"), f"{place}.fields")))
    told.append(gathering.take(Passage(read_blocks(attachment.get("blocks")), f"{place}.blocks")))
    for number, shared in enumerate(_as_list(attachment.get("message_blocks"))):
        said = read_blocks(_as_mapping(_as_mapping(shared).get("message")).get("blocks"))
        told.append(gathering.take(Passage(said, f"{place}.message_blocks[{number}]")))
    told.append(_take_files(gathering, attachment.get("files"), f"{place}.files"))
    fallback = _get_text(attachment, "fallback")
    if not any(told) and fallback.strip() != _NO_FALLBACK:
        gathering.take(Passage(fallback, f"{place}.fallback"))


def _is_preview(attachment: Mapping[str, object]) -> bool:
    """Say whether Slack made the attachment of a link; one that somebody shared is that person's word."""
    shared = attachment.get("is_share") or attachment.get("is_msg_unfurl")
    return bool(_get_text(attachment, "from_url") and not shared)


def _read_fields(fields: object, place: str) -> Iterator[Passage]:
    """Yield each field of an attachment as `title: value`."""
    length = 0
    for number, field in enumerate(_as_list(fields)):
        title, value = (read_scalar(_as_mapping(field).get(key)).strip() for key in ("title", "value"))
        title = " ".join(title.split())
        text = f"{title.rstrip(':：').rstrip()}: {value}" if title and value else title or value
        yield Passage(text, f"{place}[{number}]")
        length += len(text)
        if length > LONGEST:
            break


def _take_files(gathering: Gathering, files: object, place: str) -> bool:
    """Take the previews of files: what Slack shows of a snippet, without the scope to read files."""
    told = False
    for number, file in enumerate(_as_list(files)):
        if gathering.is_full:
            break
        preview = escape(_get_text(_as_mapping(file), "preview"))
        told = gathering.take(Passage(preview, f"{place}[{number}].preview")) or told
    return told


def _get_text(message: Mapping[str, object], key: str) -> str:
    """Return a text, no more of it than is read; one character more shows that a word goes on."""
    value = message.get(key)
    return value[: LONGEST + 1] if isinstance(value, str) else ""


def _get_id(message: Mapping[str, object], key: str) -> str:
    """Return an id, also where Slack gives an object with the id in it; "" for anything else."""
    value = message.get(key)
    if value is None or isinstance(value, str):
        return value or ""
    named = _as_mapping(value).get("id")
    return named if isinstance(named, str) else ""


def _as_mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _as_list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
