"""What was asked and couldn't be answered is kept, redacted; what was answered is not."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from bot.redaction.redact import LONGEST, redact
from tests.support.fake_workspace import TEAM
from tests.support.front import CHANNEL, DIRECT, Front

ASKED = "the toaster burns, appSecret=8f7e6d5c mail mei@example.com"
KEPT = "the toaster burns, appSecret=*** mail ***"


def list_texts(front: Front) -> list[tuple[str, str, str]]:
    """Return surface, channel and text of the ledger's rows."""
    with front.service.database.read() as connection:
        rows = connection.execute(sa.text("SELECT surface, channel, text FROM ledger ORDER BY at, surface"))
        return [tuple(row) for row in rows]


def test_each_surface(front: Front) -> None:
    """A command, a shortcut, a mention and a direct message that can't be answered leave their question."""
    front.command(ASKED)
    front.shortcut(front.build_post(ASKED))
    front.mention(ASKED)
    front.direct(ASKED)
    assert sorted(list_texts(front)) == [
        ("command", CHANNEL, KEPT),
        ("direct_message", DIRECT, KEPT),
        ("mention", CHANNEL, KEPT),
        ("shortcut", CHANNEL, KEPT),
    ]


def test_answered(front: Front) -> None:
    """Of what was answered no text is kept."""
    front.command("28504 appSecret=8f7e6d5c")
    front.mention("28504 since yesterday")
    front.mention("help")
    assert [text for _, _, text in list_texts(front)] == ["", "", ""]
    [row] = front.service.decisions.find_ledger_rows(TEAM, CHANNEL, "")
    assert (row.surface, row.kind, row.action) == ("command", "answered", "told-alone")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ('{"iotToken": "abc def", "code": 28504}', '{"iotToken": ***, "code": 28504}'),
        ("Authorization: Bearer abc.def-123", "Authorization: Bearer ***"),
        ("xoxb-1234-abcd fails", "*** fails"),
        ("key LTAI4FabcdEFGH1234", "key ***"),
        ("call 13812345678 or +86 138 1234 5678", "call *** or ***"),
        ("密码：hunter2", "密码：***"),
        ("device 28504 in room 2065", "device 28504 in room 2065"),
        ("错误码 28540", "错误码 28540"),
    ],
)
def test_redact(text: str, kept: str) -> None:
    """Secrets, tokens, addresses and numbers of people go; codes and words stay."""
    assert redact(text) == kept


def test_redact_is_bounded() -> None:
    """Of a long question the beginning is kept."""
    assert len(redact("word " * 10_000)) <= LONGEST
