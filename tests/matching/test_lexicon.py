"""The words the desk knows: longest form first, misspelt words by their nearest, words written together."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.knowledge.language import Term
from bot.knowledge.snapshot import Knowledge
from bot.matching.lexicon import LATIN_WORD, NOT, Lexicon, find_faults, senses

DEVICE = Term("device", {"en": ("device", "smart device"), "zh": ("设备", "智能设备")}, {}, polar=False)
ONLINE = Term(
    "online",
    {"en": ("online",), "zh": ("在线", "上线")},
    {"en": ("offline",), "zh": ("离线", "不在线上")},
    True,
)
EXPIRED = Term("expired", {"en": ("expired",), "zh": ("过期",)}, {"en": ("valid",)}, True, tells_fault=True)
LOOP = Term("loop", {"en": ("loop",), "zh": ("循环",)}, {}, polar=False, tells_fault=True)
AGREE = Term("agree", {"en": ("agree",), "zh": ("同意",)}, {"en": ("reject",)}, True, has_middle=True)
TERMS = (DEVICE, ONLINE, EXPIRED, LOOP, AGREE)


@pytest.fixture(scope="module")
def lexicon(knowledge: Knowledge) -> Lexicon:
    """A small lexicon: five terms, and the words of two languages that deny or say nothing."""
    english = replace(
        knowledge.languages["en"],
        negators=("not", "isn't"),
        absences=("no",),
        hint_words=("says",),
        chatter=("the", "my", "is"),
    )
    chinese = replace(
        knowledge.languages["zh"],
        negators=("不", "没有"),
        absences=("没有",),
        hint_words=("提示",),
        chatter=("的", "了"),
    )
    known = ["firmware key mail", "token list"]
    return Lexicon(senses([english, chinese], TERMS), known, find_faults(TERMS))


@pytest.mark.parametrize(
    ("word", "known"),
    [
        ("device", "device"),
        ("devices", "device"),
        ("devcie", "device"),
        ("devise", "device"),
        ("offine", "offline"),
        ("offlnie", "offline"),
        ("onlinee", "online"),
        ("expird", "expired"),
    ],
)
def test_misspelt_word(lexicon: Lexicon, word: str, known: str) -> None:
    """A word an edit away from one telling word stands for it; the likeness says how surely."""
    spelling = lexicon.spell(word)
    assert spelling.words == (known,)
    assert 0.5 < spelling.likeness <= 1.0
    assert (spelling.likeness == 1.0) == (word == known)


@pytest.mark.parametrize("word", ["mail", "key", "firmware", "token"])
def test_known_word_is_itself(lexicon: Lexicon, word: str) -> None:
    """A word that an entry or a list of plain words has is never taken for a misspelt one."""
    assert lexicon.spell(word) == ((word,), 1.0)


@pytest.mark.parametrize(
    ("word", "known"), [("ofline", "offline"), ("onlin", "online"), ("expred", "expired")]
)
def test_letter_left_out(lexicon: Lexicon, word: str, known: str) -> None:
    """Of words equally near, the one that lacks no letter of the other wins: "ofline" isn't "online"."""
    assert lexicon.spell(word).words == (known,)


def test_word_between_two_terms(knowledge: Knowledge) -> None:
    """A word as near to one term as to another, letter for letter, stands for neither."""
    terms = [Term("locked", {"en": ("locked",)}, {}, False), Term("looked", {"en": ("looked",)}, {}, False)]
    between = Lexicon(senses([], terms), (), find_faults(terms))
    assert between.spell("loxked") == (("loxked",), 0.0)


@pytest.mark.parametrize("word", ["nox", "lop", "giraffe", "x", "onlookers", "a" * 60])
def test_unknown_word(lexicon: Lexicon, word: str) -> None:
    """A word too short or too far from any stands for itself, with likeness 0."""
    assert lexicon.spell(word) == ((word,), 0.0)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("deviceoffline", ("device", "offline")),
        ("smartdevice", ("smart", "device")),
        ("tokenlist", ("token", "list")),
    ],
)
def test_words_written_together(lexicon: Lexicon, word: str, parts: tuple[str, ...]) -> None:
    """A word made of known ones stands for these."""
    assert lexicon.spell(word) == (parts, 1.0)


