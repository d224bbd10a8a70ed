"""Texts that no entry answers: meanings turned round, codes of other tables, numbers that are no codes.

Turned texts are put to the desk in both modes, all others only as posts in a watched channel. The same seed
makes the same texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice, zip_longest
from random import Random

from bench.edits import CHINESE, NEGATING, NEGATORS
from bench.spellings import COMMA
from bench.strings import Strings, list_searched
from bench.word_lists import read_words
from bot.knowledge.language import Term
from bot.knowledge.question import Question
from bot.knowledge.snapshot import Knowledge

TURNED = "turned"
PRESENT = ("present",)  # is missing -> is present
ENGLISH_TURNS = (
    (r"\bcan(?:'t|not) be\b", "can be"),
    (r"\bcan(?:'t|not)\b", "can"),
    (r"\bcould not be\b", "could be"),
    (r"\bcould(?:n't| not)\b", "could"),
    (r"\b(is|are|was|were|has|have|does|did|will|would)(?:n't| not)\b", r"\1"),
    (r"\bwon't\b", "will"),
    (r"\bnot (found|bound|available|supported|valid|online|set)\b", r"\1"),
    (r"\bnever\b", "already"),
    (r"\bunable to\b", "able to"),
)
CHINESE_TURNS = (
    (r"没有", "有"),
    (r"不见了", "又出现了"),
    (r"没了", "还在"),
    (r"[没无]法", "可以"),
    (r"没(?=[这用])", "有"),
    (r"还没|还未", "已经"),
    (r"从没", "曾"),
    (r"没|未(?!经)", "已"),
    (r"未经", "经过"),
    (r"无(?=[权效])", "有"),
    (r"(?<=[找查搜拿拉连打调升装刷看认用撤消成])不(?=[到出上开通进懂了])", "得"),
    (r"不(?!同)", ""),
)
FAULTS = re.compile(
    r"error|fail|wrong|expired|stale|exception|crash|broke|refus|reject|deni|forbid|invalid|illegal|bad\b|"
    r"错|误|失败|异常|崩|拒|禁|非法|无效|过期|超|限|重复|挂|坏|丢",
    re.IGNORECASE,
)


def list_turned(knowledge: Knowledge, strings: Strings) -> tuple[Question, ...]:
    """Return the knowledge's strings with their one negation taken out, or their one term turned.

    What still names another fault is left out, and so is what turns a term that is a fault on either side:
    who is bound when he shouldn't be has an entry, too.
    """
    two_sided = [term for term in knowledge.all_terms if _is_told_on_both_sides(term, knowledge)]
    avoided = {form.lower() for term in two_sided for side in _list_sides(term) for form in side}
    own = {entry.code: (entry.message, *entry.title.values()) for entry in list_searched(knowledge)}
    found: dict[str, Question] = {}
    for source in strings.sources:
        if COMMA.search(source.text):
            continue  # two statements; the other one still stands
        if _has_any(source.text, avoided):
            continue
        for turned in _turn(source.text, source.language, own[source.code], knowledge.all_terms):
            if FAULTS.search(turned) or _has_any(turned, avoided) or turned in found:
                continue
            if not strings.find_owners(turned):
                found[turned] = Question(turned, (), TURNED, source.language, id=source.text)
    return tuple(found.values())


def list_foreign(knowledge: Knowledge, count: int, seed: int) -> tuple[Question, ...]:
    """Return posts with other tables' codes and with numbers that are no codes, evenly by table and shape.

    Where a template has room for one, the number is a documented code.
    """
    rng = Random(seed)
    codes = [entry.code for entry in list_searched(knowledge)]
    words = read_words("foreign")
    lines = [
        *(_fill(f"table {table}", "", templates, codes, rng) for table, templates in words["tables"].items()),
        *(
            _fill(f"number {shape}", language, templates, codes, rng)
            for shape, by_language in words["shapes"].items()
            for language, templates in by_language.items()
        ),
    ]
    posts = (post for row in zip_longest(*lines) for post in row if post is not None)
    return tuple(islice(posts, count))


def _fill(
    kind: str, language: str, templates: Sequence[str], codes: Sequence[str], rng: Random
) -> Iterator[Question]:
    """Yield a shape's posts, each text once, its templates and the codes in turn."""
    shuffled = rng.sample(codes, len(codes))
    taken: set[str] = set()
    for code in shuffled:
        for template in templates:
            text = re.sub(r"\{d\}", lambda _: f"{rng.randrange(10, 60)}", template.replace("{n}", code))
            if text not in taken and (code == shuffled[0] or "{n}" in template):
                taken.add(text)
                told = language or ("zh" if CHINESE.search(text) else "en")
                yield Question(text, (), kind, told, mode="watch")


