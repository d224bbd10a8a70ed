"""Codes in texts by the class of text, as code_cases.yaml has them: what answers, what is named."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.matching import Matcher, Verdict
from tests.support.shipped import open_matcher, read_yaml

PACK = "aliyun-living"
MODES = {"ask", "watch", "eager"}


@dataclass(frozen=True)
class Case:
    """A text of a class, and what is due to it in one mode."""

    about: str
    mode: str
    text: str
    answer: list[str]
    named: list[str]


def load_cases() -> list[Case]:
    """Read the table."""
    cases = []
    for group in read_yaml(Path(__file__).with_name("code_cases.yaml")):
        for row in group["cases"]:
            [mode] = MODES & row.keys()
            assert row.keys() <= {mode, "answer", "named"}, row
            cases.append(Case(group["class"], mode, row[mode], row.get("answer", []), row.get("named", [])))
    return cases


@pytest.fixture(scope="module")
def alone() -> Matcher:
    """A matcher over the vendor's pack alone: other packs document some of its undocumented codes."""
    return open_matcher(PACK)


def ask(matcher: Matcher, case: Case) -> Verdict:
    """Return the verdict in the mode of a case."""
    if case.mode == "ask":
        return matcher.ask(case.text)
    return matcher.watch(case.text, eager=case.mode == "eager")


@pytest.mark.parametrize("case", load_cases(), ids=lambda case: f"{case.mode}-{case.text[:40]}")
def test_case(alone: Matcher, case: Case) -> None:
    """A text of each class is answered by the codes that are due, and its undocumented codes are named."""
    verdict = ask(alone, case)
    answered = [match.entry.code for match in verdict.matches] if verdict.kind == "answered" else []
    assert (answered, [code.code for code in verdict.unknown]) == (case.answer, case.named), case.about
    assert verdict.kind == ("answered" if case.answer else "abstained"), case.about
