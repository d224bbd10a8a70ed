"""The fields of one mapping, taken by key and typed; what is missing, mistyped or left over is a fault.

Knows no entry and no pack: read_entry.py and read_pack.py say which fields there are. Contents are the
linter's part.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from bot.knowledge.codes import MOST_DIGITS
from bot.knowledge.yaml_hints import find_marks
from bot.knowledge.yaml_text import Node, Sheet

LONGEST_TEXT = 2_700
"""Characters of a text that Slack shows in one piece: 3,000 (docs.slack.dev, section block), less a tenth."""

LONGEST_TITLE = 120
"""Characters of a title: a header has 150 (docs.slack.dev, header block), and the code stands before it."""

TRUTH = {"true": True, "false": False}

LONGEST_CODE = 64
_SYMBOL = rf"(?=.*[A-Za-z])(?:-(?=0x))?[A-Za-z0-9][A-Za-z0-9_.%{{}}-]{{0,{LONGEST_CODE - 1}}}(?<![.-])"
CODE = rf"-?[0-9]{{1,{MOST_DIGITS}}}|{_SYMBOL}"
"""What a code looks like, as a regular expression: a number with a minus sign or without, or a symbol."""

_CODE = re.compile(CODE)


class Fields:
    """One mapping of a file, taken field by field; `close()` names the fields that nobody took.

    `where` is put before a field's name in a fault ("cause" -> "cause.basis"). A field that is written but
    left empty counts as an empty text, list or mapping, whatever is due there. One that is no mapping at all
    is a single fault: nothing is said to be missing in it.
    """

    __slots__ = ("_asked", "_is_mistyped", "_nodes", "line", "sheet", "where")

    def __init__(self, node: Node, sheet: Sheet, where: str = "") -> None:
        self.sheet = sheet
        self.where = where
        self.line = node.line
        self._asked: set[str] = set()
        self._nodes: Mapping[str, Node] = {}
        self._is_mistyped = not isinstance(node.value, dict) and node.value != ""
        if isinstance(node.value, dict):
            self._nodes = node.value
        elif self._is_mistyped:
            marks = find_marks(node.value) if isinstance(node.value, str) else ""
            message = f"{where or 'the document'} must be a mapping (key: value){marks}"
            sheet.add(node.line, "type-wrong", message)

    def name(self, key: str) -> str:
        """Return a field's name as faults print it."""
        return f"{self.where}.{key}" if self.where else key

    def take(self, key: str, required: bool = True) -> Node | None:
        """Return a field's node; a required one that is absent is a fault."""
        self._asked.add(key)
        node = self._nodes.get(key)
        if node is None and required and not self._is_mistyped:
            self.sheet.add(self.line, "field-missing", f"{self.name(key)} is not given")
        return node

    def text(self, key: str, required: bool = True, most: int | None = LONGEST_TEXT) -> str:
        """Return a field's text without outer white space; "" where it is absent or not a text.

        A text that takes more than `most` characters in Slack is a fault.
        """
        node = self.take(key, required)
        if node is None:
            return ""
        if not isinstance(node.value, str):
            self.sheet.add(node.line, "type-wrong", f"{self.name(key)} must be a text")
            return ""
        text = node.value.strip()
        if most is not None and len(text) > most // 5 and (length := count_in_slack(text)) > most:
            message = f"{self.name(key)} takes {length} characters in Slack, where at most {most} fit"
            self.sheet.add(node.line, "text-too-long", message)
        return text

    def choice(self, key: str, options: tuple[str, ...], default: str | None = None) -> str:
        """Return one of the options; without a default the field is required."""
        node = self.take(key, default is None)
        fallback = options[0] if default is None else default
        if node is None:
            return fallback
        if isinstance(node.value, str) and node.value in options:
            return node.value
        message = f"{self.name(key)} must be one of: {', '.join(options)}"
        marks = find_marks(node.value) if isinstance(node.value, str) else ""
        self.sheet.add(node.line, "value-unknown", message + marks)
        return fallback

    def flag(self, key: str) -> bool:
        """Return a field that is true or false; false where it is absent."""
        return TRUTH[self.choice(key, ("true", "false"), "false")]

    def texts(self, key: str, required: bool = True) -> tuple[str, ...]:
        """Return a field's list of texts."""
        return tuple(text for text, _ in self.lined_texts(key, required))

    def lined_texts(self, key: str, required: bool = True) -> list[tuple[str, int]]:
        """Return a field's list of texts, each with its line."""
        found = []
        for node in self.items(key, required):
            if isinstance(node.value, str):
                found.append((node.value.strip(), node.line))
            else:
                self.sheet.add(node.line, "type-wrong", f"{self.name(key)}: each item must be a text")
        return found

    def items(self, key: str, required: bool = True) -> list[Node]:
        """Return the nodes of a field's list."""
        node = self.take(key, required)
        if node is None or node.value == "":
            return []
        if not isinstance(node.value, list):
            self.sheet.add(node.line, "type-wrong", f"{self.name(key)} must be a list (- item)")
            return []
        return node.value

    def numbers(self, key: str, count: int) -> tuple[int, ...]:
        """Return exactly `count` whole numbers; zeros where they are not so. One may stand without a list."""
        node = self.take(key)
        if node is None:
            return (0,) * count
        nodes = node.value if isinstance(node.value, list) else [node]
        found = [item.value for item in nodes]
        numbers = tuple(int(text) for text in found if isinstance(text, str) and is_number(text))
        if len(numbers) != count or len(found) != count:
            wanted = "a whole number" if count == 1 else f"{count} whole numbers"
            self.sheet.add(node.line, "type-wrong", f"{self.name(key)} must be {wanted}")
            return (0,) * count
        return numbers

    def mapping(self, key: str, required: bool = True) -> Fields:
        """Return a field's mapping; an empty one where it is absent."""
        node = self.take(key, required)
        return Fields(node if node is not None else Node("", self.line), self.sheet, self.name(key))

    def localized(
        self, key: str, languages: Collection[str], required: bool = True, most: int = LONGEST_TEXT
    ) -> dict[str, str]:
        """Return a field's text in each language that it is given in; one without any is a fault."""
        node = self.take(key, required)
        if node is None:
            return {}
        return self.mapping(key).languages(languages, most)

    def languages(self, languages: Collection[str], most: int = LONGEST_TEXT) -> dict[str, str]:
        """Return the texts among these fields, in the order of `languages`, and close them.

        A language may be lacking, as long as there is one. No languages (languages.yaml is broken) means that
        any are taken: a fault is told once.
        """
        if not languages:
            return {key: self.text(key) for key, _ in self}
        given = [language for language in languages if language in self._nodes]
        if not given and not self._is_mistyped:
            message = f"{self.where or 'the text'} is not given in any of: {', '.join(languages)}"
            self.sheet.add(self.line, "language-missing", message)
        found = {language: self.text(language, required=False, most=most) for language in given}
        self.close("language-unknown")
        return found

    def __iter__(self) -> Iterator[tuple[str, Node]]:
        """Go through the fields as written; each counts as taken."""
        for key, node in self._nodes.items():
            self._asked.add(key)
            yield key, node

    def close(self, rule: str = "key-unknown") -> None:
        """Name each field that nobody took."""
        if self._nodes.keys() <= self._asked:
            return
        for key, node in self._nodes.items():
            if key not in self._asked:
                hint = find_marks(key) or _hint(key, self._asked)
                message = f"{self.name(key)} is not known here{hint}"
                self.sheet.add(node.line, rule, message)