def _turn(text: str, language: str, own: Sequence[str], terms: Iterable[Term]) -> Iterator[str]:
    """Yield the text with its meaning turned, where it has one negation, or one term that does without.

    Only a term that the entry's `own` message or title tells is its fault.
    """
    negations = len(NEGATING.findall(text)) + sum(letter in NEGATORS for letter in text)
    turns = ENGLISH_TURNS if language == "en" else CHINESE_TURNS
    if negations == 1:
        for pattern, positive in turns:
            turned = re.sub(pattern, positive, text, flags=re.IGNORECASE)
            if turned != text:
                yield turned
                break
    elif not negations:
        for term in terms:
            if term.opposites and _is_told(term, own):
                words, positive = _find_turn(term, language)
                yield from _replace(text, words, positive, language)


def _find_turn(term: Term, language: str) -> tuple[tuple[str, ...], str]:
    """Return the words that tell a term's fault, and what comes for one when all is well.

    `\\g<0>` is the word itself. English phrases have no one word that fits in their place.
    """
    if term.tells_fault:
        words = term.forms.get(language, ())
        return words, r"not \g<0>" if language == "en" else term.opposites[language][0]
    words = tuple(
        word for word in term.opposites.get(language, ()) if " " not in word and "管理员" not in word
    )
    forms = term.forms.get(language, ("",))
    return words, next((form for form in (*PRESENT, term.name) if form in forms), forms[0])


def _replace(text: str, words: Iterable[str], positive: str, language: str) -> Iterator[str]:
    """Yield the text with the longest of the words in it replaced, if one is there."""
    for word in sorted(words, key=len, reverse=True):
        pattern = rf"\b{re.escape(word)}\b" if language == "en" else re.escape(word)
        turned = re.sub(pattern, positive, text, flags=re.IGNORECASE)
        if turned != text:
            yield turned
            return


def _is_told_on_both_sides(term: Term, knowledge: Knowledge) -> bool:
    """Say whether one entry's message or title tells a term as its fault, and another's the contrary."""
    if not term.opposites:
        return False
    faults = [form for each in knowledge.all_terms if each.tells_fault for form in _list_sides(each)[0]]
    sides: set[bool] = set()
    for entry in list_searched(knowledge):
        for text in (entry.message, *entry.title.values()):
            forms, opposites = _list_sides(term)
            if _has_any(text, opposites):
                sides.add(False)
            elif _has_any(text, forms):
                is_negated = NEGATING.search(text) or NEGATORS & set(text)
                if is_negated or not _has_any(text, faults):
                    sides.add(not is_negated)
    return len(sides) == 2


def _is_told(term: Term, texts: Iterable[str]) -> bool:
    return any(_has_any(text, form) for text in texts for form in _list_sides(term))


def _list_sides(term: Term) -> tuple[tuple[str, ...], tuple[str, ...]]:
    forms = tuple(form for side in term.forms.values() for form in side)
    return forms, tuple(form for side in term.opposites.values() for form in side)


def _has_any(text: str, words: Iterable[str]) -> bool:
    return bool(_compile(tuple(words)).search(text.lower()))


@cache
def _compile(words: tuple[str, ...]) -> re.Pattern[str]:
    """Compile what finds any of the words; a Latin one is found as a whole."""
    each = (re.escape(word) if CHINESE.search(word) else rf"\b{re.escape(word)}\b" for word in words)
    return re.compile("|".join(each) or "(?!)")
