"""Votes on answers: saved on the click, acknowledged alone, changed by the next, shown from three on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.desk import Desk, Snapshot
from bot.replies.recall import Recall
from bot.slack.rate_limiter import MOST_QUESTIONS
from bot.stores.gap_groups import rank_groups
from bot.stores.votes import VoteRow
from bot.watch_mode import WatchPreset
from tests.slack.conftest import DESK
from tests.slack.events.test_channel_posts import ALERT
from tests.slack.test_store_failed import SHORT, lock
from tests.support import rows
from tests.support.fake_slack import FakeSlack
from tests.support.fake_workspace import TEAM
from tests.support.front import CHANNEL, OTHER, PERSON, Front, Hours, Json, find_button, find_buttons
from tests.support.house_rules import find_house_faults
from tests.support.slack_limits import find_faults, list_texts

ROOT = "1790000001.000100"
ENTRY = "aliyun-living/28504"
PRIVATE = {"type": "message", "channel_id": CHANNEL, "message_ts": "1.1", "is_ephemeral": True}
STEPS = len(DESK.knowledge.get_entry(ENTRY).steps)


def find_feedback(blocks: Sequence[Json]) -> Json:
    """Return the pair of feedback buttons of a message."""
    [pair] = [each for block in blocks if block["type"] == "context_actions" for each in block["elements"]]
    return dict(pair)


def rate(front: Front, blocks: Sequence[Json], kind: str, user: str = PERSON, **fields: Any) -> None:
    """Click one of the feedback buttons, as Slack tells it."""
    pair = find_feedback(blocks)
    value = pair[f"{kind}_button"]["value"]
    front.click({"type": "feedback_buttons", "action_id": pair["action_id"], "value": value}, user, **fields)


def choose(front: Front, blocks: Sequence[Json], place: int, user: str = PERSON, **fields: Any) -> Json:
    """Choose from the menu of an acknowledgement; return the option."""
    [menu] = [
        each for block in blocks for each in block.get("elements", []) if each["type"] == "static_select"
    ]
    option: Json = menu["options"][place]
    chosen = {"type": "static_select", "action_id": menu["action_id"], "selected_option": option}
    front.click(chosen, user, **({"container": PRIVATE} | fields))
    return option


def ask(front: Front, slack: FakeSlack, text: str = "28504", ts: str = ROOT) -> list[Json]:
    """Return the blocks of the desk's answer to a mention."""
    before = len(slack.called("chat.postMessage"))
    front.mention(text, ts=ts)
    blocks: list[Json] = slack.wait_for("chat.postMessage", before + 1)[before].arguments["blocks"]
    return blocks


def hear(slack: FakeSlack, method: str = "chat.postEphemeral", count: int = 1) -> Json:
    """Return the latest acknowledgement, held against every limit."""
    told: Json = slack.wait_for(method, count)[count - 1].arguments
    assert find_faults(told) == []
    assert find_house_faults(told) == []
    return told


def list_votes(front: Front) -> list[VoteRow]:
    with front.service.database.read() as connection:
        return rows.list_votes(connection)


def list_gaps(front: Front) -> list[tuple[str, int]]:
    with front.service.database.read() as connection:
        return [(group.key, group.people) for group in rank_groups(connection, TEAM, 0.0)[0]]


@pytest.mark.parametrize(
    ("question", "labels", "said", "asks"),
    [
        (
            "28504",
            ["This fixed it", "Not it"],
            "Saved, and only you see this: the answer for 28504 fixed it.",
            "Which step fixed it? (optional)",
        ),
        (
            "设备不在线 28504",
            ["解决了", "不是这个"],
            "已记录，只有您自己看得到：28504 的答案解决了问题。",
            "是哪一步解决的？（选填）",
        ),
    ],
)
def test_it_fixed(
    front: Front, slack: FakeSlack, question: str, labels: list[str], said: str, asks: str
) -> None:
    """A vote is saved on the click; only who clicked is told, in the thread and the language."""
    blocks = ask(front, slack, question)
    pair = find_feedback(blocks)
    assert [pair[f"{kind}_button"]["text"]["text"] for kind in ("positive", "negative")] == labels
    rate(front, blocks, "positive", OTHER)
    [vote] = list_votes(front)
    assert (vote.kind, vote.entry, vote.person, vote.channel, vote.root) == (
        "helped",
        ENTRY,
        OTHER,
        CHANNEL,
        ROOT,
    )
    told = hear(slack)
    assert (told["channel"], told["user"], told["thread_ts"]) == (CHANNEL, OTHER, ROOT)
    assert told["text"] == said
    [menu] = [each for block in told["blocks"] for each in block.get("elements", [])]
    assert menu["placeholder"]["text"] == asks
    assert len(menu["options"]) == STEPS
    assert list_gaps(front) == []


