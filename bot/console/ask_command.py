"""`faultbook ask` and `faultbook show`: questions in, answers out as text or JSON.

The words of an answer and their layout stand in bot/replies.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence

import click

from bot.console.intake import check_words
from bot.console.screen import Screen, read_questions
from bot.console.session import Session
from bot.desk import Mode
from bot.errors import InputError
from bot.knowledge.entry import Entry, pick_text
from bot.matching import LONGEST, Explanation, Match
from bot.replies.answer import Item, Part
from bot.replies.cues import find_cue, find_veto
from bot.replies.layout import Block, lay_out, lay_out_card, lay_out_part, lay_out_text
from bot.replies.measures import find_measure
from bot.replies.plain import PlainReplies, Surface, find_reason, find_rule
from bot.replies.sentences import (
    AnswerSentence,
    ConsoleSentence,
    ExplanationSentence,
    Sentence,
    SettingSentence,
)
from bot.shorten import keep_start

MOST_CANDIDATES = 10  # what is further down explains nothing


class AskCommand:
    """Answers questions, all in the manner that the options say."""

    def __init__(
        self,
        session: Session,
        lang: str,
        mode: Mode,
        eager: bool,
        as_json: bool,
        explain: bool,
        packs: Sequence[str] = (),
    ) -> None:
        """Ask these packs alone, if any are named. Raises InputError if one isn't there."""
        self._session = session
        self._packs = session.check_packs(packs) if packs else ()
        self._lang = lang
        self._mode: Mode = mode
        self._eager = eager
        self._as_json = as_json
        self._explain = explain
        self._screen = Screen(sys.stdout)

    def ask_once(self, question: str, surface: Surface = "command") -> None:
        """Answer one question; a longer one than the desk reads is cut, and that is said."""
        session = self._session
        read = keep_start(question, LONGEST)
        language = session.choose_language(self._lang, read)
        if read != question:
            click.echo(session.say(ConsoleSentence.QUESTION_CUT, count=LONGEST), err=True)
            question = read
        asked = (question, self._mode, self._eager, self._packs)
        if self._as_json:
            import json

            from bot.replies.json_shape import build_json

            verdict = session.desk.ask(*asked)
            click.echo(json.dumps(build_json(verdict, language), ensure_ascii=False))
            return
        explanation = session.desk.explain(*asked) if self._explain else None
        verdict = explanation.verdict if explanation else session.desk.ask(*asked)
        answer = PlainReplies(session.knowledge, language, surface).build_answer(verdict)
        blocks = list(lay_out(answer, self._screen.room))
        if explanation:
            blocks += _lay_out_explanation(explanation, session, language, self._screen.room)
        self._screen.show(blocks)

    def ask_in_a_loop(self) -> bool:
        """Answer questions as they are typed, until an empty line or Ctrl-D; return False after a Ctrl-C."""
        say = self._session.say
        self._session.choose_language(self._lang, "")
        click.echo(say(ConsoleSentence.LOOP_GREETING))
        interrupted = False
        try:
            for question in read_questions(sys.stdin):
                if question is None:
                    click.echo(say(ConsoleSentence.QUESTION_NOT_TEXT, byte=0), err=True)
                else:
                    self.ask_once(question, "loop")
        except KeyboardInterrupt:
            interrupted = True
            click.echo()
        click.echo(say(ConsoleSentence.LOOP_END))
        return not interrupted


def show_entries(session: Session, codes: Sequence[str], lang: str | None, as_json: bool = False) -> None:
    """Show the entries of codes, of every pack that has them.

    Raises InputError naming the first code that isn't documented; nothing is shown then.
    """
    language = session.choose_language(lang or session.settings.language, "")
    entries = [entry for code in codes for entry in find_shown(session, code)]
    if as_json:
        import json

        from bot.replies.json_shape import build_entries_json

        click.echo(json.dumps(build_entries_json(entries, language), ensure_ascii=False))
        return
    screen = Screen(sys.stdout)
    replies = PlainReplies(session.knowledge, language)
    screen.show(lay_out_card(replies.build_card(entry), screen.room) for entry in entries)


def find_shown(session: Session, word: str) -> list[Entry]:
    """Return the entries of a code as it was typed. Raises InputError where it isn't documented."""
    word = check_words(word)
    code = word.lstrip("-")
    for spelling in (word, code, _read_code(session, code)):
        if entries := _find_entries(session, spelling):
            return entries
    raise InputError(SettingSentence.CODE_NOT_DOCUMENTED, code=word)


def _find_entries(session: Session, code: str) -> list[Entry]:
    """Return the entries of a code, or the one of `pack/code`."""
    knowledge = session.knowledge
    entry = knowledge.find_entry(code)
    return [entry] if entry else knowledge.find_entries(code)


