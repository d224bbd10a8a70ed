"""Which column of a table holds what: by its heading in any language, its cells, or the author's word."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.errors import InputError
from bot.importing.cells import fold_cell, read_code
from bot.importing.table import Row, Table
from bot.replies.sentences import ImportSentence

FIELDS = ("code", "message", "title", "description", "cause", "steps", "customer", "family")
"""What a column may hold."""
LOCALIZED = ("title", "description", "cause", "steps", "customer")
"""Those that are texts in a language."""
TELLING = ("message", "title", "description")
"""Those that say what a code means: an entry needs one of them."""
HEADING_ROWS = 10  # rows from the top among which the headings are looked for
MOST_LOOKED_AT = 500  # rows by which a column is told that has no heading
CODE_SHARE = 0.8  # of a column's cells that look like codes where it is taken for the code column
SHORT = 60  # characters up to which a text is a title rather than a description

_PARTS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its place (from 0), its heading as written, and what it holds; `language` may be ""."""

    place: int
    heading: str
    field: str = ""
    language: str = ""

    @property
    def letter(self) -> str:
        """The name that a spreadsheet gives it: A, B, ... AA.

        >>> Column(0, "").letter, Column(27, "").letter
        ('A', 'AB')
        """
        letters, left = "", self.place + 1
        while left:
            left, rest = divmod(left - 1, 26)
            letters = chr(ord("A") + rest) + letters
        return letters


@dataclass(frozen=True, slots=True)
class Headings:
    """Words of headings from languages.yaml: by field, and by language those that name it ("英文", "en")."""

    fields: Mapping[str, Collection[str]]
    languages: Mapping[str, Collection[str]]

    def read(self, heading: str) -> tuple[str, str]:
        """Return the field and the language that a heading names, each "" where it names none.

        The longest word decides: "error message" is a message, though "error" may head codes.
        """
        folded = f" {_PARTS.sub(' ', fold_cell(heading).casefold()).strip()} "
        field = max(_find_words(folded, self.fields), default=(0, ""))[1]
        language = max(_find_words(folded, self.languages), default=(0, ""))[1]
        return field, language


@dataclass(frozen=True, slots=True)
class Layout:
    """What the columns hold, those that are not read, and the rows below the headings."""

    columns: tuple[Column, ...]
    unread: tuple[Column, ...]
    rows: tuple[Row, ...]

    def find_column(self, field: str, language: str = "") -> Column | None:
        """Return the column of a field in a language, if there is one."""
        return next((c for c in self.columns if (c.field, c.language) == (field, language)), None)


def find_layout(
    table: Table,
    headings: Headings,
    find_language: Callable[[str], str],
    given: Mapping[str, str] | None = None,
) -> Layout:
    """Return what the columns of a table hold.

    `find_language` tells the language of a text; `given` maps fields ("code", "title.en") to columns (a
    letter, a number from 1 or a heading) and goes before any guess. Raises InputError: column_unknown,
    column_code_missing.
    """
    number = _find_heading_row(table, headings)
    if number is None:
        number = _find_unknown_heading_row(table, given or {})
    head = table.rows[number].cells if number is not None else ()
    rows = table.rows[number + 1 :] if number is not None else table.rows
    columns = [Column(place, head[place] if place < len(head) else "") for place in range(table.width)]
    default = next(iter(headings.languages), "")

    def tell(column: Column) -> str:
        return _tell_language(column, rows, find_language) or default

    if given:
        chosen = _take_given(table, columns, given, headings, tell)
    else:
        named = [_name_column(column, headings, tell) for column in columns]
        chosen = _drop_repeats(named) if head else _guess_by_cells(columns, rows, tell)
        if not any(column.field in TELLING for column in chosen):
            chosen = [*chosen, *_find_text_column(columns, chosen, rows)]
    if not any(column.field == "code" for column in chosen):
        chosen = [*chosen, *_find_code_column(columns, chosen, rows)]
    if not any(column.field == "code" for column in chosen):
        raise InputError(ImportSentence.COLUMN_CODE_MISSING, columns=_list_columns(table, columns))
    places = {column.place for column in chosen}
    return Layout(
        tuple(sorted(chosen, key=lambda column: column.place)),
        tuple(column for column in columns if column.place not in places),
        rows,
    )


def _find_heading_row(table: Table, headings: Headings) -> int | None:
    """Return the number of the first row of which two cells read as headings, else one beside others."""
    alone = None
    for number, row in enumerate(table.rows[:HEADING_ROWS]):
        named = [headings.read(cell)[0] for cell in row.cells if len(cell) <= SHORT]
        known = {field for field in named if field}
        if len(known) >= 2:
            return number
        is_heading = known == {"code"} and len(row.cells) > 1 and not any(map(read_code, row.cells))
        if is_heading and alone is None:
            alone = number
    return alone


def _find_unknown_heading_row(table: Table, given: Mapping[str, str]) -> int | None:
    """Return the number of the row of headings in words that nobody knows.

    It is the one that holds a heading which the author named, else the first row, if it is all words and
    stands above a column of codes.
    """
    columns = [Column(place, "") for place in range(table.width)]
    named = {each.casefold() for each in given.values()} - {name for c in columns for name in _list_names(c)}
    for number, row in enumerate(table.rows[:HEADING_ROWS]):
        if named and named <= {cell.casefold() for cell in row.cells}:
            return number
    if len(table.rows) < 2:
        return None
    first, *rest = table.rows
    filled = [cell for cell in first.cells if cell]
    is_words = len(filled) > 1 and all(_is_words(cell) for cell in filled)
    code = _find_code_column(columns, (), rest) if is_words else []
    return 0 if code and first.get_cell(code[0].place) else None


