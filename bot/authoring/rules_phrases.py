"""The linter's rules about phrases: whose they are, and that each finds its own entry.

Phrases are compared folded, as the matcher reads them: width, case, script and quotes don't tell two apart.
"""

from __future__ import annotations

from collections import defaultdict

from rapidfuzz.fuzz import ratio

from bot.authoring.rules_texts import is_unfinished
from bot.authoring.subject import Faults, Subject
from bot.knowledge.entry import Entry, Phrase
from bot.matching import fold

NEAR = 92
"""From this ratio on (rapidfuzz, 0-100) two texts differ by a slip, not in kind."""


def phrase_in_layer(subject: Subject) -> Faults:
    """An entry holds phrases, but its pack has a primary one, to whose entries words belong.

    Move them to the entry that `same_fault` names, or take them out.
    """
    for _, entry in subject.entries:
        if entry.in_layer and entry.phrases:
            yield entry.path, entry.phrases[0].line, f"{entry.code} is found by its code and its message only"


def phrase_claimed_twice(subject: Subject) -> Faults:
    """Two entries of a pack have the same phrase and don't both declare it shared.

    Reword it, or write it on both sides as `text` with `shared` naming the other code.
    """
    for pack in subject.knowledge.packs.values():
        claims: dict[str, list[tuple[Entry, Phrase]]] = defaultdict(list)
        for entry in pack.entries.values():
            for phrase in entry.phrases:
                claims[fold(phrase.text)].append((entry, phrase))
        for claimants in claims.values():
            for entry, phrase in claimants:
                codes = {other.code for other, _ in claimants} - {entry.code, *phrase.shared}
                if phrase.text and codes:
                    message = f"{phrase.text!r} is claimed by {', '.join(sorted(codes))} too"
                    yield entry.path, phrase.line, message


def shared_unknown(subject: Subject) -> Faults:
    """A phrase is declared shared with a code that the pack doesn't hold, or with its own entry.

    Fix the code.
    """
    for pack, entry in subject.entries:
        for phrase in entry.phrases:
            for code in phrase.shared:
                if code == entry.code:
                    yield entry.path, phrase.line, f"{phrase.text!r} is shared with its own code {code}"
                elif code not in pack.entries:
                    yield entry.path, phrase.line, f"{phrase.text!r} is shared with {code}, not in this pack"


def phrase_not_own(subject: Subject) -> Faults:
    """A phrase, asked as a question, doesn't bring its own entry, not even among choices.

    Say what is special to this entry, or change the phrase of the entry that takes it.
    """
    # An entry not yet filled in counts in the matcher too, and others would be blamed for it.
    if any(is_unfinished(entry) for _, entry in subject.entries):
        return
    for entry in subject.track(subject.knowledge.entries, "progress_phrases"):
        for phrase in entry.phrases:
            if not phrase.text or entry.status == "retired":
                continue
            verdict = subject.matcher.ask(phrase.text)
            found = [match.entry for match in verdict.matches]
            if entry.id not in {other.id for other in found}:
                brought = ", ".join(other.code for other in found) or f"nothing ({verdict.reason})"
                yield entry.path, phrase.line, f"{phrase.text!r} brings {brought}"


def phrase_near_duplicate(subject: Subject) -> Faults:
    """Two phrases of an entry differ by a slip or not at all.

    Keep one: typos are read without being listed.
    """
    for _, entry in subject.entries:
        seen: list[tuple[str, str, Phrase]] = []
        for phrase in entry.phrases:
            folded = fold(phrase.text)
            for language, earlier, first in seen:
                if language == phrase.language and folded and ratio(earlier, folded) >= NEAR:
                    message = f"{phrase.text!r} is nearly {first.text!r} on line {first.line}"
                    yield entry.path, phrase.line, message
                    break
            seen.append((phrase.language, folded, phrase))
