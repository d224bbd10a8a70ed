"""What people told of the codes of an answer: notes that hold in the channel, and which steps fixed it."""

from __future__ import annotations

from bot.matching import Verdict
from bot.outbox.note_store import EVERYWHERE, NoteRow
from bot.replies.note import NO_NOTES, Note, Notes
from bot.slack.services import Services


def find_due_notes(services: Services, team: str, channel: str, verdict: Verdict) -> Notes:
    """Return what people told of the entries of a verdict; nothing where the database fails."""
    entries = [match.entry for match in verdict.matches]
    if not entries:
        return NO_NOTES
    rows = services.notes.find_due(team, channel, {entry.code for entry in entries})
    texts = {entry.id: [build_note(row) for row in rows if row.code == entry.code] for entry in entries}
    is_answer = verdict.kind == "answered"
    fixes = services.fixes.find(team, [entry.id for entry in entries]) if is_answer else {}
    return Notes(texts if rows else {}, fixes)


def build_note(row: NoteRow) -> Note:
    """Return a note as replies take it."""
    return Note(row.text, row.author, row.at, row.until, row.channel == EVERYWHERE, row.author_name)
