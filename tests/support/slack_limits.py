"""What Slack refuses in a message or a view.

The limits are those of docs.slack.dev/reference/block-kit, counted as Slack counts, in UTF-16 units.
slack_sdk's models are asked too, about every block in which nothing was found here. The fake Slack and the
tests of replies call this.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block

Json = Mapping[str, Any]
Surface = Literal["message", "modal", "home"]

BLOCKS = {"message": 50, "modal": 100, "home": 100}
ATTACHMENTS = 20
TEXT_BYTES = 4000  # chat.update refuses more; one limit for both, so that a message can always be updated
BLOCK_TEXT = 12000  # msg_blocks_too_long, undocumented: bolt-js#2509 and #2867
MARKDOWN = 12000  # of all markdown blocks together

# Where an app may put each block. A type that is not here is refused.
_EVERYWHERE: frozenset[Surface] = frozenset({"message", "modal", "home"})
_MESSAGE: frozenset[Surface] = frozenset({"message"})
SURFACES: Mapping[str, frozenset[Surface]] = {
    **dict.fromkeys(("actions", "context", "divider", "header", "image"), _EVERYWHERE),
    **dict.fromkeys(("input", "rich_text", "section", "video"), _EVERYWHERE),
    **dict.fromkeys(("card", "carousel", "data_table", "table"), _EVERYWHERE - {"modal"}),
    **dict.fromkeys(("call", "container", "context_actions", "data_visualization", "markdown"), _MESSAGE),
    **dict.fromkeys(("plan", "task_card"), _MESSAGE),
    "alert": frozenset({"modal"}),
}

_PICKERS = {"checkboxes", "datepicker", "datetimepicker", "radio_buttons", "timepicker"} | {
    f"{multi}{what}_select"
    for multi in ("", "multi_")
    for what in ("static", "external", "users", "conversations", "channels")
}
_TYPED_IN = {
    f"{what}_input" for what in ("plain_text", "email_text", "url_text", "number", "file", "rich_text")
}
# Which elements stand in which place of a block.
ELEMENTS: Mapping[tuple[str, str], set[str]] = {
    ("actions", "elements"): _PICKERS | {"button", "overflow", "workflow_button"},
    ("carousel", "elements"): {"card"},
    ("context", "elements"): {"image", "plain_text", "mrkdwn"},
    ("context_actions", "elements"): {"feedback_buttons", "icon_button"},
    ("input", "element"): _PICKERS | _TYPED_IN,
    ("rich_text", "elements"): {f"rich_text_{part}" for part in ("section", "list", "preformatted", "quote")},
    ("section", "accessory"): _PICKERS | {"button", "overflow", "workflow_button", "image"},
}

# Places of text objects and the longest text there. A confirm, an option and a group of options have no type:
# they go by their role.
MRKDWN_TEXTS: Mapping[tuple[str, str], int] = {
    ("alert", "text"): 200,
    ("card", "body"): 200,
    ("card", "subtitle"): 150,
    ("card", "title"): 150,
    ("choice", "description"): 75,
    ("choice", "text"): 75,
    ("confirm", "text"): 300,
    ("context", "elements"): 3000,
    ("section", "fields"): 2000,
    ("section", "text"): 3000,
}
PLAIN_TEXTS: Mapping[tuple[str, str], int] = {
    ("*", "placeholder"): 150,
    ("button", "text"): 75,
    ("confirm", "confirm"): 30,
    ("confirm", "deny"): 30,
    ("confirm", "title"): 100,
    ("container", "subtitle"): 150,
    ("container", "title"): 150,
    ("feedback_button", "text"): 75,
    ("header", "text"): 150,
    ("image", "title"): 2000,
    ("input", "hint"): 2000,
    ("input", "label"): 2000,
    ("modal", "close"): 24,
    ("modal", "submit"): 24,
    ("modal", "title"): 24,
    ("option", "description"): 75,
    ("option", "text"): 75,
    ("option_group", "label"): 75,
    ("video", "description"): 200,
    ("video", "title"): 200,
}
# Strings and lists: the fewest and the most.
STRINGS: Mapping[tuple[str, str], tuple[int, int]] = {
    ("*", "accessibility_label"): (1, 75),
    ("*", "action_id"): (1, 255),
    ("*", "alt_text"): (1, 2000),
    ("*", "block_id"): (1, 255),
    ("*", "callback_id"): (0, 255),
    ("*", "image_url"): (1, 3000),
    ("*", "private_metadata"): (0, 3000),
    ("*", "url"): (1, 3000),
    ("button", "agent_prompt"): (1, 4000),
    ("axis_config", "x_label"): (1, 50),
    ("axis_config", "y_label"): (1, 50),
    ("button", "value"): (0, 2000),
    ("feedback_button", "value"): (1, 2000),
    ("choice", "value"): (1, 150),
    ("data", "label"): (1, 20),
    ("data_table", "caption"): (1, 3000),
    ("data_visualization", "title"): (1, 50),
    ("markdown", "text"): (1, MARKDOWN),
    ("option", "value"): (1, 150),
    ("raw_number", "text"): (1, 3000),
    ("raw_text", "text"): (1, 3000),
    ("segments", "label"): (1, 20),
    ("series", "name"): (1, 20),
    ("video", "author_name"): (1, 50),
}
LISTS: Mapping[tuple[str, str], tuple[int, int]] = {
    ("actions", "elements"): (1, 25),
    ("axis_config", "categories"): (1, 20),
    ("carousel", "elements"): (1, 10),
    ("checkboxes", "options"): (1, 10),
    ("container", "child_blocks"): (1, 10),
    ("context", "elements"): (1, 10),
    ("context_actions", "elements"): (1, 5),
    ("data_table", "rows"): (2, 101),  # one page of Slack's says 201: the lower of the two
    **{(kind, "series"): (1, 6) for kind in ("area", "bar", "line")},  # its page; others have found 12
    ("pie", "segments"): (1, 6),
    ("multi_static_select", "option_groups"): (1, 100),
    ("multi_static_select", "options"): (1, 100),
    ("option_group", "options"): (1, 100),
    ("overflow", "options"): (1, 5),
    ("radio_buttons", "options"): (1, 10),
    ("rich_text", "elements"): (1, 1000),
    **{(f"rich_text_{part}", "elements"): (0, 1000) for part in ("section", "list", "preformatted", "quote")},
    ("section", "fields"): (1, 10),
    ("static_select", "option_groups"): (1, 100),
    ("static_select", "options"): (1, 100),
    ("table", "rows"): (1, 100),
}
WITHOUT_MODEL = {"data_table", "data_visualization"}  # in slack_sdk 3.48
CHARTS = 2  # of one message
CELLS = 20  # of one row of a table or data_table
REQUIRED: Mapping[str, tuple[str, ...]] = {
    "actions": ("elements",),
    "alert": ("text",),
    "button": ("text",),
    "choice": ("text", "value"),
    "confirm": ("title", "text", "confirm", "deny"),
    "axis_config": ("categories",),
    "context": ("elements",),
    "data": ("label", "value"),
    "data_table": ("caption", "rows"),
    "data_visualization": ("title", "chart"),
    "feedback_buttons": ("positive_button", "negative_button"),
    "feedback_button": ("text", "value"),
    "header": ("text",),
    "home": ("type", "blocks"),
    "image": ("alt_text",),
    "input": ("label", "element"),
    "markdown": ("text",),
    "modal": ("type", "title", "blocks"),
    "option": ("text", "value"),
    "option_group": ("label", "options"),
    "overflow": ("options",),
    "raw_number": ("value", "text"),
    "segments": ("label", "value"),
    "series": ("name", "data"),
    "rich_text": ("elements",),
    "table": ("rows",),
}
CHART_PARTS = {"pie": ("segments",), **dict.fromkeys(("area", "bar", "line"), ("series", "axis_config"))}
_TEXT_KEYS = {"plain_text": {"type", "text", "emoji"}, "mrkdwn": {"type", "text", "verbatim"}}
_ROLES = {
    "initial_option": "option",
    "initial_options": "option",
    "option_groups": "option_group",
    "options": "option",
    "negative_button": "feedback_button",
    "positive_button": "feedback_button",
}
# The order in which a person reads the parts of a block: slack_sdk writes keys in the order of the alphabet.
_READING_ORDER = (
    *("title", "subtitle", "author_name", "caption", "label", "text", "body", "description", "details"),
    *("output", "fields", "rows", "tasks", "elements", "child_blocks", "element", "accessory", "placeholder"),
    *("option_groups", "options", "positive_button", "negative_button", "actions", "hint", "alt_text"),
    *("confirm", "deny", "blocks", "submit", "close"),
)
_RICH_TEXT_LINES = {"rich_text_section", "rich_text_preformatted", "rich_text_quote"}


def count_units(text: str) -> int:
    """Return the length of a text as JavaScript, and so Slack, counts it.

    >>> count_units("错误🔥")
    4
    """
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def list_texts(blocks: Any) -> list[str]:
    """Return all words a person sees in blocks or in a view, in reading order; a line of rich text is one."""
    if isinstance(blocks, list):
        return [text for block in blocks for text in list_texts(block)]
    if not isinstance(blocks, Mapping):
        return []
    if get_type(blocks) in _RICH_TEXT_LINES:
        parts = _pick_mappings(blocks.get("elements"))
        return ["".join(str(part.get("text") or part.get("url", "")) for part in parts)]
    texts: list[str] = []
    for key in _READING_ORDER:
        part = blocks.get(key)
        texts += [part] if isinstance(part, str) else list_texts(part)
    return texts


def count_block_text(blocks: Any) -> int:
    """Return the length of all text in blocks: the sum that `msg_blocks_too_long` is about."""
    return sum(map(count_units, list_texts(blocks)))


def find_faults(message: Json, surface: Surface = "message") -> list[str]:
    """Return a sentence, with the place, for everything Slack's limits say against a message or a view."""
    inspection = _Inspection(surface)
    if surface != "message":
        inspection.inspect_view(message)
        return inspection.faults
    text = message.get("text")
    if not (isinstance(text, str) and text.strip()):
        if message.get("delete_original") is not True:
            inspection.blame("/text", "must be a text that is not empty")
    elif len(text.encode()) > TEXT_BYTES:
        inspection.blame("/text", f"must be at most {TEXT_BYTES} bytes")
    blocks, attachments = message.get("blocks") or [], _pick_mappings(message.get("attachments"))
    inspection.inspect_blocks(blocks, "/blocks")
    if count_block_text(blocks) > BLOCK_TEXT:
        inspection.blame("/blocks", f"must hold at most {BLOCK_TEXT} characters of text together")
    if len(attachments) > ATTACHMENTS:
        inspection.blame("/attachments", f"no more than {ATTACHMENTS} items allowed")
    for place, attachment in enumerate(attachments):
        inspection.inspect_blocks(attachment.get("blocks") or [], f"/attachments/{place}/blocks")
    return inspection.faults


