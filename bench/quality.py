"""How well the desk and its peers answer the same questions, and what silence costs each.

A peer can only abstain by a threshold, so each gets its best one: the lowest that answers no quiet text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bench.peers import NAMED, Peer
from bot.authoring.evaluate import evaluate
from bot.authoring.render import align, percent
from bot.knowledge.question import Question
from bot.matching import Matcher, fold
from bot.track import Track, track_silently

DESK = "faultbook"
DIGITS = re.compile(r"\d{3}")
KINDS = {
    "code": "code", "code-long": "code", "message": "message", "api-message": "message", "log": "log",
    "stack-trace": "log", "json": "JSON", "code-json": "JSON", "typo": "typo", "typo_en": "typo",
    "typo_zh": "typo", "traditional": "Traditional", "trad": "Traditional", "code-traditional": "Traditional",
    "pinyin": "pinyin", "mixed": "mixed", "fullwidth": "full-width", "code-fullwidth": "full-width",
}  # fmt: skip
"""Kinds of the question files, in fewer; all others are phrases, or messages where they quote one."""
NOTE = (
    "kept, wrong: answered right or otherwise by the lowest threshold that answers no quiet text; faultbook\n"
    "has its own thresholds. kept, no numbers: the same among texts without a number."
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question put to one contender.

    `rank` is the place of the first expected entry, 0 if it isn't found, without regard to silence. `kept`
    and `wrong`: answered right or otherwise when no quiet text may be answered.
    """

    question: Question
    rank: int
    kept: bool
    wrong: bool


@dataclass(frozen=True, slots=True)
class Quality:
    """One contender on all questions; `wordy` are those without a number, by a threshold of their own."""

    name: str
    asked: Sequence[Asked]
    wordy: Sequence[Asked]

    def list_figures(self) -> dict[str, float]:
        """Return the rates, 0 to 1."""
        count = max(1, len(self.asked))
        return {
            "right_at_1": sum(one.rank == 1 for one in self.asked) / count,
            "mrr": sum(1 / one.rank for one in self.asked if one.rank) / count,
            "kept": sum(one.kept for one in self.asked) / count,
            "wrong": sum(one.wrong for one in self.asked) / count,
            "kept_wordy": sum(one.kept for one in self.wordy) / max(1, len(self.wordy)),
        }

    def part_by(self, attribute: str) -> dict[str, tuple[int, float]]:
        """Return how many questions and which part is right at rank 1, by a field of the question."""
        groups: dict[str, list[bool]] = {}
        for one in self.asked:
            groups.setdefault(getattr(one.question, attribute) or "none", []).append(one.rank == 1)
        return {name: (len(groups[name]), sum(groups[name]) / len(groups[name])) for name in sorted(groups)}


@dataclass(frozen=True, slots=True)
class Compared:
    """All contenders on one set of questions, the desk first, and how many quiet texts that answers."""

    name: str
    quiet: int
    false_answers: int
    qualities: Sequence[Quality]

    def list_figures(self) -> dict[str, object]:
        """Return all that is printed."""
        return {
            "questions": len(self.qualities[0].asked),
            "quiet": self.quiet,
            "false_answers": self.false_answers,
            "contenders": {
                one.name: {
                    **one.list_figures(),
                    "by_language": one.part_by("language"),
                    "by_kind": one.part_by("kind"),
                }
                for one in self.qualities
            },
        }


def compare(
    name: str,
    matcher: Matcher,
    peers: Sequence[Peer],
    questions: Sequence[Question],
    quiet: Sequence[Question],
    track: Track = track_silently,
) -> Compared:
    """Measure the desk and its peers on one set of questions."""
    report = evaluate([*questions, *quiet], lambda asked: matcher.ask(asked.text), track)
    asked = [
        Asked(outcome.question, outcome.rank, outcome.mark == "right", outcome.mark == "wrong")
        for outcome in report.outcomes
        if outcome.due
    ]
    desk = Quality(DESK, asked, [one for one in asked if _is_wordy(one.question)])
    others = (measure_peer(peer, questions, quiet) for peer in track(peers, f"{name}: peers"))
    return Compared(name, len(quiet), report.ask.false_answer, [desk, *others])


def measure_peer(peer: Peer, questions: Sequence[Question], quiet: Sequence[Question]) -> Quality:
    """Measure one peer on questions with an answer and on texts without one."""
    answers = [(question, *_answer(question, peer)) for question in questions]
    noise = [(text, _answer(text, peer)[2]) for text in quiet]

    def keep(loudest: float, wordy: bool) -> list[Asked]:
        return [
            Asked(question, rank, right and score > loudest, not right and score > loudest)
            for question, rank, right, score in answers
            if not wordy or _is_wordy(question)
        ]

    loudest = max((score for _, score in noise), default=0.0)
    loudest_wordy = max((score for text, score in noise if _is_wordy(text)), default=0.0)
    return Quality(peer.name, keep(loudest, wordy=False), keep(loudest_wordy, wordy=True))


def simplify_kinds(questions: Iterable[Question], messages: Mapping[str, str]) -> list[Question]:
    """Return the questions with one of KINDS' values, "message" or "phrase" for their kind.

    `messages` are the entries' own, by code.
    """
    simple = []
    for question in questions:
        folded = fold(question.text)
        quoted = (fold(messages.get(code, "")).strip(" .。!") for code in question.expected)
        plain = "message" if any(message and message in folded for message in quoted) else "phrase"
        simple.append(replace(question, kind=KINDS.get(question.kind, plain)))
    return simple


def render(compared: Compared) -> str:
    """Return the rates of all contenders, then right at 1 by language and kind."""
    rows: list[tuple[str, ...]] = [("", "right at 1", "MRR", "kept", "wrong", "kept, no numbers")]
    for one in compared.qualities:
        rates = one.list_figures()
        silence = (percent(rates[name]) for name in ("kept", "wrong", "kept_wordy"))
        rows.append((one.name, percent(rates["right_at_1"]), f"{rates['mrr']:.3f}", *silence))
    head = (
        f"{compared.name}: {len(compared.qualities[0].asked)} questions; {compared.quiet} texts that need no "
        f"answer, of which faultbook answers {compared.false_answers}"
    )
    return "\n\n".join((
        head, f"{align(rows)}\n{NOTE}", _render_parts(compared, "language"), _render_parts(compared, "kind"),
    ))  # fmt: skip


def _render_parts(compared: Compared, attribute: str) -> str:
    parts = [one.part_by(attribute) for one in compared.qualities]
    names = (one.name for one in compared.qualities)
    rows = [(f"right at 1, by {attribute}", "questions", *names)]
    for name, (count, _) in parts[0].items():
        rows.append((name, str(count), *(percent(part[name][1]) for part in parts)))
    return align(rows)


def _answer(question: Question, peer: Peer) -> tuple[int, bool, float]:
    """Answer with all codes named in the text, else with the best entry: rank, whether right, score."""
    ranked = peer.rank(question.text)
    expected = set(question.expected)
    given = {code for code, score in ranked if score == NAMED} or {code for code, _ in ranked[:1]}
    right = bool(given) and (given == expected or (question.any_of and given <= expected))
    places = (place for place, (code, _) in enumerate(ranked, 1) if code in expected)
    return next(places, 0), right, ranked[0][1] if ranked else 0.0


def _is_wordy(question: Question) -> bool:
    return not DIGITS.search(question.text)
