"""Which rows of a table become entries of a pack, and what is made to fit in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from bot.importing.plan import PackState, shorten
from bot.importing.rows import CodeRow, SkippedRow
from bot.knowledge.fields import LONGEST_TEXT, LONGEST_TITLE, count_in_slack
from bot.knowledge.pack import Pack


def admit_rows(
    rows: Iterable[CodeRow | SkippedRow], find_language: Callable[[str], str]
) -> Iterator[CodeRow | SkippedRow]:
    """Yield the rows as entries can take them; those that can't become any are refused.

    A text must be one that Slack shows; a title that is too long is shortened, and becomes the description. A
    message alone is the title.
    """
    for row in rows:
        if isinstance(row, SkippedRow):
            yield row
        elif any(count_in_slack(text) > LONGEST_TEXT for text in _list_texts(row)):
            yield SkippedRow(row.line, row.written, "text-too-long")
        else:
            yield fit_titles(row, find_language)


def fit_titles(row: CodeRow, find_language: Callable[[str], str]) -> CodeRow:
    """Return a row of which each title is short enough; a message alone is the title."""
    titles = dict(row.texts.get("title", {}))
    descriptions = dict(row.texts.get("description", {}))
    if row.message and not titles and not descriptions:
        titles = {find_language(row.message): shorten(row.message)}
    for language, title in titles.items():
        if count_in_slack(title) > LONGEST_TITLE:
            descriptions.setdefault(language, title)
            titles[language] = shorten(title)
    texts: Mapping[str, Mapping[str, str]] = {**row.texts, "title": titles, "description": descriptions}
    return replace(row, texts=texts)


def refuse_homeless(row: CodeRow | SkippedRow, pack: Pack, state: PackState) -> CodeRow | SkippedRow:
    """Return a row, refused where its code is new and lies in no family of a pack that stands."""
    if isinstance(row, SkippedRow) or row.code in state.entries or find_family(pack, row):
        return row
    return SkippedRow(row.line, row.written, "family-missing", code=row.code)


def find_family(pack: Pack, row: CodeRow) -> str:
    """Return the family that a pack has for a row's code, or ""."""
    family = pack.find_family(row.code)
    return family.id if family else ""


def _list_texts(row: CodeRow) -> Iterator[str]:
    yield row.message
    for texts in row.texts.values():
        yield from texts.values()
    for steps in row.steps.values():
        yield from steps