def find_block_faults(blocks: Any, path: str = "/blocks") -> list[str]:
    """Return what Slack's limits say against the blocks of a message, without the limit of all their text."""
    inspection = _Inspection("message")
    inspection.inspect_blocks(blocks, path)
    return inspection.faults


class _Inspection:
    """One walk through one message or view; it collects every fault."""

    def __init__(self, surface: Surface) -> None:
        self.surface = surface
        self.faults: list[str] = []
        self._block_ids: set[str] = set()

    def blame(self, path: str, sentence: str) -> None:
        self.faults.append(f"{sentence} [json-pointer:{path}]")

    def inspect_view(self, view: Json) -> None:
        if view.get("type") != self.surface:
            self.blame("/view/type", f"must be {self.surface}")
        self._inspect(view, "/view", self.surface)
        blocks = _pick_mappings(view.get("blocks"))
        if not blocks:
            self.blame("/view/blocks", "must have at least 1 item")
        if self.surface == "home" and ("submit" in view or "close" in view):
            self.blame("/view", "a home view has neither submit nor close")
        if self.surface == "modal" and "submit" not in view and "input" in map(get_type, blocks):
            self.blame("/view", "missing required field: submit")

    def inspect_blocks(self, blocks: Any, path: str) -> None:
        if not isinstance(blocks, list):
            self.blame(path, "must be a list")
            return
        if len(blocks) > BLOCKS[self.surface]:
            self.blame(path, f"no more than {BLOCKS[self.surface]} items allowed")
        for place, block in enumerate(blocks):
            self._inspect_block(block, f"{path}/{place}")
        markdown = [str(block.get("text", "")) for block in blocks if get_type(block) == "markdown"]
        if sum(map(count_units, markdown)) > MARKDOWN:
            self.blame(path, f"markdown blocks must hold at most {MARKDOWN} characters together")
        if sum(get_type(block) in {"table", "data_table"} for block in blocks) > 1:
            self.blame(path, "no more than 1 table allowed")
        if sum(get_type(block) == "data_visualization" for block in blocks) > CHARTS:
            self.blame(path, f"no more than {CHARTS} charts allowed")

    def _inspect_block(self, block: Any, path: str) -> None:
        kind = get_type(block)
        if kind not in SURFACES:
            self.blame(path, f"unsupported type: {kind}")
            return
        if self.surface not in SURFACES[kind]:
            self.blame(path, f"unsupported type: {kind} is not available in a {self.surface}")
            return
        before = len(self.faults)
        self._inspect(block, path, kind)
        if kind == "data_visualization":
            self._inspect_chart(block.get("chart"), f"{path}/chart")
        if kind == "data_table":
            self._inspect_table(block.get("rows"), f"{path}/rows")
        if (block_id := block.get("block_id")) is not None:
            if str(block_id) in self._block_ids:
                self.blame(f"{path}/block_id", f"block_id {block_id} already exists for another block")
            self._block_ids.add(str(block_id))
        several = [*_pick_mappings(block.get("elements")), *_pick_mappings(block.get("actions"))]
        elements = [*several, *_pick_mappings([block.get("accessory"), block.get("element")])]
        action_ids = [str(element["action_id"]) for element in elements if "action_id" in element]
        for action_id in sorted({each for each in action_ids if action_ids.count(each) > 1}):
            self.blame(path, f"action_id {action_id} already exists for another action")
        if len(self.faults) == before and kind not in WITHOUT_MODEL:
            self._ask_model(block, path)

    def _inspect_chart(self, chart: Any, path: str) -> None:
        """Blame a chart of unknown type, a name given twice, and points that are not those of the axis."""
        chart = chart if isinstance(chart, Mapping) else {}
        kind = get_type(chart)
        if kind not in CHART_PARTS:
            self.blame(f"{path}/type", f"must be one of {', '.join(sorted(CHART_PARTS))}")
            return
        for part in CHART_PARTS[kind]:
            if part not in chart:
                self.blame(path, f"missing required field: {part}")
        axis = chart.get("axis_config")
        categories = (axis.get("categories") if isinstance(axis, Mapping) else None) or []
        for place, label in enumerate(categories):
            if not (isinstance(label, str) and 1 <= count_units(label) <= 20):
                self.blame(f"{path}/axis_config/categories/{place}", "must be 1 to 20 characters")
        series = _pick_mappings(chart.get("series"))
        names = [str(each.get("name")) for each in series]
        if len(set(names)) < len(names):
            self.blame(f"{path}/series", "names must be unique")
        for place, each in enumerate(series):
            points = _pick_mappings(each.get("data"))
            if [point.get("label") for point in points] != categories:
                self.blame(f"{path}/series/{place}/data", "labels must match the categories")
            if any(type(point.get("value")) not in (int, float) for point in points):
                self.blame(f"{path}/series/{place}/data", "values must be numbers")

    def _inspect_table(self, rows: Any, path: str) -> None:
        """Blame rows of different length, and a header of anything but plain cells."""
        rows = [row for row in rows if isinstance(row, list)] if isinstance(rows, list) else []
        if len({len(row) for row in rows}) > 1:
            self.blame(path, "all rows must have the same number of cells")
        if any(get_type(cell) not in {"raw_text", "raw_number"} for row in rows[:1] for cell in row):
            self.blame(f"{path}/0", "the header takes no rich_text")

    def _ask_model(self, block: Json, path: str) -> None:
        """Let slack_sdk's model say what it knows: its own limits, and the keys a block may have."""
        try:
            model = Block.parse(copy.deepcopy(dict(block)))
            if model is None:
                return
            model.to_dict()
        except (SlackObjectFormationError, AttributeError, KeyError, TypeError, ValueError) as error:
            self.blame(path, str(error))
            return
        for key in sorted(set(block) - set(model.attributes) - {"type"}):
            self.blame(path, f"invalid additional property: {key}")

    def _inspect(self, node: Json, path: str, role: str) -> None:
        kind = str(node.get("type") or role)
        for key in REQUIRED.get(kind, ()):
            if key not in node:
                self.blame(path, f"missing required field: {key}")
        for key, value in node.items():
            here = f"{path}/{key}"
            self._inspect_size(kind, key, value, here)
            if key in {"blocks", "child_blocks"}:
                self.inspect_blocks(value, here)
                continue
            parts = [(here, value)] if not isinstance(value, list) else list(_flatten(value, here))
            child_role = _ROLES.get(key, key)
            if child_role == "option" and kind in {"checkboxes", "radio_buttons"}:
                child_role = "choice"  # the only options whose text may be mrkdwn
            for place, part in parts:
                self._inspect_part(kind, key, part, place, child_role)

    def _inspect_part(self, kind: str, key: str, part: Any, path: str, role: str) -> None:
        part_type = get_type(part)
        if (kind, key) in ELEMENTS and part_type not in ELEMENTS[kind, key]:
            self.blame(path, f"unsupported type: {part_type} in {kind}")
            return
        plain = PLAIN_TEXTS.get((kind, key), PLAIN_TEXTS.get(("*", key)))
        longest = MRKDWN_TEXTS.get((kind, key), plain)
        if part_type in _TEXT_KEYS:
            if plain is not None and part_type != "plain_text":
                self.blame(path, "must be a plain_text object")
            self._inspect_text(part, path, longest or 3000)
        elif longest is not None and (kind, key) not in ELEMENTS:
            self.blame(path, "must be a text object")
        elif isinstance(part, Mapping):
            self._inspect(part, path, role)

    def _inspect_size(self, kind: str, key: str, value: Any, path: str) -> None:
        fewest, most = STRINGS.get((kind, key)) or STRINGS.get(("*", key)) or (0, None)
        if most is not None:
            if not isinstance(value, str):
                self.blame(path, "must be a string")
            elif not fewest <= count_units(value) <= most:
                self.blame(path, f"must be {fewest} to {most} characters")
        fewest, most = LISTS.get((kind, key), (0, None))
        if most is not None and not isinstance(value, list):
            self.blame(path, "must be a list")
        elif most is not None and not fewest <= len(value) <= most:
            self.blame(path, f"must have {fewest} to {most} items")
        if key == "rows" and isinstance(value, list):
            for place, row in enumerate(value):
                if not (isinstance(row, list) and 1 <= len(row) <= CELLS):
                    self.blame(f"{path}/{place}", f"must have 1 to {CELLS} cells")

    def _inspect_text(self, text_object: Json, path: str, longest: int) -> None:
        text = text_object.get("text")
        if not isinstance(text, str) or not text:
            self.blame(f"{path}/text", "must be more than 0 characters")
        elif count_units(text) > longest:
            self.blame(f"{path}/text", f"must be less than {longest + 1} characters")
        for key in sorted(set(text_object) - _TEXT_KEYS[text_object["type"]]):
            self.blame(path, f"invalid additional property: {key}")


def get_type(part: Any) -> str:
    """Return the type that a block or a text names, "" if none."""
    return str(part.get("type", "")) if isinstance(part, Mapping) else ""


def _pick_mappings(parts: Any) -> list[Json]:
    return [part for part in parts if isinstance(part, Mapping)] if isinstance(parts, list) else []


def _flatten(parts: list[Any], path: str) -> Iterator[tuple[str, Any]]:
    for place, part in enumerate(parts):
        if isinstance(part, list):
            yield from _flatten(part, f"{path}/{place}")
        else:
            yield f"{path}/{place}", part