def is_digits(text: str) -> bool:
    """Say whether the text is digits 0-9 alone (`str.isdigit` takes superscripts too)."""
    return text.isascii() and text.isdigit()


def is_number(text: str) -> bool:
    """Say whether the text is digits 0-9 alone, and no more of them than MOST_DIGITS."""
    return len(text) <= MOST_DIGITS and is_digits(text)


def is_code(text: str) -> bool:
    """Say whether the text can be a code.

    >>> [is_code(text) for text in ("404", "-35", "IOTDA.014016", "Missing%s", "no code", "a/b", "-")]
    [True, True, True, True, False, False, False]
    """
    return bool(_CODE.fullmatch(text))


def tell_no_code(text: str) -> str:
    """Return what is wrong with a text that is no code, as the end of a sentence."""
    if is_digits(text.removeprefix("-")):
        return f"at most {MOST_DIGITS} digits are read; it has {len(text.removeprefix('-'))}"
    shown = text if len(text) <= 40 else f"{text[:40]}…"
    return f"it must be a number or letters, digits, _ . and -, not {shown!r}{find_marks(text)}"


def _hint(key: str, known: set[str]) -> str:
    from difflib import get_close_matches  # loaded only when there is a fault to tell

    near = get_close_matches(key, sorted(known), n=1)
    return f"; did you mean {near[0]}?" if near else ""


def count_in_slack(text: str) -> int:
    """Return how many characters a text takes in Slack, which counts UTF-16 units of what is escaped.

    >>> count_in_slack("a & b"), count_in_slack("<🔒>")
    (9, 10)
    """
    units = len(text.encode("utf-16-le", "surrogatepass")) // 2
    return units + 4 * text.count("&") + 3 * (text.count("<") + text.count(">"))
