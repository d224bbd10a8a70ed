"""A workbook as spreadsheet programs write it (Office Open XML), made of rows: the least that is one."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    "{sheets}</Types>"
)
SHEET_TYPE = (
    '<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
)
RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    "{relations}</Relationships>"
)
RELATION = (
    '<Relationship Id="r{number}" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/>'
)
WORKBOOK = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    "<sheets>{sheets}</sheets></workbook>"
)
SHEET = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<sheetData>{rows}</sheetData>{merged}</worksheet>"
)


def build_workbook(
    rows: Sequence[Sequence[str | float]],
    name: str = "Codes",
    merged: Sequence[str] = (),
    others: Mapping[str, Sequence[Sequence[str | float]]] | None = None,
) -> bytes:
    """Return the bytes of a workbook; numbers are floats, `merged` are like "A2:A3".

    The sheet of these rows is the first; `others` are the rows of further ones by name.
    """
    sheets = {name: rows, **(others or {})}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        types, named, relations = "", "", ""
        for number, (title, listed) in enumerate(sheets.items(), 1):
            types += SHEET_TYPE.format(number=number)
            named += f'<sheet name="{escape(title)}" sheetId="{number}" r:id="r{number}"/>'
            relations += RELATION.format(
                number=number, kind="worksheet", target=f"worksheets/sheet{number}.xml"
            )
            ranges = "".join(f'<mergeCell ref="{each}"/>' for each in merged if number == 1)
            written = "".join(_write_row(place, cells) for place, cells in enumerate(listed, 1))
            sheet = SHEET.format(rows=written, merged=f"<mergeCells>{ranges}</mergeCells>" if ranges else "")
            archive.writestr(f"xl/worksheets/sheet{number}.xml", sheet)
        archive.writestr("[Content_Types].xml", TYPES.format(sheets=types))
        document = RELATION.format(number=1, kind="officeDocument", target="xl/workbook.xml")
        archive.writestr("_rels/.rels", RELATIONS.format(relations=document))
        archive.writestr("xl/workbook.xml", WORKBOOK.format(sheets=named))
        archive.writestr("xl/_rels/workbook.xml.rels", RELATIONS.format(relations=relations))
    return stream.getvalue()


def _write_row(number: int, cells: Sequence[str | float]) -> str:
    written = "".join(_write_cell(f"{chr(65 + place)}{number}", cell) for place, cell in enumerate(cells))
    return f'<row r="{number}">{written}</row>'


def _write_cell(place: str, cell: str | float) -> str:
    if isinstance(cell, str):
        return (
            f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
            if cell
            else ""
        )
    return f'<c r="{place}"><v>{cell}</v></c>'