def test_a_name_of_short_words(lexicon: Lexicon) -> None:
    """What only words of two letters make is a name: it denies nothing."""
    assert lexicon.spell("isno").words == ("isno",)


def test_spelling_twice(lexicon: Lexicon) -> None:
    """A word is spelt the same way whenever it is asked."""
    assert lexicon.spell("devcie") == lexicon.spell("devcie")


@pytest.mark.parametrize(
    ("run", "forms"),
    [
        ("设备在线", [("设备", "device", 0), ("在线", "online", 1)]),
        ("设备离线了", [("设备", "device", 0), ("离线", "online", -1), ("了", "", 0)]),
        ("智能设备", [("智能设备", "device", 0)]),
        ("设备不在线", [("设备", "device", 0), ("不", NOT, -1), ("在线", "online", 1)]),
        ("不在线上", [("不在线上", "online", -1)]),
        ("没有过期", [("没有", NOT, -1), ("过期", "expired", 1)]),
        ("月亮", []),
        ("天设备气", [("设备", "device", 0)]),
        ("", []),
    ],
)
def test_segmenting(lexicon: Lexicon, run: str, forms: list[tuple[str, str, int]]) -> None:
    """Chinese has no spaces: a run falls into the forms that explain most of it, the longest first."""
    found = lexicon.segment(run)
    assert [(run[start:end], sense.name, sense.sign) for start, end, sense in found] == forms


@pytest.mark.parametrize(
    ("words", "start", "found"),
    [
        (["smart", "device", "offline"], 0, (2, "device")),
        (["smart", "device", "offline"], 1, (2, "device")),
        (["smart", "device", "offline"], 2, (3, "online")),
        (["smart", "phone"], 0, None),
        (["isn't", "online"], 0, (1, NOT)),
    ],
)
def test_longest_latin_form(
    lexicon: Lexicon, words: list[str], start: int, found: tuple[int, str] | None
) -> None:
    """Of the forms that begin at a word the longest is read."""
    got = lexicon.find_latin(words, start)
    assert (got and (got[0], got[1].name)) == found


def test_senses(lexicon: Lexicon) -> None:
    """Terms carry their sign, negators deny, an absence denies the thing behind it, a middle is firm."""
    assert (lexicon.latin["offline"].sign, lexicon.latin["online"].sign, lexicon.latin["device"].sign) == (
        -1,
        1,
        0,
    )
    assert lexicon.latin["not"].sort == "negator"
    assert (lexicon.latin["no"].denies, lexicon.latin["not"].denies) == (True, False)
    assert (lexicon.latin["agree"].firm, lexicon.latin["online"].firm) == (True, False)
    assert lexicon.latin["says"].sort == lexicon.latin["the"].sort == "chatter"


def test_term_before_chatter(knowledge: Knowledge) -> None:
    """A form that is a term as well as chatter is the term."""
    language = replace(knowledge.languages["en"], chatter=("device",))
    small = Lexicon(senses([language], [DEVICE]), (), find_faults([DEVICE]))
    assert small.latin["device"].sort == "term"


def test_faults() -> None:
    """Faults are negators, the opposite of what should be, and what tells a fault by itself."""
    assert find_faults(TERMS) == {(NOT, -1), ("online", -1), ("expired", 1), ("loop", 0), ("agree", -1)}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("device isn't online", ["device", "isn't", "online"]),
        ("设备device不在线", ["device"]),
        ("a1b_2", ["a", "b"]),
        ("28504", []),
        ("größe", ["größe"]),
    ],
)
def test_latin_words(text: str, words: list[str]) -> None:
    """A Latin word holds no digits and no Chinese."""
    assert LATIN_WORD.findall(text) == words


def test_every_real_form_is_read(knowledge: Knowledge) -> None:
    """Every form of every term, alone, is read as that term."""
    terms = (*knowledge.terms, *(term for pack in knowledge.packs.values() for term in pack.terms))
    small = Lexicon(senses(knowledge.languages.values(), terms), (), find_faults(terms))
    for term in terms:
        for forms in (*term.forms.values(), *term.opposites.values()):
            for form in forms:
                found = small.han.get(form) or small.latin.get(" ".join(LATIN_WORD.findall(form)))
                assert found
                assert found.name == term.name, form
