"""The linter's rules about single entries: what must agree with the pack, and with one another.

A rule is named for its fault; its docstring says the fault and what to do. Empty fields are rules_texts.py's,
phrases rules_phrases.py's.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from bot.authoring.subject import Faults, Subject
from bot.knowledge.fields import is_digits


def family_unknown(subject: Subject) -> Faults:
    """An entry names a family that the pack doesn't have.

    Fix the name, or add the family to pack.yaml.
    """
    for pack, entry in subject.entries:
        if entry.family and entry.family not in pack.families:
            message = f"{entry.family} isn't one of this pack's families: {', '.join(pack.families)}"
            yield *subject.at(entry, "family"), message


def code_outside_family(subject: Subject) -> Faults:
    """A code lies outside the ranges of its family.

    Fix the family of the entry, or the ranges in pack.yaml.
    """
    for pack, entry in subject.entries:
        family = pack.families.get(entry.family)
        if family is not None and not family.holds(entry.code):
            told = f"{entry.code} is not in {entry.family} ({family.codes})"
            yield *subject.at(entry, "family"), told


def code_shape(subject: Subject) -> Faults:
    """A code has fewer or more digits than the pack's codes have, and none of its patterns.

    Fix the code, or `code.digits` or `code.patterns` in pack.yaml.
    """
    for pack, entry in subject.entries:
        fewest, most = pack.shape.digits
        is_shaped = any(re.fullmatch(pattern, entry.code) for pattern in pack.shape.patterns)
        if is_digits(entry.code) and not pack.shape.fits(entry.code) and not is_shaped:
            yield *subject.at(entry, "code"), f"{entry.code} doesn't have {_spell_sizes(fewest, most)}"


def file_misnamed(subject: Subject) -> Faults:
    """A file is named by one code and holds another, or ends in .yml.

    Rename the file, or move the entry.
    """
    for _, entry in subject.entries:
        name = PurePosixPath(entry.path).stem
        if is_digits(name) and name != entry.code:
            yield *subject.at(entry, "code"), f"the file is named {name} and holds {entry.code}"


def related_unknown(subject: Subject) -> Faults:
    """An entry points to a code that the pack doesn't hold, or to itself.

    Fix the code, or take it out; give `pack` if the entry is in another one.
    """
    for _, entry in subject.entries:
        for related in entry.related:
            if related.id == entry.id:
                yield entry.path, related.line, f"{entry.code} points to itself"
            elif related.code and subject.knowledge.find_entry(related.id) is None:
                where = "this pack" if related.pack == entry.pack else related.pack
                yield entry.path, related.line, f"{related.code} is not in {where}"


def alias_claimed_twice(subject: Subject) -> Faults:
    """An alias is the code of another entry of the pack, or an alias of another one.

    Leave it with one of the two: nobody who asks for it gets the other.
    """
    claims = {(pack.id, entry.code.lower()): entry.code for pack, entry in subject.entries}
    for pack, entry in subject.entries:
        for number, alias in enumerate(entry.aliases):
            owner = claims.setdefault((pack.id, alias.lower()), entry.code)
            if owner != entry.code:
                yield *subject.at(entry, "aliases", number), f"{alias} already stands for {owner}"


def same_fault_unknown(subject: Subject) -> Faults:
    """`same_fault` names something else than an entry of the pack's primary pack.

    Write the id of that entry, like `aliyun-living/28504`, or take it out.
    """
    for pack, entry in subject.entries:
        for number, other in enumerate(entry.same_fault):
            if subject.knowledge.find_entry(other) is None or other.partition("/")[0] != pack.primary:
                place = subject.at(entry, "same_fault", number)
                yield *place, f"{other} isn't an entry of {pack.primary or 'a primary pack'}"


def replacement_unknown(subject: Subject) -> Faults:
    """The code in `replaced_by` is not a current entry of the pack, or the entry itself is current.

    Name a current entry; take `replaced_by` out of an entry that isn't retired.
    """
    for pack, entry in subject.entries:
        if entry.replaced_by is None:
            continue
        other = pack.entries.get(entry.replaced_by)
        if other is None:
            yield *subject.at(entry, "replaced_by"), f"{entry.replaced_by} is not in this pack"
        elif other.status == "retired":
            yield *subject.at(entry, "replaced_by"), f"{entry.replaced_by} is retired itself"
        elif entry.status == "current":
            yield *subject.at(entry, "replaced_by"), f"{entry.code} is current, so nothing replaces it"


def situation_missing(subject: Subject) -> Faults:
    """An entry shares a phrase, or its code with another pack, and doesn't say in which situation it arises.

    Give `situation`, to tell them apart.
    """
    for _, entry in subject.entries:
        packs = [other.pack for other in subject.knowledge.find_entries(entry.code) if other is not entry]
        if entry.in_layer and packs and not entry.situation:
            message = f"{entry.code} is also in {', '.join(packs)}; say in situation what tells them apart"
            yield *subject.at(entry, "code"), message
        shared = next((phrase for phrase in entry.phrases if phrase.shared), None)
        if shared is not None and not entry.situation:
            others = ", ".join(shared.shared)
            message = f"{shared.text!r} is shared with {others}; say in situation what tells them apart"
            yield entry.path, shared.line, message


def customer_shows_code(subject: Subject) -> Faults:
    """The sentence for the customer holds the code or one of the pack's evidence words.

    Say it in everyday words.
    """
    for pack, entry in subject.entries:
        for word in (entry.code, *pack.evidence):
            for language, text in entry.customer.items():
                if _holds_word(text, word):
                    yield *subject.at(entry, "customer", language), f"customer.{language} shows {word!r}"


def _spell_sizes(fewest: int, most: int) -> str:
    return f"{fewest} to {most} digits" if fewest < most else f"{fewest} digits"


def _holds_word(text: str, word: str) -> bool:
    """Say whether a text holds a word not as a part of a longer Latin one or of a number."""
    edge = "[0-9A-Za-z_]"
    pattern = re.escape(word)
    if re.match(edge, word):
        pattern = f"(?<!{edge}){pattern}"
    if re.search(f"{edge}$", word):
        pattern = f"{pattern}(?!{edge})"
    return re.search(pattern, text, re.IGNORECASE) is not None