def _read_code(session: Session, word: str) -> str:
    """Return the code in a word as the desk reads it, signs, prefixes and wide digits put aside (E28504)."""
    codes = session.desk.explain(word).codes
    return codes[0].code if len(codes) == 1 else ""


def _lay_out_explanation(
    explanation: Explanation, session: Session, language: str, room: int
) -> Iterator[Block]:
    def say(key: Sentence, **values: object) -> str:
        return session.say(key, **values)

    def tell(match: Match) -> Item:
        rule = find_rule(match.evidence.rule)
        text = say(
            ExplanationSentence.EXPLAIN_CANDIDATE,
            title=pick_text(match.entry.title, language),
            score=f"{match.score:.1f}",
            rule=say(rule) if rule else match.evidence.rule,
            phrase=match.evidence.phrase,
        )
        return Item(text, lead=match.entry.code)

    read = say(ExplanationSentence.EXPLAIN_READ, text=_shorten(explanation.normalised))
    yield lay_out_text(say(ExplanationSentence.EXPLAIN), room, "title")
    yield lay_out_text(read, room)
    if explanation.codes:
        codes = ", ".join(mention.code for mention in explanation.codes)
        yield lay_out_text(say(ExplanationSentence.EXPLAIN_CODES, codes=codes), room)
    else:
        yield lay_out_text(say(ExplanationSentence.EXPLAIN_NO_CODES), room)
    cues = [
        Item(_join(map(find_cue, each.cues), say), lead=each.code) for each in explanation.codes if each.cues
    ]
    if cues:
        yield lay_out_part(Part(say(ExplanationSentence.EXPLAIN_CUES), tuple(cues[:MOST_CANDIDATES])), room)
    vetoes = [Item(say(find_veto(each.veto)), lead=each.digits) for each in explanation.passed_over]
    if vetoes:
        yield lay_out_part(
            Part(say(ExplanationSentence.EXPLAIN_VETOES), tuple(vetoes[:MOST_CANDIDATES])), room
        )
    verdict = explanation.verdict
    passed_over = _list_passed_over(explanation, session)
    if passed_over:
        told_codes = ", ".join(passed_over)
        yield lay_out_text(say(ExplanationSentence.EXPLAIN_PASSED_OVER, codes=told_codes), room)
    if verdict.matches:
        matches = tuple(tell(match) for match in verdict.matches)
        yield lay_out_part(Part(say(AnswerSentence.LABEL_WHY), matches), room)
    if explanation.candidates:
        items = tuple(tell(match) for match in explanation.candidates[:MOST_CANDIDATES])
        yield lay_out_part(Part(say(ExplanationSentence.EXPLAIN_CANDIDATES), items), room)
        said = (
            say(ExplanationSentence.EXPLAIN_DENIED, word=one.name) if one.sign < 0 else one.name
            for one in explanation.said
        )
        yield lay_out_text(say(ExplanationSentence.EXPLAIN_SAID, words=_shorten(", ".join(said))), room)
        told = tuple(
            Item(
                say(
                    ExplanationSentence.EXPLAIN_MEASURE,
                    what=say(find_measure(name)),
                    value=f"{value:.2f}",
                    points=f"{points:+.1f}",
                )
            )
            for name, value, points in explanation.measures
        )
        best = explanation.candidates[0].entry.code
        yield lay_out_part(Part(say(ExplanationSentence.EXPLAIN_MEASURES, code=best), told), room)
    elif not passed_over:
        yield lay_out_text(say(ExplanationSentence.EXPLAIN_NO_CANDIDATES), room)
    if verdict.reason:
        why = say(find_reason(verdict.reason))
        yield lay_out_text(
            say(ExplanationSentence.EXPLAIN_VERDICT_WHY, kind=verdict.kind, reason=verdict.reason, why=why),
            room,
        )
    else:
        yield lay_out_text(say(ExplanationSentence.EXPLAIN_VERDICT, kind=verdict.kind), room)


def _list_passed_over(explanation: Explanation, session: Session) -> list[str]:
    """Return the documented codes that were read but not taken, where the verdict is silence."""
    if explanation.verdict.kind != "abstained":
        return []
    codes = dict.fromkeys(mention.code for mention in explanation.codes)
    return [code for code in codes if session.knowledge.find_entries(code)]


def _join(sentences: Iterable[Sentence], say: Callable[[Sentence], str]) -> str:
    """Return the sentences side by side, each once."""
    return "; ".join(dict.fromkeys(map(say, sentences)))


def _shorten(text: str, most: int = 400) -> str:
    return text if len(text) <= most else f"{text[:most]} …"
