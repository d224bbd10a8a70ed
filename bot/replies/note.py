"""What people of a workspace note on a code and say of its steps, as it is shown with the code's answer."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from bot.replies.dates import build_moment
from bot.replies.mrkdwn import cut_lines, escape
from bot.replies.sentences import SlackSentence

MOST_TEXT = 500  # characters of a note


@dataclass(frozen=True, slots=True)
class Note:
    """A text as somebody typed it, with who and when.

    `author` is the user id, `author_name` the name that Slack gives with it, if any. Times are epoch seconds;
    without `until` the note holds until it is taken off.
    """

    text: str
    author: str
    at: float
    until: float | None = None
    is_everywhere: bool = False
    author_name: str = ""


@dataclass(frozen=True, slots=True)
class Notes:
    """What people of the workspace told of entries, by the id of the entry (pack/code).

    `texts` are their notes, newest first; `fixes` how many say of each step (its hash) that it fixed it.
    """

    texts: Mapping[str, Sequence[Note]] = field(default_factory=dict)
    fixes: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def get(self, entry_id: str) -> Sequence[Note]:
        """Return the notes on an entry."""
        return self.texts.get(entry_id, ())

    def pick(self, entries: Collection[str]) -> Notes:
        """Return what was told of these entries."""
        texts = {name: texts for name, texts in self.texts.items() if texts and name in entries}
        return Notes(texts, {name: fixes for name, fixes in self.fixes.items() if name in entries})

    def __bool__(self) -> bool:
        return bool(self.texts or self.fixes)


NO_NOTES = Notes()


def list_note_lines(code: str, note: Note, say: Callable[..., str], mark: str = "*") -> list[str]:
    """Return a note as two lines of mrkdwn: the text, then who wrote it and until when it holds."""
    [text] = cut_lines([escape(note.text)], MOST_TEXT, "…")[:1]
    label = say(SlackSentence.NOTE, code=escape(code))
    # By name where it is known: a mention would call its author to every reply with the note.
    author = f"@{escape(note.author_name)}" if note.author_name else f"<@{note.author}>"
    key = SlackSentence.NOTE_SIGNED if note.until is None else SlackSentence.NOTE_SIGNED_UNTIL
    until = build_moment(note.until or 0)
    signed = say(key, author=author, at=build_moment(note.at), until=until)
    if note.is_everywhere:
        signed = say(SlackSentence.NOTE_EVERYWHERE, signed=signed)
    return [f"{mark}{label}{mark} {text}", signed]
