"""Slack messages from their JSON to the verdict: what a watched channel gets an answer to, and what not.

The posts stand in the YAML files beside this one, by kind; hosts, names and ids are invented. What
`read_post` makes of each part of a message is held in tests/listeners, the rules of evidence one by one in
tests/matching.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.desk import Desk
from bot.knowledge.entry import Entry
from bot.posts.post import read_post
from tests.support.shipped import open_desk, read_yaml

FOLDER = Path(__file__).parent
KNOWN_FAILURES = "known-failures"
SAYS = {  # kind: (whether an answer is due, whether in a careful channel, too)
    "due-people": (True, True),
    "due-alerts": (True, True),
    "due-layers": (True, True),
    "due-eager": (True, False),
    "silent-people": (False, False),
    "silent-alerts": (False, False),
    "silent-others": (False, False),
    "silent-layers": (False, False),
}
FIELDS = {"id", "why", "expected", "careful", "message"}  # a known failure has its `reason` besides


@dataclass(frozen=True)
class Case:
    """A post and what is due to it: the codes, and whether a careful channel gets them, too."""

    kind: str
    id: str
    why: str
    message: dict[str, Any]
    expected: frozenset[str]
    careful: bool

    def due(self, eager: bool) -> frozenset[str]:
        """Return the codes that a channel gets with this setting."""
        return self.expected if eager or self.careful else frozenset()


def load_cases(path: Path) -> list[Case]:
    """Read the posts of a file, named for their kind."""
    required = FIELDS | {"reason"} if path.stem == KNOWN_FAILURES else FIELDS
    cases = []
    for post in read_yaml(path):
        assert post.keys() == required, f"{path.name}: {post.get('id')} has {sorted(post)}"
        assert all(post[key] for key in required - {"expected", "careful"}), f"{path.name}: {post['id']}"
        cases.append(
            Case(
                path.stem,
                post["id"],
                post["why"],
                post["message"],
                frozenset(post["expected"]),
                post["careful"],
            )
        )
    return cases


CASES = [case for path in sorted(FOLDER.glob("*.yaml")) for case in load_cases(path)]
HELD = [case for case in CASES if case.kind != KNOWN_FAILURES]
KNOWN = [case for case in CASES if case.kind == KNOWN_FAILURES]


@pytest.fixture(scope="module")
def desk() -> Desk:
    """The desk over the knowledge of this repository."""
    return open_desk()


def answer(desk: Desk, case: Case, eager: bool) -> frozenset[str]:
    """Return the codes that a watched channel would get."""
    verdict = desk.ask(read_post(case.message).text, mode="watch", eager=eager)
    return frozenset(match.entry.code for match in verdict.matches)


def is_met(entry: Entry) -> bool:
    """Say whether people met an entry's code: its cause was seen in practice."""
    return entry.cause_basis == "field"


@pytest.mark.parametrize("eager", [False, True], ids=["careful", "eager"])
@pytest.mark.parametrize("case", HELD, ids=lambda case: case.id)
def test_post(desk: Desk, case: Case, eager: bool) -> None:
    """A watched channel gets exactly the codes that are due to a post, and nothing where none is."""
    text = read_post(case.message).text
    assert answer(desk, case, eager) == case.due(eager), f"{case.why}\n{text}"


@pytest.mark.parametrize("case", KNOWN, ids=lambda case: case.id)
def test_known_failure(desk: Desk, case: Case) -> None:
    """A known failure fails still, in one of the settings; a fixed one belongs in the file of its kind."""
    settings = (False, True)
    assert any(answer(desk, case, eager) != case.due(eager) for eager in settings), "fixed: move it"


def test_posts_are_sound(desk: Desk) -> None:
    """Every post has an id of its own, documented codes, and says of careful what its file is for."""
    ids = [case.id for case in CASES]
    documented = {entry.code for entry in desk.knowledge.entries}
    assert sorted({each for each in ids if ids.count(each) > 1}) == []
    for case in CASES:
        assert re.fullmatch(r"(?:zh|en|mixed)-[a-z0-9-]+", case.id), case.id
        assert case.message["type"] == "message", case.id
        assert case.expected <= documented, case.id
        assert case.expected or not case.careful, case.id
        assert case.kind == KNOWN_FAILURES or SAYS[case.kind] == (bool(case.expected), case.careful), case.id


def test_every_code_is_due_somewhere(desk: Desk) -> None:
    """Each documented code is due in a post, but those never watched, and a layer's that nobody met."""
    never = {code for pack in desk.knowledge.packs.values() for code in pack.never_watched}
    entries = desk.knowledge.entries
    due = {entry.code for entry in entries if not entry.in_layer or is_met(entry)}
    assert frozenset().union(*(case.expected for case in HELD)) >= due - never


@pytest.mark.parametrize("language", ["zh", "en", "mixed"])
def test_both_sides_in_each_language(language: str) -> None:
    """Each language has posts that an answer is due to and, about as many, posts to leave alone."""
    due = [bool(case.expected) for case in CASES if case.id.startswith(language)]
    assert 0.4 <= sum(due) / len(due) <= 0.6
