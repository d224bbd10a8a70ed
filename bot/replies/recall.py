"""What a button carries: enough of a verdict to show it again, in ids.

Written into `value` by the builders, read by the listener of the click, which may come after the knowledge
has changed. The question's text is in it only where the message is the asker's alone and shows it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated

import msgspec

from bot.knowledge.entry import Audience, Entry
from bot.knowledge.snapshot import Knowledge
from bot.matching import CERTAIN, Evidence, Kind, Match, UnknownCode, Verdict

__all__ = ["Audience", "Recall", "read_recall"]

MOST_RUNNERS_UP = 3
MOST = 1800  # a button's value holds 2,000 characters (docs.slack.dev, button element)


@dataclass(frozen=True, slots=True)
class Recall:
    """A verdict to show again in `language`; `asker` is the user id of whoever asked, if known.

    A "public" audience includes outsiders: it sees public entries and steps only. `answer` names the answer
    wherever it is shown, in another language or to others; "" where it has no name.
    """

    verdict: Verdict
    language: str
    asker: str = ""
    audience: Audience = "internal"
    asked: str = ""
    answer: str = ""

    def write_value(self) -> str:
        """Return the recall as a button's value; evidence, runners-up and the question go if too long."""
        value = _write(self)
        if len(value) <= MOST:
            return value
        bare = replace(self, verdict=_drop_evidence(replace(self.verdict, runners_up=())))
        value = _write(bare)
        return value if len(value) <= MOST else _write(replace(bare, asked=""))

    def pick_entry(self, entry: Entry) -> Recall:
        """Return what shows one entry of those that this shows."""
        picked = Match(entry, CERTAIN, Evidence("", (0, 0), ""))
        return replace(self, verdict=Verdict("answered", (picked,)), answer="")


def read_recall(value: str, knowledge: Knowledge) -> Recall | None:
    """Return the recall that a value holds, or None if the knowledge has none of its entries any more.

    Entries that are gone are left out. A value that nobody here wrote counts as one whose entries are gone.
    """
    try:
        read = _DECODER.decode(value)
    except (msgspec.DecodeError, UnicodeEncodeError):
        return None
    found = ((name, knowledge.find_entry(name)) for name in (*(name for name, *_ in read.m), *read.n))
    entries = {name: entry for name, entry in found if entry}
    matches = tuple(
        Match(entries[name], score, Evidence(rule, (0, 0), phrase))
        for name, score, rule, phrase in read.m
        if name in entries
    )
    verdict = Verdict(
        kind=read.k,
        matches=matches,
        nearest=tuple(entries[name] for name in read.n if name in entries),
        unknown=tuple(_find_unknown(code, ours, knowledge) for code, ours in read.u),
        reason=read.r,
        left_out=read.o,
        runners_up=tuple(filter(None, (_find_runner_up(name, knowledge) for name in read.w))),
    )
    recall = Recall(verdict, read.l, read.a, "public" if read.p else "internal", read.q, read.i)
    if recall.language not in knowledge.languages or (verdict.kind != "abstained" and not matches):
        return None
    if verdict.kind == "choices" and len(matches) == 1:
        return replace(recall, verdict=replace(verdict, kind="answered"))
    return recall


@dataclass(frozen=True, slots=True)
class Shown:
    """What a button's message showed, by ids: entries (pack/code) that the knowledge may have no more."""

    answer: str
    language: str
    entries: tuple[str, ...]


def read_shown(value: str) -> Shown | None:
    """Return what a value's message showed, or None for a value that nobody here wrote."""
    try:
        read = _DECODER.decode(value)
    except (msgspec.DecodeError, UnicodeEncodeError):
        return None
    return Shown(read.i, read.l, tuple(name for name, *_ in read.m))


class _Written(msgspec.Struct, omit_defaults=True):
    """The JSON of a button's value, whose keys stand in messages that were posted long ago.

    The kind, language and asker; the matches, nearest entries, and unknown codes with whether they have a
    documented shape; the reason; how many matches are left out; 1 where outsiders read along; the question;
    the answer's name; the runners-up.
    """

    k: Kind
    l: str  # noqa: E741 - a key of old messages
    a: Annotated[str, msgspec.Meta(pattern=r"\A[A-Z0-9]{0,40}\Z")]
    m: list[tuple[str, float, str, str]]
    n: list[str]
    u: list[tuple[str, bool]]
    r: str
    o: Annotated[int, msgspec.Meta(ge=0)]
    p: int = 0
    q: str = ""
    i: Annotated[str, msgspec.Meta(pattern=r"\A[A-Za-z0-9_.:-]{0,60}\Z")] = ""
    w: list[str] = []


_DECODER = msgspec.json.Decoder(_Written)


def _write(recall: Recall) -> str:
    verdict = recall.verdict
    written = _Written(
        k=verdict.kind,
        l=recall.language,
        a=recall.asker,
        m=[(m.entry.id, m.score, m.evidence.rule, m.evidence.phrase) for m in verdict.matches],
        n=[entry.id for entry in verdict.nearest],
        u=[(unknown.code, unknown.family is not None) for unknown in verdict.unknown],
        r=verdict.reason,
        o=verdict.left_out,
        p=1 if recall.audience == "public" else 0,
        q=recall.asked,
        i=recall.answer,
        w=[match.entry.id for match in verdict.runners_up[:MOST_RUNNERS_UP]]
        if verdict.kind == "answered"
        else [],
    )
    return msgspec.json.encode(written).decode()


def _drop_evidence(verdict: Verdict) -> Verdict:
    bare = (Match(m.entry, m.score, Evidence("", (0, 0), "")) for m in verdict.matches)
    return replace(verdict, matches=tuple(bare))


def _find_runner_up(name: str, knowledge: Knowledge) -> Match | None:
    entry = knowledge.find_entry(name)
    return Match(entry, 0.0, Evidence("", (0, 0), "")) if entry else None


def _find_unknown(code: str, ours: bool, knowledge: Knowledge) -> UnknownCode:
    """Return the code with its family, if it was taken for one of a documented product's."""
    families = (pack.find_family(code) for pack in knowledge.packs.values() if ours)
    return UnknownCode(code, (0, 0), next((family for family in families if family), None))
