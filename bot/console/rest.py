"""What the end of a list that is cut short says of the rest."""

from __future__ import annotations

from bot.console.session import Session
from bot.replies.sentences import ImportSentence


def tell_rest(session: Session, count: int, shown: int) -> list[str]:
    """Return a line that tells how many of a list's items aren't shown; none where all are."""
    return [session.say(ImportSentence.IMPORT_MORE, count=count - shown)] if count > shown else []
