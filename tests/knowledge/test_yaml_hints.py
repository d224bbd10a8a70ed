"""What the reader tells an author to do about a file that isn't YAML, whichever parser reads it."""

from __future__ import annotations

import pytest
import yaml

from bot.errors import Problem
from bot.knowledge import yaml_text
from bot.knowledge.yaml_hints import (
    BRACKET,
    CURLY_QUOTES,
    INDENT,
    INNER_QUOTE,
    QUOTE_COLON,
    TAB,
    TIGHT_COLON,
    UNPRINTABLE,
    WIDE_COLON,
)
from bot.knowledge.yaml_text import Sheet, find_cut_texts, read_documents

OPEN_QUOTE = "a text begins with a quote that no other quote ends"
END_LIST = "end the list with ]; quote a text in it that holds a comma, a bracket or a quote"

# text, line of the slip, advice
SLIPS = [
    ("message: water: hot", 1, QUOTE_COLON),
    ("message: water\n  level: hot", 2, f"{QUOTE_COLON}; else {INDENT}"),
    ("message: `water`", 1, "quote a text that begins with `"),
    ("message: @water", 1, "quote a text that begins with @"),
    ("message: %water", 1, "quote a text that begins with %"),
    ("phrases:\n\t- water", 2, TAB),
    ("message: * water", 1, "quote a text that begins with *"),
    ("message: *水", 1, "quote a text that begins with *"),
    ("message: & water", 1, "quote a text that begins with &"),
    ("message: |water", 1, "quote a text that begins with | or >"),
    ("code：201\nmessage: water", 1, WIDE_COLON),
    ("code: 201\nmessage： water\nfamily: power", 2, WIDE_COLON),
    ("code: 201\ntitle:\n  en： water\n  zh: 水", 3, WIDE_COLON),
    ("code:201\nmessage: water", 1, TIGHT_COLON),
    ("message: “water: hot”", 1, CURLY_QUOTES),
    ("message: 'it's hot'", 1, INNER_QUOTE),
    ('message: "hot" water', 1, INNER_QUOTE),
    ("code: 201\n message: water", 2, f"{QUOTE_COLON}; else {INDENT}"),
    ("title:\n    en: water\n  zh: 水", 3, INDENT),
    ("message: - water", 1, "put each `- item` on a line of its own"),
    ("message: water\n\tfamily: power", 2, TAB),
    ("phrases:\n  - water\n\t- kettle", 3, TAB),
    ("phrases:\n  -\twater: hot\n    kettle: on", 2, TAB),
    ("title:\n  en: water\n  \tzh: 水", 3, TAB),
    ("message: [water] is hot", 1, BRACKET),
    ("message: {water} is hot", 1, BRACKET),
    ("phrases:\n  - [water] is hot\n  - kettle", 2, BRACKET),
    ("phrases: [water, kettle]]\ncode: 201", 1, BRACKET),
    ("message: {water: hot}}\ncode: 201", 1, BRACKET),
    ("phrases: [water, kettle\ncode: 201", 2, END_LIST),
    ("phrases: [水，壶\ncode: 201", 2, END_LIST),
    ("phrases: [water}\ncode: 201", 1, END_LIST),
    ("[", 1, "end the list with ], or the mapping with }"),
    ("message: ] water", 1, "quote a text that begins with one of , ] }"),
    ("message: hot\awater", 1, UNPRINTABLE),
    ('code: "101\nmessage: water\nfamily: power', 1, OPEN_QUOTE),
    ("code: 101\nmessage: 'water\nfamily: power\n", 2, OPEN_QUOTE),
]


@pytest.fixture(params=[getattr(yaml, "CBaseLoader", yaml.BaseLoader), yaml.BaseLoader])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read with either of PyYAML's parsers in turn."""
    monkeypatch.setattr(yaml_text, "Loader", request.param)


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(("text", "line", "advice"), SLIPS)
def test_advice(text: str, line: int, advice: str) -> None:
    """A common slip is told with what to do first, and with the line on which it stands."""
    problems: list[Problem] = []
    assert read_documents(text, Sheet("a.yaml", problems)) == []
    [problem] = problems
    assert (problem.rule, problem.line) == ("yaml-broken", line)
    assert problem.message.split(" (not YAML: ")[0] == advice


@pytest.mark.usefixtures("parser")
def test_no_wrong_blame() -> None:
    """Full-width colons and curly quotes in a text are not blamed for another slip on the next line."""
    problems: list[Problem] = []
    read_documents("title: “水”：过少\nmessage: water: hot", Sheet("a.yaml", problems))
    assert [(problem.line, problem.message.split(" (")[0]) for problem in problems] == [(2, QUOTE_COLON)]


@pytest.mark.usefixtures("parser")
def test_cut_texts() -> None:
    """A text cut off by a near "#" is found; quoted and folded texts, and remarks set apart, are none."""
    cut = 'a: 设备 b #3 c\nb: "x" #y\nc: [p #q\n , r]\nd: x\n  y  # z\ne: f  #g\n'
    sound = "f: # h\ng: |\n  k #l\nh: i#j\nk:  # m\n"
    assert list(find_cut_texts(cut + sound)) == [(1, "设备 b", "#3 c"), (3, "p", "#q"), (7, "f", "#g")]
