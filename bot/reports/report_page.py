"""A report as a Slack message: what matters in a sentence, a chart, a table, the codes; and the same in lines
for a workspace that refuses charts.

No words of a question stand in it: whoever reads along in a channel sees it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, tzinfo

from bot.knowledge.entry import pick_text
from bot.knowledge.snapshot import Knowledge
from bot.replies import ids
from bot.replies.fallback import join_text
from bot.replies.mrkdwn import escape
from bot.replies.page import Page
from bot.replies.reply import Block, Reply
from bot.replies.sentences import Sentence, Sentences
from bot.reports.charts import Cell, build_channel, build_chart, build_number, build_table, build_text
from bot.reports.figures import SURFACES, Report, Tally
from bot.reports.headline import find_headline
from bot.reports.periods import Period, build_day

MOST_CHANNELS = 12  # rows of the table; the others are added up in one
DIRECT = "D"  # begins the id of a direct message, which nobody else may learn of

_SURFACES = {surface: Sentence(f"surface_{surface}") for surface in SURFACES}


class ReportPage:
    """Builds the message of one report in one language."""

    def __init__(self, report: Report, knowledge: Knowledge, language: str, zone: tzinfo = UTC) -> None:
        """`zone` is the time zone of the days in the chart."""
        self._report = report
        self._knowledge = knowledge
        self._language = language
        self._zone = zone
        self._sentences = Sentences(knowledge.messages)

    def build_reply(self, opening: Sentence | None = None) -> Reply:
        """Return the message; `opening` stands above it, where nobody asked for it."""
        head = [*([self._say(opening)] if opening else []), *self.list_head()]
        tail = self._list_tail()
        if self._report.is_empty:
            return Reply("\n".join(head), _lay_out(head))
        is_asked = bool(self._report.figures.total.asked)
        parts, places = self._list_parts() if is_asked else [], self._list_places()
        figures = [*([self._build_chart()] if is_asked else []), self._build_table()]
        plainer = _lay_out(head, parts, places, tail)
        text = join_text([*head, *places, *tail], "…")
        return Reply(text, (*_lay_out(head), *figures, *_lay_out(tail)), plainer)

    def list_head(self) -> list[str]:
        """Return what matters most, and of which time."""
        headline, period = find_headline(self._report), self._report.period
        lines = [self._say(Sentence(f"headline_{headline.key}"), **headline.values)]
        code = next((topic.code for topic in self._report.missed if topic.code), "")
        if code:
            lines[0] = self._say(
                Sentence.JOINED, first=lines[0], second=self._say(Sentence.HEADLINE_MISSED, code=escape(code))
            )
        since, until = build_day(period.since), build_day(period.until)
        return [*lines, self._say(Sentence.REPORT_PERIOD, since=since, until=until)]

    def _list_tail(self) -> list[str]:
        report, now, before = self._report, self._report.feedback, self._report.feedback_before
        votes = {"helped": now.helped, "not_it": now.not_it, "mutes": now.mutes}
        votes |= {
            "helped_before": before.helped,
            "not_it_before": before.not_it,
            "mutes_before": before.mutes,
        }
        lines = [self._say(Sentence.REPORT_FEEDBACK), self._say(Sentence.REPORT_VOTES, **votes)]
        if report.codes:
            lines += [self._say(Sentence.REPORT_CODES), *(self._word_code(*each) for each in report.codes)]
        if report.missed:
            lines.append(self._say(Sentence.REPORT_MISSED, count=report.missed_count))
        for topic in report.missed:
            key = Sentence.REPORT_MISSED_CODE if topic.code else Sentence.REPORT_MISSED_WORDS
            found = self._say(key, code=escape(topic.code), people=topic.people, days=topic.days)
            lines.append(f"• {found}")
        return lines

    def _word_code(self, name: str, count: int) -> str:
        entry = self._knowledge.find_entry(name)
        title = pick_text(entry.title, self._language) if entry else ""
        code = entry.code if entry else name.rpartition("/")[2]
        found = self._say(Sentence.REPORT_CODE, code=escape(code), title=escape(title), count=count)
        return f"• {found}"

    def _list_parts(self) -> list[str]:
        """Return the chart in lines."""
        title = f"*{self._title_chart()}*"
        return [title, *(self._word_part(period, tally) for period, tally in self._report.parts)]

    def _word_part(self, period: Period, tally: Tally) -> str:
        counts = {"answered": tally.answered, "offered": tally.offered, "silent": tally.silent}
        return self._say(Sentence.CHART_PART, day=self._name_day(period.since), **counts)

    def _list_places(self) -> list[str]:
        """Return the table in lines."""
        title = f"*{self._say(Sentence.TABLE_WHERE)}*"
        rows = [(f"<#{channel}>" if channel else name, tally) for name, channel, tally in self._list_rows()]
        lines = [self._say(Sentence.TABLE_LINE, where=where, **_count(tally)) for where, tally in rows]
        return [title, *lines]

    def _build_chart(self) -> Block:
        tallies = [tally for _, tally in self._report.parts]
        series = {
            self._say(Sentence.COLUMN_ANSWERED): [tally.answered for tally in tallies],
            self._say(Sentence.COLUMN_OFFERED): [tally.offered for tally in tallies],
            self._say(Sentence.COLUMN_SILENT): [tally.silent for tally in tallies],
        }
        days = [self._name_day(period.since) for period, _ in self._report.parts]
        return build_chart(self._title_chart(), days, series)

    def _title_chart(self) -> str:
        days = self._report.period.days_of_part
        return self._say(Sentence.CHART_DAYS if days == 1 else Sentence.CHART_PARTS, days=days)

    def _name_day(self, at: float) -> str:
        return datetime.fromtimestamp(at, self._zone).strftime("%m-%d")

    def _build_table(self) -> Block:
        columns = ("where", "asked", "answered", "offered", "silent", "posts", "replies")
        head = [self._say(Sentence(f"column_{name}")) for name in columns]
        rows = [_build_row(*each) for each in self._list_rows()]
        return build_table(self._say(Sentence.TABLE_WHERE), head, rows)

    def _list_rows(self) -> list[tuple[str, str, Tally]]:
        """Return the rows of the table: a name, or a channel's id, and its figures."""
        figures = self._report.figures
        surfaces = [
            (self._say(_SURFACES[name], command=ids.COMMAND), "", figures.surfaces[name])
            for name in SURFACES
            if name in figures.surfaces
        ]
        shared = {name: tally for name, tally in figures.channels.items() if not name.startswith(DIRECT)}
        ranked = sorted(shared.items(), key=lambda item: (-item[1].asked, -item[1].replies, item[0]))
        rows = [*surfaces, *(("", channel, tally) for channel, tally in ranked[:MOST_CHANNELS] if channel)]
        if others := [tally for _, tally in ranked[MOST_CHANNELS:]]:
            rows.append((self._say(Sentence.CHANNELS_MORE, count=len(others)), "", _sum(others)))
        return [*rows, (self._say(Sentence.ALL_SURFACES), "", figures.total)]

    def _say(self, key: Sentence, **values: object) -> str:
        return self._sentences.say(key, self._language, **values)


def _build_row(name: str, channel: str, tally: Tally) -> list[Cell]:
    first = build_channel(channel) if channel else build_text(name)
    return [first, *(build_number(count) for count in _count(tally).values())]


def _count(tally: Tally) -> Mapping[str, int]:
    return {
        "asked": tally.asked,
        "answered": tally.answered,
        "offered": tally.offered,
        "silent": tally.silent,
        "posts": tally.posts,
        "replies": tally.replies,
    }


def _sum(tallies: Sequence[Tally]) -> Tally:
    found = Tally()
    for tally in tallies:
        for name in ("answered", "offered", "silent", "posts", "replies"):
            setattr(found, name, getattr(found, name) + getattr(tally, name))
    return found


def _lay_out(*parts: Sequence[str]) -> tuple[Block, ...]:
    """Return sections of lines, one part below the other."""
    page = Page("…")
    for lines in parts:
        page.add_lines(lines)
    return page.blocks
