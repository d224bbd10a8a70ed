"""Every verdict on the project's question sets, with the product's first pack alone and with its layers.

Prints the differences as YAML, for review: `python -m tests.acceptance.layer_differences`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace

import yaml

from bot.authoring.subject import find_questions
from bot.knowledge.files import KnowledgeFiles
from bot.knowledge.questions import load_questions
from bot.knowledge.snapshot import Knowledge
from bot.matching import Matcher, Verdict
from bot.posts.post import read_post
from tests.conftest import REAL, TESTS
from tests.support.shipped import load_shipped, open_matcher, read_yaml

MODES = ("ask", "careful", "eager")
JSON_LINES = ("queries/ask.jsonl", "queries/watch.jsonl")
YAML = ("abstain.yaml", "queries/watch.yaml")


@dataclass(frozen=True, order=True)
class Difference:
    """A text that gets another verdict with the layers; verdicts are told in short."""

    mode: str
    text: str
    before: str
    after: str


def find_differences() -> list[Difference]:
    """Return what the layers change, sorted; each text is asked in each mode that its set is for."""
    whole = load_shipped()
    first = {name: pack for name, pack in whole.packs.items() if not pack.primary}
    alone, layered = Matcher(replace(whole, packs=first, repeats={})), open_matcher()
    found = set()
    for mode, text in _list_texts(whole):
        before, after = (tell(judge(matcher, mode, text)) for matcher in (alone, layered))
        if before != after:
            found.add(Difference(mode, text, before, after))
    return sorted(found)


def judge(matcher: Matcher, mode: str, text: str) -> Verdict:
    """Return the verdict in one of the modes."""
    return matcher.ask(text) if mode == "ask" else matcher.watch(text, mode == "eager")


def tell(verdict: Verdict) -> str:
    """Return a verdict in short: its kind, its entries, and the codes that nobody documented.

    >>> tell(Verdict("abstained", reason="nothing-near"))
    'abstained'
    """
    entries = [match.entry.id for match in verdict.matches]
    return " ".join([verdict.kind, *entries, *(f"?{one.code}" for one in verdict.unknown)])


def _list_texts(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    questions, _ = find_questions(KnowledgeFiles(REAL), knowledge)
    golden = [one for pack, own in questions.items() if not knowledge.packs[pack].primary for one in own]
    golden += [one for name in YAML for one in load_questions(TESTS / name, knowledge.languages)]
    records = [(one.mode, one.text) for one in golden]
    for name in JSON_LINES:
        lines = (TESTS / name).read_text(encoding="utf-8").splitlines()
        records += [(record["mode"], record["text"]) for record in map(json.loads, lines)]
    for path in sorted((TESTS / "watch").glob("*.yaml")):
        posts = read_yaml(path) if "layers" not in path.stem else ()
        records += [("watch", read_post(post["message"]).text) for post in posts]
    for mode, text in records:
        yield from ((one, text) for one in (MODES[1:] if mode == "watch" else MODES[:1]))


if __name__ == "__main__":
    told = [{**vars(one), "why": ""} for one in find_differences()]
    print(yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=110))  # noqa: T201 - a tool for the terminal
