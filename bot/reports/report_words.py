"""The words of a report, for every surface: sentences and rows, not escaped, with bold headings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields

from bot.knowledge.entry import pick_text
from bot.knowledge.snapshot import Knowledge
from bot.replies import ids
from bot.replies.messages import Sentences
from bot.replies.sentences import AnswerSentence, ReportSentence, Sentence
from bot.reports.figures import Report, Tally
from bot.reports.headline import HeadlineKey, find_headline

DIRECT = "D"  # begins the id of a direct message, which nobody else may learn of
COLUMNS = (
    ReportSentence.COLUMN_WHERE,
    ReportSentence.COLUMN_ASKED,
    ReportSentence.COLUMN_ANSWERED,
    ReportSentence.COLUMN_OFFERED,
    ReportSentence.COLUMN_SILENT,
    ReportSentence.COLUMN_POSTS,
    ReportSentence.COLUMN_REPLIES,
)
"""The heads of the table: the row's name, then its counts."""

_SURFACES = {
    "command": ReportSentence.SURFACE_COMMAND,
    "mention": ReportSentence.SURFACE_MENTION,
    "thread": ReportSentence.SURFACE_THREAD,
    "direct_message": ReportSentence.SURFACE_DIRECT_MESSAGE,
    "shortcut": ReportSentence.SURFACE_SHORTCUT,
}
_HEADLINES: Mapping[HeadlineKey, Sentence] = {
    "nothing": ReportSentence.HEADLINE_NOTHING,
    "watched": ReportSentence.HEADLINE_WATCHED,
    "few": ReportSentence.HEADLINE_FEW,
    "first": ReportSentence.HEADLINE_FIRST,
    "worse": ReportSentence.HEADLINE_WORSE,
    "better": ReportSentence.HEADLINE_BETTER,
    "more": ReportSentence.HEADLINE_MORE,
    "less": ReportSentence.HEADLINE_LESS,
    "same": ReportSentence.HEADLINE_SAME,
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table: a name, or the id of a channel, and its figures."""

    name: str
    channel: str
    tally: Tally

    @property
    def counts(self) -> Mapping[str, int]:
        """The figures in the order of COLUMNS behind the first."""
        return {"asked": self.tally.asked, **asdict(self.tally)}


class ReportWords:
    """One report in one language."""

    def __init__(self, report: Report, knowledge: Knowledge, language: str) -> None:
        self._report = report
        self._knowledge = knowledge
        self._language = language
        self._sentences = Sentences(knowledge.messages)

    def say(self, key: Sentence, **values: object) -> str:
        """Return a fixed sentence."""
        return self._sentences.say(key, self._language, **values)

    def say_headline(self) -> str:
        """Return what matters most."""
        headline = find_headline(self._report)
        first = self.say(_HEADLINES[headline.key], **headline.values)
        code = next((topic.code for topic in self._report.missed if topic.code), "")
        if not code:
            return first
        return self.say(
            AnswerSentence.JOINED, first=first, second=self.say(ReportSentence.HEADLINE_MISSED, code=code)
        )

    def list_feedback(self) -> list[str]:
        """Return the heading and the line of feedback."""
        now, before = self._report.feedback, self._report.feedback_before
        votes = asdict(now) | {f"{name}_before": count for name, count in asdict(before).items()}
        return [self.say(ReportSentence.REPORT_FEEDBACK), self.say(ReportSentence.REPORT_VOTES, **votes)]

    def list_codes(self) -> list[str]:
        """Return the heading and a line for each entry that was answered most; nothing where none was."""
        lines = [self._word_code(*each) for each in self._report.codes]
        return [self.say(ReportSentence.REPORT_CODES), *lines] if lines else []

    def list_missed(self) -> list[str]:
        """Return the heading and a line for each of what was asked for in vain, if anything was.

        Lines of questions in words may be equal, for no words stand in them: those are one, with their count.
        """
        lines = Counter(
            self.say(
                ReportSentence.REPORT_MISSED_CODE if topic.code else ReportSentence.REPORT_MISSED_WORDS,
                code=topic.code,
                people=topic.people,
                days=topic.days,
            )
            for topic in self._report.missed
        )
        heading = self.say(ReportSentence.REPORT_MISSED, count=self._report.missed_count)
        told = (f"• {line} ×{count}" if count > 1 else f"• {line}" for line, count in lines.items())
        return [heading, *told] if lines else []

    def list_rows(self, most_channels: int) -> list[Row]:
        """Return the rows of the table: surfaces, the channels with most in them, the others, all."""
        found = self._report.figures
        surfaces = [
            Row(self.say(key, command=ids.COMMAND), "", found.surfaces[name])
            for name, key in _SURFACES.items()
            if name in found.surfaces
        ]
        shared = {
            name: tally for name, tally in found.channels.items() if name and not name.startswith(DIRECT)
        }
        ranked = sorted(shared.items(), key=lambda item: (-item[1].asked, -item[1].replies, item[0]))
        rows = [*surfaces, *(Row("", channel, tally) for channel, tally in ranked[:most_channels])]
        if others := [tally for _, tally in ranked[most_channels:]]:
            rows.append(Row(self.say(ReportSentence.CHANNELS_MORE, count=len(others)), "", _sum(others)))
        return [*rows, Row(self.say(ReportSentence.ALL_SURFACES), "", found.total)]

    def _word_code(self, name: str, count: int) -> str:
        entry = self._knowledge.find_entry(name)
        title = pick_text(entry.title, self._language) if entry else ""
        code = entry.code if entry else name.rpartition("/")[2]
        return f"• {self.say(ReportSentence.REPORT_CODE, code=code, title=title, count=count)}"


def _sum(tallies: Sequence[Tally]) -> Tally:
    names = [field.name for field in fields(Tally)]
    return Tally(**{name: sum(getattr(tally, name) for tally in tallies) for name in names})
