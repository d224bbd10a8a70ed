"""A report as a Slack message: what matters in a sentence, a chart, a table, the codes; and the same in lines
for a workspace that refuses charts.

No words of a question stand in it: whoever reads along in a channel sees it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo

from bot.knowledge.snapshot import Knowledge
from bot.replies.fallback import join_text
from bot.replies.mrkdwn import escape
from bot.replies.page import Page
from bot.replies.reply import Block, Reply
from bot.replies.sentences import ReportSentence, Sentence
from bot.reports.charts import Cell, build_channel, build_chart, build_number, build_table, build_text
from bot.reports.figures import Report
from bot.reports.periods import build_day
from bot.reports.report_words import COLUMNS, ReportWords, Row

MOST_CHANNELS = 12  # rows of the table; the others are added up in one


class ReportPage:
    """Builds the message of one report in one language."""

    def __init__(self, report: Report, knowledge: Knowledge, language: str, zone: tzinfo = UTC) -> None:
        """`zone` is the time zone of the days in the chart."""
        self._report = report
        self._zone = zone
        self._words = ReportWords(report, knowledge, language)

    def build_reply(self, opening: Sentence | None = None) -> Reply:
        """Return the message; `opening` stands above it, where nobody asked for it."""
        words, period = self._words, self._report.period
        head = [*([words.say(opening)] if opening else []), escape(words.say_headline())]
        span = {"since": build_day(period.since), "until": build_day(period.until)}
        head.append(words.say(ReportSentence.REPORT_PERIOD, **span))
        if self._report.is_empty:
            return Reply("\n".join(head), _lay_out(head))
        tail = [escape(line) for line in (*words.list_feedback(), *words.list_codes(), *words.list_missed())]
        rows, is_asked = words.list_rows(MOST_CHANNELS), bool(self._report.figures.total.asked)
        places = self._list_places(rows)
        figures = [*([self._build_chart()] if is_asked else []), self._build_table(rows)]
        plainer = _lay_out(head, self._list_parts() if is_asked else [], places, tail)
        return Reply(
            join_text([*head, *places, *tail], "…"), (*_lay_out(head), *figures, *_lay_out(tail)), plainer
        )

    def _list_parts(self) -> list[str]:
        """Return the chart in lines."""
        lines = [
            self._words.say(
                ReportSentence.CHART_PART,
                day=self._name_day(period.since),
                answered=tally.answered,
                offered=tally.offered,
                silent=tally.silent,
            )
            for period, tally in self._report.parts
        ]
        return [f"*{self._title_chart()}*", *lines]

    def _list_places(self, rows: Sequence[Row]) -> list[str]:
        """Return the table in lines."""
        lines = [
            self._words.say(
                ReportSentence.TABLE_LINE,
                where=f"<#{row.channel}>" if row.channel else escape(row.name),
                **row.counts,
            )
            for row in rows
        ]
        return [f"*{self._words.say(ReportSentence.TABLE_WHERE)}*", *lines]

    def _build_chart(self) -> Block:
        tallies = [tally for _, tally in self._report.parts]
        series = {
            self._words.say(ReportSentence.COLUMN_ANSWERED): [tally.answered for tally in tallies],
            self._words.say(ReportSentence.COLUMN_OFFERED): [tally.offered for tally in tallies],
            self._words.say(ReportSentence.COLUMN_SILENT): [tally.silent for tally in tallies],
        }
        days = [self._name_day(period.since) for period, _ in self._report.parts]
        return build_chart(self._title_chart(), days, series)

    def _title_chart(self) -> str:
        days = self._report.period.days_of_part
        return self._words.say(
            ReportSentence.CHART_DAYS if days == 1 else ReportSentence.CHART_PARTS, days=days
        )

    def _name_day(self, at: float) -> str:
        return datetime.fromtimestamp(at, self._zone).strftime("%m-%d")

    def _build_table(self, rows: Sequence[Row]) -> Block:
        head = [self._words.say(name) for name in COLUMNS]
        return build_table(
            self._words.say(ReportSentence.TABLE_WHERE), head, [_build_cells(row) for row in rows]
        )


def _build_cells(row: Row) -> list[Cell]:
    first = build_channel(row.channel) if row.channel else build_text(row.name)
    return [first, *(build_number(count) for count in row.counts.values())]


def _lay_out(*parts: Sequence[str]) -> tuple[Block, ...]:
    """Return sections of lines, one part below the other."""
    page = Page("…")
    for lines in parts:
        page.add_lines(lines)
    return page.blocks
