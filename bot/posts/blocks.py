"""What the blocks of a message say: Block Kit in, lines as Slack's `text` field would have them out.

Images, buttons and inputs are not read: they are not what the author says. Which message the blocks belong
to, and what was said already, is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from bot.posts.passages import LONGEST

DEEPEST = 24
"""Lists and blocks nested deeper than this are not read; Slack's own go about half as deep."""

# Where a block or an element keeps what it says, in the order in which Slack shows it
# (docs.slack.dev, Block Kit: section, context, rich text, card, container, plan, task card, data table).
_PARTS = (
    "rich_text_title", "title", "subtitle", "caption", "text", "body", "fields", "elements", "blocks",
    "child_blocks", "tasks", "details", "output", "rows",
)  # fmt: skip
_SILENT = re.compile(
    r"(?:image|video|file|input|divider|actions|buttons?|select|picker|checkboxes|overflow)$"
)
_APART = {"divider", "card", "task_card"}  # what comes after is another thing: a blank line ends the record
_RUNS = {"rich_text_section", "rich_text_quote", "rich_text_preformatted"}
_PLAIN = {"plain_text", "raw_text", "raw_number"}
_MENTIONS = {  # kind of element: (the key of its id, how its token begins)
    "user": ("user_id", "@"),
    "channel": ("channel_id", "#"),
    "usergroup": ("usergroup_id", "!subteam^"),
    "broadcast": ("range", "!"),
}
_ID = re.compile(r"[\w-]{1,100}")
_INLINE = {"text", "link", "emoji", "date", "color", *_MENTIONS}
_NO_URL = re.compile(r"[\s<>|]")  # what would end an address inside of <address|label>
_HALF_ENTITY = re.compile(r"&(?!(?:amp|lt|gt);)")
_LABEL = re.compile(r"\A\s{0,40}\*([^*\n]{1,200})\*[ \t]{0,40}[:：]?[ \t]{0,40}\n\s{0,40}(?=\S)")


def read_blocks(blocks: object) -> str:
    """Return what blocks say; a section, an item, a field and a row begin a line of their own.

    Reads no further than LONGEST characters. Whatever isn't shaped as Slack documents it says nothing.

    >>> read_blocks([{"type": "header", "text": {"type": "plain_text", "text": "a < b"}}])
    'a &lt; b'
    """
    lines: list[str] = []
    length = 0
    for line in _read_value(blocks, DEEPEST):
        lines.append(line)
        length += len(line) + 1
        if length > LONGEST:
            break
    return "\n".join(lines).strip("\n")


def escape(raw: str) -> str:
    """Escape text that was typed, as Slack does for its `text` field (docs.slack.dev, escaping).

    >>> escape("<b> &amp;")
    '&lt;b&gt; &amp;amp;'
    """
    return _escape_angles(raw.replace("&", "&amp;"))


def read_scalar(value: object) -> str:
    """Return a text as it is and a number of at most fifteen digits as text; anything else says nothing."""
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 10**15:
        return str(value)
    return value if isinstance(value, str) else ""


def _read_value(value: object, depth: int) -> Iterator[str]:
    """Yield the lines of a part, whatever it is: a text, a block or element, or a list of them."""
    if isinstance(value, str):
        if value.strip():
            yield value.strip("\n")
    elif depth > 0 and isinstance(value, list):
        for one in value:
            yield from _read_value(one, depth - 1)
    elif depth > 0 and isinstance(value, Mapping):
        yield from _read_block(value, depth - 1)


def _read_block(block: Mapping[str, object], depth: int) -> Iterator[str]:
    kind = block.get("type")
    kind = kind if isinstance(kind, str) else ""
    if kind in _APART:
        yield ""
    if _SILENT.search(kind):
        return
    if kind in _PLAIN:
        yield from _read_value(_escape_plain(read_scalar(block.get("text") or block.get("value"))), depth)
    elif kind in _INLINE:
        yield from _read_value(_write_element(block, depth), depth)
    elif kind in _RUNS:
        said = _write_run(block.get("elements"), depth)
        if said.strip():
            # Slack's own `text` has one line break where a section ends in one and a list follows.
            yield said.removesuffix("\n")
    else:
        for part in _PARTS:
            if value := block.get(part):
                yield from _read_part(part, value, depth)


