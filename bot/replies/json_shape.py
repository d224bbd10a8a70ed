"""Verdicts and entries as the JSON that `--format json` prints: plain strings in one language.

Keys and their order are a promise to other programs; docs/use.md documents them.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.knowledge.entry import Entry, Localized, pick_text
from bot.matching import Match, Verdict

Shape = dict[str, object]


def build_json(verdict: Verdict, language: str) -> Shape:
    """Return the verdict as a JSON object; scores run from 0 to 100, spans count code points of the text."""
    return {
        "kind": verdict.kind,
        "language": language,
        "entries": [_build_match(match, language) for match in verdict.matches],
        "nearest": [
            {"code": near.code, "title": pick_text(near.title, language)} for near in verdict.nearest
        ],
        "reason": verdict.reason,
        "unknown": _list_unknown(verdict),
    }


def build_entries_json(entries: Iterable[Entry], language: str) -> Shape:
    """Return entries as a JSON object, without scores: nobody asked."""
    return {"language": language, "entries": [_build_shown(entry, language) for entry in entries]}


def build_batch_line(question_id: str | int | float, verdict: Verdict) -> Shape:
    """Return the verdict as one line of a batch; score and rule are those of the first match."""
    first = verdict.matches[0] if verdict.matches else None
    return {
        "id": question_id,
        "kind": verdict.kind,
        "codes": [match.entry.code for match in verdict.matches],
        "score": round(first.score, 1) if first else 0.0,
        "rule": first.evidence.rule if first else "",
        "reason": verdict.reason,
        "unknown": _list_unknown(verdict),
    }


def _list_unknown(verdict: Verdict) -> list[str]:
    """Return the codes that the text names and nobody documented, in reading order."""
    return [unknown.code for unknown in verdict.unknown]


def _build_match(match: Match, language: str) -> Shape:
    evidence = {
        "rule": match.evidence.rule,
        "span": list(match.evidence.span),
        "phrase": match.evidence.phrase,
    }
    return _build_entry(match.entry, language) | {"score": round(match.score, 1), "evidence": evidence}


def _build_shown(entry: Entry, language: str) -> Shape:
    return _build_entry(entry, language) | {
        "situation": entry.situation.get(language, ""),
        "related": [{"code": each.code, "why": pick_text(each.why, language)} for each in entry.related],
        "audience": entry.audience,
        "status": entry.status,
        "replaced_by": entry.replaced_by or "",
    }


def _build_entry(entry: Entry, language: str) -> Shape:
    def pick(text: Localized) -> str:
        return pick_text(text, language)

    return {
        "code": entry.code,
        "pack": entry.pack,
        "message": entry.message,
        "title": pick(entry.title),
        "description": pick(entry.description),
        "cause": pick(entry.cause),
        "steps": [pick(step.text) for step in entry.steps],
        "customer": pick(entry.customer),
        "family": entry.family,
    }