def test_step(front: Front, slack: FakeSlack) -> None:
    """The step that is named is saved with the vote, and the question gives way to what was saved."""
    rate(front, ask(front, slack), "positive")
    choose(front, hear(slack)["blocks"], 1)
    told = hear(slack, "response_url")
    assert told["replace_original"] is True
    assert told["text"] == "Saved, and only you see this: step 2 of 28504 fixed it."
    [vote] = list_votes(front)
    assert (vote.step, vote.entry) == (2, ENTRY)


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("28504", "Fixed by: step 2 (2), step 1 (1)"),
        ("设备不在线 28504", "有效步骤：第 2 步（2 次）、第 1 步（1 次）"),
    ],
)
def test_shown_from_three_on(front: Front, slack: FakeSlack, hours: Hours, question: str, line: str) -> None:
    """From three votes on the card says which steps fixed it, the most votes first, on every surface."""
    for number, place in enumerate((1, 0, 1)):
        hours.now += 60
        shown = front.command(question).get_json()
        assert line not in list_texts(shown["blocks"])
        assert "Fixed by" not in shown["text"]
        user = f"U0VOTER{number}"
        rate(front, ask(front, slack, ts=f"179000000{number}.000100"), "positive", user)
        choose(front, hear(slack, count=number + 1)["blocks"], place, user)
        slack.wait_for("response_url", number + 1)
    shown = front.command(question).get_json()
    assert any(line in text for text in list_texts(shown["blocks"]))
    assert shown["text"].endswith(line)
    assert any(line in text for text in list_texts(ask(front, slack, question, "1790000009.000100")))


def test_only_step_needs_no_question(open_front: Callable[..., Front], slack: FakeSlack, toy: Path) -> None:
    """Where an answer has one step, that is the one that fixed it."""
    from bot.knowledge.load import load_knowledge

    knowledge = load_knowledge(toy)
    entry = next(entry for entry in knowledge.entries if len(entry.steps) == 1)
    front = open_front(Desk(Snapshot(knowledge)))
    rate(front, ask(front, slack, f"error code {entry.code}"), "positive")
    [vote] = list_votes(front)
    assert (vote.entry, vote.step, bool(vote.step_hash)) == (entry.id, 1, True)
    assert [block["type"] for block in hear(slack)["blocks"]] == ["section"]


def test_not_it(front: Front, slack: FakeSlack) -> None:
    """A rejection is saved, and a gap; one menu asks why, and what else it may be is offered."""
    rate(front, ask(front, slack), "negative")
    told = hear(slack)
    assert told["text"] == "Saved, and only you see this: 28504 is not it."
    [vote] = list_votes(front)
    assert (vote.kind, vote.reason) == ("not-it", "")
    assert list_gaps(front) == [(f"not-it:{ENTRY}", 1)]
    shows = find_buttons(told["blocks"])
    assert [button["text"]["text"] for button in shows] == ["Show 28601"]
    option = choose(front, told["blocks"], 1)
    assert option["text"]["text"] == "Right code, but the steps didn't help"
    assert hear(slack, "response_url")["text"] == (
        "Saved, and only you see this. Your reason: Right code, but the steps didn't help."
    )
    [vote] = list_votes(front)
    assert vote.reason == "steps-failed"
    front.click(shows[0], container=PRIVATE)
    assert hear(slack, "response_url", 2)["text"].startswith("28601 ")


def test_not_it_in_chinese(front: Front, slack: FakeSlack) -> None:
    """The same in Chinese, the reasons too."""
    rate(front, ask(front, slack, "设备不在线 28504"), "negative")
    told = hear(slack)
    assert told["text"] == "已记录，只有您自己看得到：不是 28504。"
    [menu] = [each for block in told["blocks"] for each in block.get("elements", [])]
    assert menu["placeholder"]["text"] == "为什么不是？（选填）"
    reasons = [option["text"]["text"] for option in menu["options"]]
    assert reasons == ["错误码不对", "错误码对，但步骤没能解决问题", "内容已过时", "其他原因"]
    choose(front, told["blocks"], 2)
    assert hear(slack, "response_url")["text"] == "已记录，只有您自己看得到。您选的原因：内容已过时。"


