"""Which rows of a table become entries of a pack, and what is made to fit in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from bot.importing.plan import PackState, shorten
from bot.importing.rows import CodeRow, SkippedRow
from bot.knowledge.fields import LONGEST_TEXT, LONGEST_TITLE, count_in_slack
from bot.knowledge.pack import Pack


def admit_rows(
    rows: Iterable[CodeRow | SkippedRow],
    pack: Pack | None,
    state: PackState,
    find_language: Callable[[str], str],
) -> Iterator[CodeRow | SkippedRow]:
    """Yield the rows as entries can take them; those that can't become any are refused.

    A code that is new must lie in a family of the pack, if there is one already. A text must be one that
    Slack shows; a title that is too long is shortened, and becomes the description. A message alone is the
    title.
    """
    for row in rows:
        if isinstance(row, SkippedRow):
            yield row
        elif any(count_in_slack(text) > LONGEST_TEXT for text in _list_texts(row)):
            yield SkippedRow(row.line, row.written, "text-too-long")
        elif pack and row.code not in state.entries and not find_family(pack, row):
            yield SkippedRow(row.line, row.written, "family-missing")
        else:
            yield _fit_titles(row, find_language)


def find_family(pack: Pack, row: CodeRow) -> str:
    """Return the family of a code in a pack that stands: by range, else by the title that the table names."""
    family = pack.find_family(row.code)
    if family is None:
        titles = {title: each for each in pack.families.values() for title in each.title.values()}
        family = titles.get(row.family)
    return family.id if family else ""


def _list_texts(row: CodeRow) -> Iterator[str]:
    yield row.message
    for texts in row.texts.values():
        yield from texts.values()
    for steps in row.steps.values():
        yield from steps


def _fit_titles(row: CodeRow, find_language: Callable[[str], str]) -> CodeRow:
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
