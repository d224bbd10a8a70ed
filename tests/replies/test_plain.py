"""Plain replies: every entry in every language, and each kind of verdict, rendered for a terminal."""

from __future__ import annotations

import dataclasses
import io
import re
from pathlib import Path

import pytest

from bot.console.screen import FRAME, WIDEST, Screen
from bot.knowledge.entry import Entry
from bot.knowledge.snapshot import Knowledge
from bot.matching import Evidence, Match, Matcher, UnknownCode, Verdict
from bot.replies.answer import Answer
from bot.replies.fallback import list_text_lines
from bot.replies.layout import Block, lay_out, lay_out_card
from bot.replies.plain import PlainReplies
from bot.replies.wrap import count_cells
from tests.support.every_entry import for_every_entry
from tests.support.shipped import load_shipped

KNOWLEDGE = load_shipped()
LANGUAGES = tuple(KNOWLEDGE.languages)
ROOM = WIDEST - FRAME
PLACEHOLDER = re.compile(r"\{\w*\}")


def match(entry: Entry) -> Match:
    return Match(entry, 93.4, Evidence("phrase", (0, 5), "some words"))


def print_blocks(blocks: tuple[Block, ...]) -> str:
    stream = io.StringIO()
    Screen(stream).show(blocks)
    return stream.getvalue()


def assert_fit_for_people(printed: str) -> None:
    assert not PLACEHOLDER.search(printed)
    assert "\n\n\n" not in printed
    for line in printed.split("\n"):
        assert count_cells(line) <= WIDEST, line
        assert line == line.rstrip(), repr(line)


@for_every_entry
def test_entry(entry: Entry, language: str) -> None:
    """Every entry has a card in every language that shows all it knows within 80 columns."""
    replies = PlainReplies(KNOWLEDGE, language)
    card = replies.build_card(entry)
    for part in card.parts:
        assert part.label
        assert all(item.text for item in part.items)
    printed = print_blocks((lay_out_card(card, ROOM),))
    assert_fit_for_people(printed)
    flat = re.sub(r"\s", "", printed)
    told = [
        entry.code, entry.message, entry.title[language], entry.description[language], entry.cause[language],
        entry.customer[language], KNOWLEDGE.packs[entry.pack].source_date,
        *(step.text[language] for step in entry.steps), entry.situation.get(language, ""),
        *(related.code for related in entry.related),
    ]  # fmt: skip
    for text in told:
        assert re.sub(r"\s", "", str(text)) in flat, text


@pytest.mark.parametrize("language", LANGUAGES)
def test_choices(language: str) -> None:
    """Choices show each code with what tells it apart, and how to ask on."""
    entries = KNOWLEDGE.entries[:5]
    verdict = Verdict("choices", matches=tuple(match(entry) for entry in entries))
    answer = PlainReplies(KNOWLEDGE, language).build_answer(verdict)
    assert [choice.code for choice in answer.choices] == [entry.code for entry in entries]
    assert all(choice.title and choice.apart for choice in answer.choices)
    assert f"faultbook ask {entries[0].code}" in answer.following
    printed = print_blocks(lay_out(answer, ROOM))
    assert_fit_for_people(printed)
    assert all(entry.title[language] in printed for entry in entries)


def test_choices_in_a_loop() -> None:
    """In the loop of a terminal one asks on by the bare code."""
    verdict = Verdict("choices", matches=tuple(match(entry) for entry in KNOWLEDGE.entries[:2]))
    answer = PlainReplies(KNOWLEDGE, "en", "loop").build_answer(verdict)
    assert "faultbook ask" not in answer.following
    assert KNOWLEDGE.entries[0].code in answer.following


def test_choices_are_told_apart_by_situation() -> None:
    """An entry that says in which situation it arises is told apart by that, any other by its description."""
    plain = dataclasses.replace(KNOWLEDGE.entries[0], situation={})
    special = dataclasses.replace(KNOWLEDGE.entries[1], situation={"en": "While a lock is set up."})
    verdict = Verdict("choices", matches=(match(plain), match(special)))
    first, second = PlainReplies(KNOWLEDGE, "en").build_answer(verdict).choices
    assert first.apart == plain.description["en"]
    assert second.apart == "While a lock is set up."


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", ["28540", "77777"])
def test_unknown_code(language: str, code: str) -> None:
    """An undocumented code is named with its family, where it has one, the nearest codes and what to do."""
    pack = KNOWLEDGE.packs["aliyun-living"]
    family = pack.find_family(code)
    near = (pack.entries["28504"],)
    verdict = Verdict("abstained", nearest=near, unknown=(UnknownCode(code, (0, 5), family),), reason="x")
    answer = PlainReplies(KNOWLEDGE, language).build_answer(verdict)
    assert code in answer.unknown[0]
    assert (family is None) == (code == "77777")
    if family:
        assert family.title[language] in answer.unknown[0]
    printed = print_blocks(lay_out(answer, ROOM))
    assert_fit_for_people(printed)
    assert "28504" in printed
    assert answer.following


@pytest.mark.parametrize("language", LANGUAGES)
def test_silence(language: str) -> None:
    """Where nothing fits, the reply says so and what to try; nothing is offered."""
    answer = PlainReplies(KNOWLEDGE, language).build_answer(Verdict("abstained", reason="x"))
    assert answer.opening
    assert answer.following
    assert not answer.nearest_label
    assert_fit_for_people(print_blocks(lay_out(answer, ROOM)))


