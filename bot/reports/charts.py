"""Slack's charts and tables as JSON objects: slack_sdk 3.48 has no classes for them.

The limits are those of docs.slack.dev, pages data-visualization-block and data-table-block. What is longer
raises ValueError, but labels, which are cut.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.replies.mrkdwn import make_plain
from bot.replies.reply import Block

MOST_TITLE = 50
MOST_LABEL = 20
MOST_SERIES = 6  # of the page; others have found 12
MOST_CATEGORIES = 20
MOST_ROWS, MOST_CELLS = 100, 20  # the header apart

Cell = Block


def build_chart(title: str, categories: Sequence[str], series: Mapping[str, Sequence[int]]) -> Block:
    """Return bars: each series has a number for each category. Neither names a thing twice."""
    names = [make_plain(name, MOST_LABEL) for name in series]
    labels = [make_plain(label, MOST_LABEL) for label in categories]
    _check("series", len(set(names)), len(series), MOST_SERIES)
    _check("categories", len(set(labels)), len(categories), MOST_CATEGORIES)
    plotted = [
        {
            "name": name,
            "data": [{"label": label, "value": value} for label, value in zip(labels, values, strict=True)],
        }
        for name, values in zip(names, series.values(), strict=True)
    ]
    chart = {"type": "bar", "series": plotted, "axis_config": {"categories": labels}}
    return {"type": "data_visualization", "title": make_plain(title, MOST_TITLE), "chart": chart}


def build_table(caption: str, head: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Block:
    """Return a table; its first column names the row."""
    _check("cells", len(head), len(head), MOST_CELLS)
    _check("rows", len(rows), len(rows), MOST_ROWS)
    table = [[build_text(cell) for cell in head], *(list(row) for row in rows)]
    return {"type": "data_table", "caption": caption, "page_size": max(len(rows), 1), "rows": table}


def build_text(text: str) -> Cell:
    """Return a cell of plain text."""
    return {"type": "raw_text", "text": text}


def build_number(value: int) -> Cell:
    """Return a cell that can be sorted by its number."""
    return {"type": "raw_number", "value": value, "text": str(value)}


def build_channel(channel: str) -> Cell:
    """Return a cell that shows a channel's name to whoever may see it."""
    mention = {"type": "channel", "channel_id": channel}
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [mention]}]}


def _check(what: str, different: int, count: int, most: int) -> None:
    if different != count or not 1 <= count <= most:
        raise ValueError(f"{count} {what}, {different} of them different, where Slack takes 1 to {most}")