def _read_part(part: str, value: object, depth: int) -> Iterator[str]:
    if part == "rows" and isinstance(value, list):
        for row in value:
            yield from _read_row(row, depth - 1)
    elif part == "fields" and isinstance(value, list):
        for field in value:
            yield from (_LABEL.sub(_write_label, line, count=1) for line in _read_value(field, depth - 1))
    elif part in {"title", "caption"} and isinstance(value, str):
        yield from _read_value(_escape_plain(value), depth)
    else:
        yield from _read_value(value, depth)


def _read_row(row: object, depth: int) -> Iterator[str]:
    """Yield a row of a table as one line, so that what it says of a code stays beside the code."""
    if depth > 0 and isinstance(row, list):
        cells = [" ".join(" ".join(_read_value(cell, depth - 1)).split()) for cell in row]
        if any(cells):
            yield " | ".join(cells)


def _write_label(found: re.Match[str]) -> str:
    """Write `*Label*` and the line below it as a field of one line."""
    return f"{found[1].strip().rstrip(':：').rstrip()}: "


def _write_run(elements: object, depth: int) -> str:
    """Return the elements of a run of rich text one after the other, without breaks of our own."""
    pieces: list[str] = []
    length = 0
    for element in elements if depth > 0 and isinstance(elements, list) else ():
        if isinstance(element, Mapping):
            pieces.append(_write_element(element, depth - 1))
            length += len(pieces[-1])
            if length > LONGEST:
                break
    return "".join(pieces)


def _write_element(element: Mapping[str, object], depth: int) -> str:
    kind = element.get("type")
    kind = kind if isinstance(kind, str) else ""
    if kind in _MENTIONS:
        key, sign = _MENTIONS[kind]
        mentioned = element.get(key)
        return f"<{sign}{mentioned}>" if isinstance(mentioned, str) and _ID.fullmatch(mentioned) else ""
    if kind == "emoji":
        return _write_emoji(element)
    if kind == "link":
        written = _write_link(element)
    elif kind in {"date", "color"}:
        written = _get_escaped(element, "fallback" if kind == "date" else "value")
    elif _SILENT.search(kind):
        return ""
    else:
        written = _get_escaped(element, "text") or _write_run(element.get("elements"), depth)
    style = element.get("style")
    return f"`{written}`" if written and isinstance(style, Mapping) and style.get("code") is True else written


def _write_emoji(element: Mapping[str, object]) -> str:
    name, tone = _get_escaped(element, "name"), element.get("skin_tone")
    toned = f":skin-tone-{tone}:" if isinstance(tone, int) and 2 <= tone <= 6 else ""
    return f":{name}:{toned}" if name else ""


def _write_link(element: Mapping[str, object]) -> str:
    url, label = element.get("url"), " ".join(_get_escaped(element, "text").split())
    if not isinstance(url, str) or not url.strip():
        return label
    url = _NO_URL.sub(lambda found: quote(found[0], safe=""), url[: LONGEST + 1].strip())
    return f"<{escape(url)}|{label}>" if label else f"<{escape(url)}>"


def _get_escaped(element: Mapping[str, object], key: str) -> str:
    value = element.get(key)
    return escape(value[: LONGEST + 1]) if isinstance(value, str) else ""


def _escape_plain(text: str) -> str:
    """Escape a plain text object, which may come escaped already (slackapi/bolt-python, issue 513)."""
    return _escape_angles(_HALF_ENTITY.sub("&amp;", text[: LONGEST + 1]))


def _escape_angles(text: str) -> str:
    return text.replace("<", "&lt;").replace(">", "&gt;")
