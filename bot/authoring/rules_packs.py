"""The linter's rules about what entries share: the pack's families and the terms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from bot.authoring.subject import Faults, Subject
from bot.knowledge.language import Term
from bot.knowledge.pack import OWNER, Family
from bot.matching import fold


def date_malformed(subject: Subject) -> Faults:
    """The date of a source isn't a day written YYYY-MM-DD.

    Write it like "2018-09-04".
    """
    for pack in subject.knowledge.packs.values():
        dates: list[tuple[tuple[str, ...], str]] = [(("source",), pack.source_date)]
        dates += [(("sources", name), source.date) for name, source in pack.sources.items()]
        for keys, written in dates:
            if written and not _is_date(written):
                message = f'{written!r} isn\'t a day written like "2018-09-04"'
                yield *subject.in_file(pack.path, *keys, "date"), message


def primary_unknown(subject: Subject) -> Faults:
    """A pack's primary one isn't there, or has a primary one itself.

    Fix the name of `primary`, or take it out.
    """
    packs = subject.knowledge.packs
    for pack in packs.values():
        primary = packs.get(pack.primary)
        if pack.primary and (primary is None or primary.primary):
            place = subject.in_file(pack.path, "primary")
            yield *place, f"{pack.primary} isn't a pack that stands by itself"


def families_overlap(subject: Subject) -> Faults:
    """Two ranges of a pack's families hold the same code.

    Cut one of them, so that a code tells its family.
    """
    for pack in subject.knowledge.packs.values():
        ranges = [
            (low, high, family) for family in pack.families.values() for low, high in family.codes.ranges
        ]
        ranges.sort(key=lambda held: held[:2])
        highest: tuple[int, Family] | None = None
        for low, high, family in ranges:
            if highest is not None and low <= highest[0]:
                message = (
                    f"{low}-{high} of {family.id} overlaps {highest[1].id}, which goes up to {highest[0]}"
                )
                yield *subject.in_file(pack.path, "families", family.id, "codes"), message
            if highest is None or high > highest[0]:
                highest = (high, family)


def owner_malformed(subject: Subject) -> Faults:
    """An owner of a family isn't an id of Slack's.

    Write the id of a person (U012AB3CD) or of a user group (S012AB3CD): the desk mentions them.
    """
    for pack in subject.knowledge.packs.values():
        for family in pack.families.values():
            for owner in family.owners:
                if not OWNER.fullmatch(owner):
                    message = f"{owner!r} isn't the id of a person or a user group in Slack"
                    yield *subject.in_file(pack.path, "families", family.id, "owners"), message


def family_term_unknown(subject: Subject) -> Faults:
    """A family names a term that neither pack.yaml nor terms.yaml has.

    Fix the name, or add the term.
    """
    packs = subject.knowledge.packs
    for pack in packs.values():
        inherited = packs[pack.primary].terms if pack.primary in packs else ()
        known = {term.name for term in (*subject.knowledge.terms, *inherited, *pack.terms)}
        for family in pack.families.values():
            for name in family.terms:
                if name not in known:
                    place = subject.in_file(pack.path, "families", family.id, "terms")
                    yield *place, f"{name} isn't a term"


def term_claimed_twice(subject: Subject) -> Faults:
    """Two terms claim the same word of a language, or one as itself and as its opposite.

    Leave it with one.
    """
    shared = [(subject.path("terms.yaml"), (term.name,), term) for term in subject.knowledge.terms]
    for pack in subject.knowledge.packs.values():
        own = [(pack.path, ("terms", term.name), term) for term in pack.terms]
        claims: dict[tuple[str, str], str] = {}
        for path, keys, term in (*shared, *own):
            for language, word, side in _words(term):
                first = claims.setdefault((language, fold(word)), side)
                if first != side:
                    yield *subject.in_file(path, *keys), f"{word!r} is claimed by {first} and {side}"


def _is_date(text: str) -> bool:
    if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _words(term: Term) -> Iterator[tuple[str, str, str]]:
    """Go through the words of a term: language, word, and the side of the term it stands on."""
    for side, forms in ((term.name, term.forms), (f"the opposite of {term.name}", term.opposites)):
        for language, words in forms.items():
            for word in words:
                yield language, word, side