def _is_words(cell: str) -> bool:
    return (
        len(cell) <= SHORT
        and not read_code(cell)
        and not any(map(str.isdigit, cell))
        and any(map(str.isalpha, cell))
    )


def _name_column(column: Column, headings: Headings, tell: Callable[[Column], str]) -> Column:
    field, language = headings.read(column.heading)
    if field not in LOCALIZED:
        return Column(column.place, column.heading, field)
    return Column(column.place, column.heading, field, language or tell(column))


def _tell_language(column: Column, rows: Sequence[Row], find_language: Callable[[str], str]) -> str:
    """Return the language of most cells of a column, of those that tell one; "" where none does."""
    cells = (cell for row in rows[:MOST_LOOKED_AT] if (cell := row.get_cell(column.place)))
    told = list(filter(None, map(find_language, cells)))
    return max(sorted(set(told)), key=told.count, default="")


def _drop_repeats(columns: Sequence[Column]) -> list[Column]:
    """Return the columns that are named; of two that hold the same, the first."""
    found: dict[tuple[str, str], Column] = {}
    for column in columns:
        if column.field:
            found.setdefault((column.field, column.language), column)
    return list(found.values())


def _guess_by_cells(
    columns: Sequence[Column], rows: Sequence[Row], tell: Callable[[Column], str]
) -> list[Column]:
    """Return what columns without headings hold: codes, then the message, a title, a description, steps."""
    [*code] = _find_code_column(columns, (), rows)
    due = {"": ["message"]}
    found = list(code)
    for column in columns:
        if column.place in {each.place for each in code} or not _fill_share(column, rows):
            continue
        language = tell(column)
        if "message" in due[""]:
            due[""].remove("message")
            found.append(Column(column.place, "", "message"))
            continue
        left = due.setdefault(language, ["title", "steps"])
        if left:
            found.append(Column(column.place, "", left.pop(0), language))
    return found


def _find_code_column(
    columns: Sequence[Column], taken: Collection[Column], rows: Sequence[Row]
) -> list[Column]:
    """Return the first column nearly all of whose cells are codes, in a list; an empty one where none is."""
    places = {column.place for column in taken}
    for column in columns:
        cells = [cell for row in rows[:MOST_LOOKED_AT] if (cell := row.get_cell(column.place))]
        if column.place not in places and cells:
            share = sum(bool(read_code(cell)) for cell in cells) / len(cells)
            if share >= CODE_SHARE:
                return [Column(column.place, column.heading, "code")]
    return []


def _find_text_column(
    columns: Sequence[Column], taken: Collection[Column], rows: Sequence[Row]
) -> list[Column]:
    """Return the first column of texts, though its heading isn't known, as that of messages, in a list."""
    places = {column.place for column in taken}
    for column in columns:
        cells = [cell for row in rows[:MOST_LOOKED_AT] if (cell := row.get_cell(column.place))]
        if column.place not in places and cells:
            share = sum(not read_code(cell) and any(map(str.isalpha, cell)) for cell in cells) / len(cells)
            if share >= CODE_SHARE:
                return [Column(column.place, column.heading, "message")]
    return []


def _fill_share(column: Column, rows: Sequence[Row]) -> float:
    looked = rows[:MOST_LOOKED_AT]
    return sum(bool(row.get_cell(column.place)) for row in looked) / max(len(looked), 1)


def _take_given(
    table: Table,
    columns: Sequence[Column],
    given: Mapping[str, str],
    headings: Headings,
    tell: Callable[[Column], str],
) -> list[Column]:
    found = []
    for name, wanted in given.items():
        field, _, language = name.partition(".")
        known = field in FIELDS and language in (("", *headings.languages) if field in LOCALIZED else ("",))
        column = next((c for c in columns if wanted.casefold() in _list_names(c)), None)
        if not known or column is None:
            listed = _list_columns(table, columns)
            fields = ", ".join(FIELDS)
            raise InputError(
                ImportSentence.COLUMN_UNKNOWN, given=f"{name}={wanted}", fields=fields, columns=listed
            )
        if field in LOCALIZED:
            language = language or tell(column)
        found.append(Column(column.place, column.heading, field, language))
    return found


def _list_columns(table: Table, columns: Sequence[Column]) -> str:
    """Return the columns with their headings, or with what stands first in them."""
    first = table.rows[0]
    return ", ".join(
        f"{c.letter} {_shorten_cell(c.heading or first.get_cell(c.place))}".strip() for c in columns
    )


def _shorten_cell(text: str) -> str:
    """Return the beginning of a cell's text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= SHORT else f"{line[: SHORT - 1]}…"


def _list_names(column: Column) -> set[str]:
    return {column.letter.casefold(), str(column.place + 1), column.heading.casefold()} - {""}


def _find_words(folded: str, words: Mapping[str, Collection[str]]) -> list[tuple[int, str]]:
    """Return the keys of which a word stands in a folded heading, each with the word's length.

    Latin words are whole words; others stand anywhere, for Chinese parts none.
    """
    return [
        (len(word), key)
        for key, listed in words.items()
        for word in listed
        if (f" {word} " if word.isascii() else word) in folded
    ]