def test_second_click(front: Front, slack: FakeSlack) -> None:
    """A second click changes the first, and takes the gap back; a click that comes twice is one vote."""
    blocks = ask(front, slack)
    rate(front, blocks, "negative")
    rate(front, blocks, "negative")
    assert (len(list_votes(front)), list_gaps(front)) == (1, [(f"not-it:{ENTRY}", 1)])
    rate(front, blocks, "positive")
    [vote] = list_votes(front)
    assert (vote.kind, list_gaps(front)) == ("helped", [])
    slack.wait_for("chat.postEphemeral", 3)


def test_one_answer_in_two_languages(front: Front, slack: FakeSlack) -> None:
    """Shown in the other language, or shared, it is the same answer: a person has one vote on it."""
    shown = front.command("28504").get_json()["blocks"]
    rate(front, shown, "positive", container=PRIVATE)
    front.click(find_button(shown, "language_switch"), container=PRIVATE)
    front.click(find_button(shown, "answer_share"), container=PRIVATE)
    sent = [call.arguments["blocks"] for call in slack.wait_for("response_url", 4)[1:]]
    for blocks in sent:
        rate(front, blocks, "negative")
    [vote] = list_votes(front)
    assert (vote.kind, vote.answer != "") == ("not-it", True)
    rate(front, front.command("28504").get_json()["blocks"], "positive", container=PRIVATE)
    assert len(list_votes(front)) == 2  # asked again, it is another answer


def test_watched_post(open_front: Callable[..., Front], slack: FakeSlack) -> None:
    """The reply to a watched post takes votes as well; the card that is shown again keeps its name."""
    front = open_front(watch={CHANNEL: WatchPreset("auto")})
    front.event(ALERT)
    rate(
        front,
        slack.wait_for("chat.postMessage")[0].arguments["blocks"],
        "positive",
        container={},
        message=None,
    )
    front.event(ALERT | {"ts": "1790000002.000100", "event_ts": "1790000002.000100"})
    rate(front, slack.wait_for("chat.update")[0].arguments["blocks"], "negative")
    [vote] = list_votes(front)
    assert vote.kind == "not-it"


def test_modal(front: Front, slack: FakeSlack) -> None:
    """A modal has two buttons, for it takes no feedback buttons; what is told comes in a modal on top."""
    front.shortcut(front.build_post("28504"))
    view = slack.wait_for("views.open")[0].arguments["view"]
    assert not [block for block in view["blocks"] if block["type"] == "context_actions"]
    within: dict[str, Any] = {
        "container": {"type": "view", "view_id": "V1"},
        "message": None,
        "channel": None,
    }
    button = find_button(view["blocks"], "answer_rate_no")
    front.click(button, view=view | {"id": "V1"}, **within)
    pushed = slack.wait_for("views.push")[0].arguments["view"]
    assert find_faults(pushed, "modal") == []
    assert "Saved, and only you see this: 28504 is not it." in list_texts(pushed["blocks"])
    opened = front.fake.workspace.views
    view_id = next(key for key, each in opened.items() if each["blocks"] == pushed["blocks"])
    choose(front, pushed["blocks"], 0, view=pushed | {"id": view_id}, **within)
    updated = slack.wait_for("views.update")[0].arguments["view"]
    assert "Your reason: Wrong error code." in str(updated["blocks"])
    front.click(find_button(pushed["blocks"], "choice_show"), view=pushed | {"id": view_id}, **within)
    other = slack.wait_for("views.update", 2)[1].arguments["view"]
    assert other["blocks"][0]["text"]["text"].startswith("28601 ")
    assert other["private_metadata"].startswith(f"{CHANNEL} ")  # it can be posted to the thread from here
    [vote] = list_votes(front)
    assert (vote.kind, vote.reason, vote.surface) == ("not-it", "wrong-code", "modal")


@pytest.mark.parametrize(
    ("kind", "line"),
    [("positive", "99999 is no longer documented."), ("negative", "99999 is no longer documented.")],
)
def test_vanished_entry(front: Front, slack: FakeSlack, kind: str, line: str) -> None:
    """A vote on an answer whose entry is gone is saved by its id, and the person is told that it is gone."""
    blocks = ask(front, slack)
    pair = find_feedback(blocks)
    for button in ("positive_button", "negative_button"):
        pair[button] = pair[button] | {"value": pair[button]["value"].replace("28504", "99999")}
    rate(front, [{"type": "context_actions", "elements": [pair]}], kind)
    [vote] = list_votes(front)
    assert vote.entry == "aliyun-living/99999"
    assert line in hear(slack)["text"].split("\n")


