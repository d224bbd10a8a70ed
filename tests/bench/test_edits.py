"""What an edit changes and what it must leave alone, and in what other spellings a text is asked."""

from __future__ import annotations

import pytest
from pypinyin import lazy_pinyin
from rapidfuzz.distance import OSA, Levenshtein

from bench.characters import COMMON, NEIGHBOURS, list_lookalikes
from bench.edits import CHINESE_EDITS, LATIN_EDITS, NEGATORS, Edit, Editor, find_fixed
from bench.spellings import spell, turn_round
from bot.knowledge.snapshot import Knowledge
from tests.support.draw import draw

SEEDS = range(40)


@pytest.fixture(scope="module")
def editor(knowledge: Knowledge) -> Editor:
    """The editor of the shipped knowledge."""
    return Editor(knowledge)


def edit_often(editor: Editor, text: str, kind: Edit, times: int = 1) -> list[str]:
    """Return what many draws make of a text."""
    drawn = (editor.edit(text, kind, times, draw(seed)) for seed in SEEDS)
    return [edited for edited in drawn if edited is not None]


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("kind", LATIN_EDITS)
def test_latin(editor: Editor, kind: Edit, times: int) -> None:
    """An edited English text is as many slips away as were asked for, and its short words stay."""
    made = edit_often(editor, "the gateway of the customer answers slowly", kind, times)
    assert len(set(made)) > 10
    for edited in made:
        assert OSA.distance("the gateway of the customer answers slowly", edited) == times
        assert edited.split()[2] == "of"


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("kind", CHINESE_EDITS)
def test_chinese(editor: Editor, kind: Edit, times: int) -> None:
    """An edited Chinese text is as many slips away as were asked for."""
    text = "虚拟用户的属性列表找不到设备"
    made = edit_often(editor, text, kind, times)
    assert len(set(made)) > 5
    assert all(OSA.distance(text, edited) == times for edited in made)


@pytest.mark.parametrize("kind", [*LATIN_EDITS, "homophone", "look-alike"])
@pytest.mark.parametrize(
    "text",
    ["error 28504: the device is not online", "无法绑定 28601 号设备，未找到产品", "can't unbind device 404"],
)
def test_fixed(editor: Editor, kind: Edit, text: str) -> None:
    """Digits and negators stay as they are, in number and order."""
    for edited in edit_often(editor, text, kind):
        kept = "".join(text[place] for place in sorted(find_fixed(text)))
        assert "".join(edited[place] for place in sorted(find_fixed(edited))) == kept


@pytest.mark.parametrize("text", ["un", "no", "not", "can't", "28504", "无", "不", "未", "非"])
def test_nothing_to_edit(editor: Editor, text: str) -> None:
    """A text of nothing but digits and negators bears no edit."""
    assert not [edit_often(editor, text, kind) for kind in LATIN_EDITS if edit_often(editor, text, kind)]


def test_short(editor: Editor) -> None:
    """A text of under five characters gets one edit at most."""
    assert edit_often(editor, "断网了", "homophone", 1)
    assert not edit_often(editor, "断网了", "homophone", 2)
    assert not edit_often(editor, "fail", "neighbour", 2)


def test_no_other_word(editor: Editor) -> None:
    """No edit makes another word of the knowledge; one that is in no entry may come of it."""
    assert "升级找不到" not in edit_often(editor, "升级包找不到", "dropped")
    assert all("admins" not in edited.split() for edited in edit_often(editor, "admin", "doubled"))
    bonds = {edited for seed in range(400) if (edited := editor.edit("bind", "neighbour", 1, draw(seed)))}
    assert {"bond", "bimd"} <= bonds


def test_homophones(editor: Editor) -> None:
    """A homophone sounds as what it stands for, without regard to the tone, where it stands."""
    made = edit_often(editor, "重复绑定设备", "homophone")
    assert made
    assert all(
        lazy_pinyin("重复绑定设备")[edited_place(edited)] == "chong" for edited in made if edited[0] != "重"
    )
    assert all(len(edited) == 6 for edited in made)


def edited_place(edited: str) -> int:
    """Return the place of the one character that differs."""
    [(_, place, _)] = [tuple(step) for step in Levenshtein.editops("重复绑定设备", edited)]
    return int(place)


def test_lists() -> None:
    """Neighbours and look-alikes hold both ways, and nothing on the lists is a negator."""
    assert all(letter in NEIGHBOURS[near] for letter, others in NEIGHBOURS.items() for near in others)
    alike = list_lookalikes()
    assert all(letter in alike[other] for letter, others in alike.items() for other in others)
    assert not NEGATORS & set(COMMON)
    assert not NEGATORS & set(alike)


def test_word_order() -> None:
    """A negator never parts from what it denies, and a text keeps all its words."""
    text = "the device is not bound to this account"
    turned = {turn_round(text, draw(seed)) for seed in SEEDS}
    assert len(turned) > 1
    for order in turned:
        assert order is not None
        assert "not bound" in order
        assert sorted(order.split()) == sorted(text.split())


@pytest.mark.parametrize(
    ("text", "kind", "spelt"),
    [
        ("设备离线", "Traditional", "設備離線"),
        ("设备离线", "pinyin joined", "shebeilixian"),
        ("设备离线", "pinyin with marks", "shè bèi lí xiàn"),
        ("设备离线", "pinyin with digits", "she4 bei4 li2 xian4"),
        ("设备离线", "initials", "sblx"),
        ("成功", "initials", None),
        ("设备离线", "full-width", None),
        ("token 过期", "full-width", "ｔｏｋｅｎ　过期"),
    ],
)
def test_spellings(text: str, kind: str, spelt: str | None) -> None:
    """Each spelling, and None where it would say nothing of the text or change nothing."""
    assert spell(text, kind, draw(1)) == spelt  # type: ignore[arg-type]  # the kinds are written as text here
