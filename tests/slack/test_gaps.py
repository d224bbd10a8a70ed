"""What the desk lacked is written with what it decided, on every surface, once for each thread and person."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.slack.rate_limiter import MOST_QUESTIONS
from bot.stores import gaps
from bot.stores.gap_groups import rank_groups
from bot.stores.gaps import GapGroup, GapRow
from bot.watch_mode import WatchPreset
from tests.slack.test_store_failed import SHORT, lock
from tests.support.fake_slack import FakeSlack
from tests.support.fake_workspace import TEAM
from tests.support.front import CHANNEL, DIRECT, OTHER, PERSON, Front

ASKED = "the toaster burns"
UNKNOWN = "error code 28699"


def list_groups(front: Front) -> list[GapGroup]:
    with front.service.database.read() as connection:
        return list(rank_groups(connection, TEAM, 0.0)[0])


def list_rows(front: Front, key: str) -> list[GapRow]:
    with front.service.database.read() as connection:
        return list(gaps.list_rows(connection, TEAM, key, 10))


def test_each_surface(front: Front) -> None:
    """A question without an answer is a gap of the person's, whichever way it was put, with its words."""
    front.command(ASKED)
    front.shortcut(front.build_post(ASKED))
    front.mention(ASKED, ts="1790000002.000100")
    front.direct(ASKED, ts="1790000003.000100")
    [group] = list_groups(front)
    assert (group.kind, group.people, group.rows) == ("question", 1, 3)  # a command has no thread of its own
    rows = {(row.surface, row.channel, row.root, row.ts) for row in list_rows(front, group.key)}
    assert rows == {
        ("shortcut", CHANNEL, "", ""),
        ("mention", CHANNEL, "1790000002.000100", "1790000002.000100"),
        ("direct_message", DIRECT, "", "1790000003.000100"),
    }
    assert {(row.person, row.text, row.language) for row in list_rows(front, group.key)} == {
        (PERSON, ASKED, "en")
    }


def test_people_and_threads(front: Front) -> None:
    """Asked again in a thread by the same person it counts once; by another person, twice."""
    for user in (PERSON, PERSON, OTHER):
        front.mention(UNKNOWN, user=user, thread_ts="1790000001.000100")
    [group] = list_groups(front)
    assert (group.key, group.code, group.people, group.rows) == ("code:28699", "28699", 2, 2)


def test_delivered_again(front: Front) -> None:
    """What Slack delivers again is counted once."""
    for _ in range(3):
        front.mention(UNKNOWN, ts="1790000002.000100")
    [group] = list_groups(front)
    assert group.rows == 1


def test_code_beside_an_answer(front: Front) -> None:
    """An undocumented code is a gap though the message names a documented one too; no text is kept."""
    front.mention("28504 and then error code 28699")
    [group] = list_groups(front)
    [row] = list_rows(front, "code:28699")
    assert (group.key, row.text) == ("code:28699", "")


def test_near_miss(open_front: Callable[..., Front]) -> None:
    """A documented number that shows nothing in a watched post is a gap, by ids alone."""
    front = open_front(watch={CHANNEL: WatchPreset("auto")})
    front.event(front.build_post("lunch at 28504 Main Street", ts="1790000002.000100"))
    front.event(front.build_post("good morning", ts="1790000003.000100"))
    [group] = list_groups(front)
    assert (group.kind, group.key) == ("near-miss", "near-miss:aliyun-living/28504")
    [row] = list_rows(front, group.key)
    assert (row.person, row.root, row.text) == (PERSON, "1790000002.000100", "")
    rows = [front.service.decisions.find_ledger_rows(TEAM, CHANNEL, f"179000000{n}.000100") for n in (2, 3)]
    assert [row.person for [row] in rows] == [PERSON, ""]


def test_no_question(front: Front) -> None:
    """Greetings, thanks, help, what was answered, and one question too many are no gaps."""
    for text in ("hello", "thanks", "help", "28504", "please explain this error"):
        front.mention(text)
    for number in range(MOST_QUESTIONS + 2):
        front.mention("28504", user=OTHER, ts=f"1790000{number:03}.000100")
    front.mention(ASKED, user=OTHER)
    assert list_groups(front) == []


def test_database_failed(open_front: Callable[..., Front], tmp_path: Path) -> None:
    """A failure of the database is no gap; the question counts when it is delivered again."""
    front = open_front(patience=SHORT)
    front.start_holding()
    with lock(tmp_path):
        assert front.mention(ASKED, ts="1790000002.000100").status_code == 503
        front.command(ASKED)
    assert list_groups(front) == []
    front.mention(ASKED, ts="1790000002.000100")
    assert [group.rows for group in list_groups(front)] == [1]
    front.release()


def test_slack_failed(front: Front, slack: FakeSlack) -> None:
    """What Slack doesn't take, be it a thread that can't be read, is no gap."""
    slack.fail("conversations.replies", "missing_scope")
    front.mention("", thread_ts="1790000001.000100", ts="1790000002.000100")
    assert list_groups(front) == []


@pytest.mark.parametrize(("keeps", "text"), [(False, ""), (True, "28504 since *** writes")])
def test_questions_are_kept(open_front: Callable[..., Front], keeps: bool, text: str) -> None:
    """Where the operator wants it, the redacted text of an answered question is kept as well."""
    front = open_front(keep_questions=keeps)
    said = "28504 since mei@example.com writes"
    front.mention(said, ts="1790000002.000100")
    front.command(said)
    for ts in ("1790000002.000100", ""):
        [row] = front.service.decisions.find_ledger_rows(TEAM, CHANNEL, ts)
        assert (row.kind, row.text, row.person) == ("answered", text, PERSON)
    assert list_groups(front) == []
