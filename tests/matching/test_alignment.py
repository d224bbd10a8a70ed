"""How a text holds a template word for word: slots filled, cut short, with a slip."""

from __future__ import annotations

import pytest

from bot.matching.alignment import Alignment, align
from bot.matching.template import read_template, split_words

DOOR = "Door %d of locker '%s' is jammed; call %s"


def hold(text: str, written: str = DOOR, strange: str = "") -> Alignment | None:
    """Align a folded text with a template; the words of `strange` may be misspelt."""
    said = [word[0] for word in split_words(text)]
    places = {place for place, word in enumerate(said) if word in strange.split()}
    return align(read_template(written), said, places)


def get(text: str, written: str = DOOR, strange: str = "") -> Alignment:
    """Align what has an alignment."""
    found = hold(text, written, strange)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("door 7 of locker 'a-12' is jammed; call the porter", DOOR),
        ("log: door 7 of locker 'a-12' is jammed; call 0711", DOOR),
        ("柜子'北京 3'的门打不开", "柜子'%s'的门打不开"),
        ("柜子的门打不开", "柜子%s的门打不开"),
        ("parcel too heavy", "Parcel too heavy"),
    ],
)
def test_whole(text: str, written: str) -> None:
    """A template whose slots are filled with anything, or nothing, is there word for word."""
    found = get(text, written)
    assert found.is_in_order
    assert not found.is_cut
    assert found.score > 95
    assert len(found.places) == len(read_template(written).words)


def test_fills() -> None:
    """What stands between the words is known to fill the slots."""
    found = get("door 7 of locker 'a-12' is jammed; call 0711")
    assert sorted(found.places) == [0, 2, 3, 6, 7, 8]
    assert sorted(found.fills) == [1, 4, 5, 9]


@pytest.mark.parametrize(
    ("text", "before", "behind"),
    [
        ("door 7 of locker 'a-12' is", (), ("jammed", "call")),
        ("door 7 of locker 'a-", (), ("is", "jammed", "call")),
        ("'a-12' is jammed; call 0711", ("door", "of", "locker"), ()),
        ("locker 'a-12' is jammed", ("door", "of"), ("call",)),
    ],
)
def test_cut(text: str, before: tuple[str, ...], behind: tuple[str, ...]) -> None:
    """A text may end inside a template, or begin there; what lies beyond costs little."""
    found = get(text)
    assert (found.cut_before, found.cut_behind, found.missing) == (before, behind, ())
    assert found.score > 75


def test_torn() -> None:
    """A text that ends between two words that belong together is torn; one that ends at a slot isn't."""
    assert get("door 7 of locker 'a-12' is").is_torn
    assert not get("door 7 of locker").is_torn


def test_words_around_a_cut_text() -> None:
    """Other words beside a template cut short tell against it."""
    assert get("door 7 of locker").score > get("we painted the old door 7 of locker").score + 10


def test_missing_and_extra() -> None:
    """A word too few or too many between the others is told, and costs."""
    found = get("door 7 of locker 'a-12' jammed; call 0711")
    assert found.missing == ("is",)
    found = get("parcel much too heavy", "Parcel too heavy")
    assert found.extra == (1,)
    assert found.score < 90


def test_another_first_word() -> None:
    """A text with another word where a template begins or ends is not close to it."""
    assert not get("letter much too heavy", "Parcel much too heavy").is_close
    assert not get("parcel much too large", "Parcel much too heavy").is_close


def test_too_few_words() -> None:
    """A text that has few words of a template doesn't hold it."""
    assert hold("the door is open") is None
    assert hold("") is None


def test_slip() -> None:
    """A misspelt word counts as the template's only if it may be misspelt."""
    found = get("door 7 of lokcer 'a-12' is jammed; call 0711", strange="lokcer")
    assert (found.slips, found.missing) == (("locker",), ())
    found = get("door 7 of lokcer 'a-12' is jammed; call 0711")
    assert (found.slips, found.missing) == ((), ("locker",))


def test_much_amiss() -> None:
    """Two slips, or two words too few, are too much for a short template, and one for a text that is cut."""
    assert not get("door 7 fo lokcer 'a-12' is jammed; call 0711", strange="fo lokcer").is_close
    assert not get("door 7 of 'a-12' jammed; call 0711").is_close
    assert not get("door 7 of lokcer 'a-12' is", strange="lokcer").is_close
    assert get("door 7 of lokcer 'a-12' is jammed; call 0711", strange="lokcer").is_close


def test_slip_in_chinese() -> None:
    """One Chinese character in the place of another is a slip."""
    assert get("柜子'3'的们打不开", "柜子'%s'的门打不开", strange="们").slips == ("门",)


def test_stray_word() -> None:
    """A word of the template that stands far before it is not taken for its own."""
    text = "door log of monday at noon by the porter: door 7 of locker 'a-12' is jammed; call 0711"
    assert get(text).is_in_order
    assert get(text).start == 9


def test_no_words() -> None:
    """A template of slots alone is nowhere."""
    assert hold("anything", "%s: %s") is None