def test_known_and_unknown_code_together() -> None:
    """A documented code is answered, and an undocumented one beside it is still named."""
    verdict = Verdict(
        "answered", matches=(match(KNOWLEDGE.entries[0]),), unknown=(UnknownCode("28540", (6, 11), None),)
    )
    printed = print_blocks(lay_out(PlainReplies(KNOWLEDGE, "en").build_answer(verdict), ROOM))
    assert "28540" in printed
    assert KNOWLEDGE.entries[0].title["en"] in printed


def test_retired_and_internal_are_marked() -> None:
    """A retired entry names its replacement, an internal one says that it is."""
    entry = dataclasses.replace(
        KNOWLEDGE.entries[0], status="retired", replaced_by="28504", audience="internal"
    )
    card = PlainReplies(KNOWLEDGE, "en").build_card(entry)
    assert card.marks[0] == "internal"
    assert "28504" in card.marks[1]
    gone = dataclasses.replace(entry, replaced_by=None, audience="public")
    assert PlainReplies(KNOWLEDGE, "en").build_card(gone).marks == (
        "200 is retired: the API no longer returns it.",
    )


def test_basis_and_audience_of_steps_are_marked() -> None:
    """A step that is inferred has a sign, which one footnote explains; an internal one says so."""
    entry = KNOWLEDGE.packs["aliyun-living"].entries["28504"]
    card = PlainReplies(KNOWLEDGE, "en").build_card(dataclasses.replace(entry, notes=()))
    steps = next(part for part in card.parts if part.numbered)
    assert (steps.items[0].text[-1], steps.items[0].marks) == (".", ())
    assert (steps.items[-1].text[-2:], steps.items[-1].marks) == (".†", ("internal",))
    assert card.footnotes == ("† Concluded here, not stated by the source.",)


@pytest.mark.parametrize(("language", "told"), [("en", "another spelling of 404"), ("zh", "另一种写法")])
def test_answer_by_an_alias_says_so(language: str, told: str) -> None:
    """A card says which other spelling of the code was asked for; asked by the code itself it doesn't."""
    matcher = Matcher(KNOWLEDGE)
    replies = PlainReplies(KNOWLEDGE, language)
    [card] = replies.build_answer(matcher.ask("I404NF")).cards
    assert card.marks[0].startswith("I404NF ")
    assert told in card.marks[0]
    assert replies.build_answer(matcher.ask("404")).cards[0].marks == ()


def test_text_has_footnotes_of_its_own_signs_alone() -> None:
    """The text of a message explains a sign only where a line of it has that sign."""
    replies = PlainReplies(KNOWLEDGE, "en")
    entry = KNOWLEDGE.packs["aliyun-living"].entries["28504"]
    answer = Answer("answered", "en", cards=(replies.build_card(entry),))
    lines = list_text_lines(answer)
    assert not any("‡" in line for line in lines)
    assert lines[-1].startswith("† ")


def test_no_footnote_without_a_sign() -> None:
    """A card without an inferred statement has no footnote: a step that isn't shown doesn't count."""
    entry = KNOWLEDGE.packs["aliyun-living"].entries["28504"]
    stated = dataclasses.replace(entry, steps=(entry.steps[0], entry.steps[-1]), notes=())
    assert entry.steps[-1].audience == "internal"
    assert PlainReplies(KNOWLEDGE, "en", "slack", "public").build_card(stated).footnotes == ()
    assert PlainReplies(KNOWLEDGE, "en", "slack").build_card(stated).footnotes != ()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_many_codes_are_listed(language: str, count: int) -> None:
    """Two entries are shown in full, three or more are listed with their meanings, in the order named."""
    entries = KNOWLEDGE.entries[5 : 5 + count]
    answer = PlainReplies(KNOWLEDGE, language).build_answer(Verdict("answered", tuple(map(match, entries))))
    assert [card.code for card in answer.cards] == [entry.code for entry in entries if count < 3]
    assert [(choice.code, choice.apart) for choice in answer.choices] == [
        (entry.code, entry.description[language]) for entry in entries if count >= 3
    ]
    assert (f"faultbook ask {entries[0].code}" in answer.following) == (count >= 3)
    assert_fit_for_people(print_blocks(lay_out(answer, ROOM)))


def test_narrow_terminal() -> None:
    """Thirty columns are enough for every card: nothing runs over."""
    for entry in KNOWLEDGE.entries:
        for language in LANGUAGES:
            card = PlainReplies(KNOWLEDGE, language).build_card(entry)
            for line in lay_out_card(card, 26).lines:
                assert sum(count_cells(piece.text) for piece in line) <= 26


def test_no_text_steers_the_terminal() -> None:
    """Escape sequences in a text are printed as blanks."""
    verdict = Verdict("abstained", unknown=(UnknownCode("1\x1b[31m2\r\n3\u202e4", (0, 1), None),))
    printed = print_blocks(lay_out(PlainReplies(KNOWLEDGE, "en").build_answer(verdict), ROOM))
    assert not set("\x1b\r\u202e") & set(printed)


def test_other_folder(tmp_path: Path) -> None:
    """A card needs nothing but the knowledge it is given."""
    assert isinstance(KNOWLEDGE, Knowledge)
    renamed = dataclasses.replace(KNOWLEDGE, root=str(tmp_path))
    assert PlainReplies(renamed, "zh").build_card(KNOWLEDGE.entries[0]).code == "200"