def test_retired_entry(open_front: Callable[..., Front], slack: FakeSlack, toy: Path) -> None:
    """Of an entry that was retired meanwhile the person is told so."""
    from bot.knowledge.load import load_knowledge

    desk = Desk(Snapshot(load_knowledge(toy)))
    front = open_front(desk)
    code = next(entry.code for entry in desk.knowledge.entries if entry.status == "current")
    blocks = ask(front, slack, f"error code {code}")
    path = toy / f"kettle/codes/{code}.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "status: retired\n", encoding="utf-8")
    desk.swap(Snapshot(load_knowledge(toy)))
    rate(front, blocks, "positive")
    assert f"{code} is retired: the API no longer returns it." in hear(slack)["text"]
    assert len(list_votes(front)) == 1


@pytest.mark.parametrize("value", ["", "+", "-{}", "x{}", "+[]", '-{"k":"answered"}', "\ud800", "+" * 2000])
@pytest.mark.parametrize("action", ["answer_rate", "reason_tell", "step_tell"])
def test_forged(front: Front, slack: FakeSlack, action: str, value: str) -> None:
    """A value that the desk never wrote saves nothing, and is answered like a button that is stale."""
    front.click({"type": "button", "action_id": action, "value": value})
    if "\ud800" not in value:
        assert "no longer documented" in hear(slack)["text"]
    assert list_votes(front) == []


@pytest.mark.parametrize(
    "value",
    [
        "en nobody outdated",
        "en nobody 2:0123456789ab aliyun-living/28504",
        "tlh a1 outdated",
        "en a1 2:x",
        "en a1 x",
    ],
)
def test_nothing_to_add_to(front: Front, slack: FakeSlack, value: str) -> None:
    """What is added to no vote, or can't be read, saves nothing, and the person is told."""
    action = "step_tell" if ":" in value else "reason_tell"
    option = {"text": {"type": "plain_text", "text": "x"}, "value": value}
    front.click({"type": "static_select", "action_id": action, "selected_option": option}, container=PRIVATE)
    told = hear(slack, "response_url")["text"]
    assert told.startswith(("That vote is no longer kept.", "What this button refers to"))
    assert list_votes(front) == []


def test_limited(front: Front, slack: FakeSlack) -> None:
    """Votes count with the questions of a minute; one beyond is refused, in the answer's language."""
    blocks = ask(front, slack, "设备不在线 28504")
    for _ in range(MOST_QUESTIONS - 1):
        front.command("28504")
    rate(front, blocks, "positive")
    assert list_votes(front) == []
    assert hear(slack)["text"].startswith("没有记录：您在一分钟内的提问和反馈超过了 30 次。")


def test_database_failed(open_front: Callable[..., Front], slack: FakeSlack, tmp_path: Path) -> None:
    """A vote that can't be saved isn't acknowledged as one: the person is told."""
    front = open_front(patience=SHORT)
    blocks = ask(front, slack)
    front.start_holding()
    with lock(tmp_path):
        rate(front, blocks, "positive")
        assert "can't be written to right now" in hear(slack, "response_url")["text"]
    assert list_votes(front) == []
    front.release()


def test_display_only(front: Front, slack: FakeSlack) -> None:
    """However many say that it is not it, the same question gets the same answer."""
    question = "my device is offlne"
    before = DESK.ask(question)
    for number in range(9):
        blocks = front.command(question, user_id=f"U{number}").get_json()["blocks"]
        rate(front, blocks, "negative", f"U{number}", container=PRIVATE)
    assert len(list_votes(front)) == 9
    assert DESK.ask(question) == before
    row = front.service.decisions.find_ledger_rows(TEAM, CHANNEL, "")[-1]
    assert row.entries == (ENTRY,)


def test_old_message(front: Front, slack: FakeSlack) -> None:
    """An answer without a name is known by its message: two people have a vote each, one person has one."""
    entry = DESK.knowledge.get_entry(ENTRY)
    verdict = DESK.ask(entry.code)
    value = "+" + Recall(verdict, "en").write_value()
    for user in (PERSON, OTHER, PERSON):
        front.click({"type": "feedback_buttons", "action_id": "answer_rate", "value": value}, user)
    assert sorted(vote.person for vote in list_votes(front)) == sorted([PERSON, OTHER])
    assert {vote.answer for vote in list_votes(front)} == {f"{CHANNEL}:1790000005.000100"}
