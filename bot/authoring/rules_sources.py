"""The linter's rules about where statements come from: the sources that a pack names and its entries cite."""

from __future__ import annotations

from collections.abc import Iterator

from bot.authoring.subject import Faults, Subject
from bot.knowledge.entry import Basis, Entry


def source_unknown(subject: Subject) -> Faults:
    """An entry cites a source that its pack doesn't name.

    Fix the name, or add the source to `sources` of pack.yaml.
    """
    for pack, entry in subject.entries:
        for cited in entry.sources:
            if cited.source not in pack.sources:
                known = ", ".join(pack.sources) or "none"
                yield entry.path, cited.line, f"{cited.source!r} isn't one of the pack's sources: {known}"


def source_unused(subject: Subject) -> Faults:
    """A pack names a source that no entry cites.

    Cite it, or take it out.
    """
    for pack in subject.knowledge.packs.values():
        cited = {one.source for entry in pack.entries.values() for one in entry.sources}
        for name in pack.sources.keys() - cited:
            yield *subject.in_file(pack.path, "sources", name), f"no entry cites {name}"


def source_missing(subject: Subject) -> Faults:
    """An entry of a pack that has a primary one doesn't say where it was found.

    Give `sources`.
    """
    for _, entry in subject.entries:
        if entry.in_layer and not entry.sources:
            yield *subject.at(entry, "code"), f"{entry.code} cites no source"


def source_address_malformed(subject: Subject) -> Faults:
    """The address of a source isn't one that can be opened.

    Write it in full, with https:// before it.
    """
    for pack in subject.knowledge.packs.values():
        for name, source in pack.sources.items():
            if source.address and (not source.address.startswith("https://") or " " in source.address):
                place = subject.in_file(pack.path, "sources", name, "address")
                yield *place, f"{source.address!r} doesn't begin with https://, or holds a space"


def seen_missing(subject: Subject) -> Faults:
    """A statement is marked as seen in practice, and not where.

    Give `seen`, the name of a source that the entry cites.
    """
    for _, entry in subject.entries:
        for keys, basis, seen in _statements(entry):
            if basis == "field" and seen not in {cited.source for cited in entry.sources}:
                message = f"seen names {seen!r}, which the entry doesn't cite" if seen else "seen isn't given"
                yield *subject.at(entry, *keys), message


def seen_unexpected(subject: Subject) -> Faults:
    """A statement that wasn't seen in practice says where it was seen.

    Take `seen` out, or write `basis: field`.
    """
    for _, entry in subject.entries:
        for keys, basis, seen in _statements(entry):
            if basis != "field" and seen:
                yield *subject.at(entry, *keys, "seen"), f"basis is {basis}, so seen has no meaning"


def _statements(entry: Entry) -> Iterator[tuple[tuple[str | int, ...], Basis, str]]:
    """Go through the statements of an entry that say their basis, each with the keys that lead to it."""
    yield ("cause",), entry.cause_basis, entry.cause_seen
    for number, step in enumerate(entry.steps):
        yield ("steps", number), step.basis, step.seen
    for number, note in enumerate(entry.notes):
        yield ("notes", number), note.basis, note.seen
