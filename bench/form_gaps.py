"""Which forms that strangers use the terms lack: `python -m bench.form_gaps [--family NAME]`.

A term that people say in their own words needs more than the words of a manual: everyday verbs, what cannot
be done, what was not done, the usage of Taiwan and Hong Kong, all endings of an English word. The kinds stand
in bench/words/form_kinds.yaml. What is listed is to be looked through: not every term has every kind.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

from bench.word_lists import read_words
from bot.knowledge.language import Term
from bot.knowledge.load import load_knowledge
from bot.knowledge.snapshot import Knowledge
from bot.matching import fold
from bot.matching.lexicon import list_spellings

SHIPPED = Path(__file__).parents[1] / "knowledge"
GENERAL = "general"
"""The family of terms.yaml: words that mean the same in any product."""

Sort = Literal["state", "deed", "thing"]
_DOUBLED = re.compile(r"([bdglmnprt])\1(?=ed$|ing$)")


class Gap(NamedTuple):
    """A kind of form that a term lacks; `missing` are words of that kind, where they are known."""

    family: str
    term: str
    kind: str
    missing: tuple[str, ...] = ()


def find_gaps(knowledge: Knowledge) -> Iterator[Gap]:
    """Yield what the terms lack, by family, then what the lists of languages.yaml lack."""
    kinds = read_words("form_kinds")
    known = _list_known(knowledge)
    for family, terms in _list_families(knowledge).items():
        for term in terms:
            yield from (Gap(family, term.name, *lack) for lack in _find_lacks(term, kinds, known))
    for setting, lists in (("chatter", kinds["people"]), ("negators", kinds["negators"])):
        for language, words in lists.items():
            missing = tuple(word for word in words if fold(word) not in known)
            if missing:
                yield Gap("languages.yaml", f"{language}.{setting}", "words", missing)


def sort_term(term: Term) -> Sort:
    """Say what a term is: a state has an opposite, a deed has an English form in -ing.

    >>> sort_term(Term("cancel", {"en": ("cancel", "cancelling")}, {}, polar=False))
    'deed'
    """
    if term.polar:
        return "state"
    is_deed = any(form.endswith("ing") and " " not in form for form in term.forms.get("en", ()))
    return "deed" if is_deed else "thing"


def list_endings(forms: Collection[str]) -> tuple[str, ...]:
    """Return the endings that English words among `forms` lack: -s, or -ed and -ing of one that has either.

    Irregular words are known by their other forms and left alone.

    >>> list_endings(("cancel", "cancels", "canceled")), list_endings(("lapse", "lapsed"))
    (('cancel -ing',), ('lapse -s', 'lapse -ing'))
    """
    words = {form for form in forms if re.fullmatch("[a-z]{3,}", form)}
    plain = {_DOUBLED.sub(r"\1", word) for word in words}
    lacking: list[str] = []
    for base in sorted(words):
        if re.search(r"(?:ed|ing|ly|er|[^s]s)$", base):
            continue
        cut = re.sub(r"(?<!e)e$", "", base)  # lapse, but agree
        past = re.sub(r"(?<![aeiou])y$", "i", cut) + "ed" if not base.endswith("ee") else base + "d"
        doing = cut + "ing"
        plural = {base + "s", base + "es", re.sub(r"y$", "ie", base) + "s"}
        is_verb = bool({past, doing} & plain)
        if not plural & words and (is_verb or len(words) == 1):
            lacking.append(f"{base} -s")
        lacking += (
            f"{base} {end}" for end, form in (("-ed", past), ("-ing", doing)) if is_verb and form not in plain
        )
    return tuple(lacking)


def render(gaps: Sequence[Gap]) -> str:
    """Return the gaps as lines, a heading for each family."""
    lines: list[str] = []
    family = ""
    for gap in gaps:
        if gap.family != family:
            family = gap.family
            lines += ["", family] if lines else [family]
        missing = f": {', '.join(gap.missing)}" if gap.missing else ""
        lines.append(f"  {gap.term}  {gap.kind}{missing}")
    return "\n".join([*lines, "", f"{len(gaps)} gaps"])


def _find_lacks(
    term: Term, kinds: Mapping[str, Any], known: Collection[str]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    sort = sort_term(term)
    endings = list_endings([*term.forms.get("en", ()), *term.opposites.get("en", ())])
    if endings:
        yield "en endings", endings
    for language, found in kinds["kinds"].items():
        for kind, rule in found.items():
            if sort not in rule["of"]:
                continue
            sides = {"": term.forms, "opposite": term.opposites} if term.polar else {"": term.forms}
            for side, forms in sides.items():
                if rule.get("side", side) == side and not _has(forms.get(language, ()), rule["patterns"]):
                    yield f"{language} {kind}{f' ({side})' if side else ''}", ()
    own = {fold(form) for sides in (term.forms, term.opposites) for form in sides.get("zh", ())}
    for region, pairs in kinds["usage"].items():
        missing = tuple(
            there for here, there in pairs.items() if fold(here) in own and fold(there) not in known
        )
        if missing:
            yield region, missing


def _has(forms: Collection[str], patterns: Sequence[str]) -> bool:
    return any(re.fullmatch(pattern, form) for pattern in patterns for form in forms)


def _list_known(knowledge: Knowledge) -> frozenset[str]:
    """Return every word of terms and languages, folded, in dialect too."""
    known: set[str] = set()
    for language in knowledge.languages.values():
        dialect = {fold(part): tuple(map(fold, words)) for part, words in language.dialect.items()}
        words = [*language.negators, *language.absences, *language.chatter, *language.hint_words]
        words += dialect
        for term in knowledge.all_terms:
            words += (*term.forms.get(language.id, ()), *term.opposites.get(language.id, ()))
        known.update(spelling for word in words for spelling in list_spellings(fold(word), dialect))
    return frozenset(known)


def _list_families(knowledge: Knowledge) -> dict[str, list[Term]]:
    """Return the terms by the family that names them; those of no family under their pack."""
    families: dict[str, list[Term]] = {GENERAL: list(knowledge.terms)}
    for pack in knowledge.packs.values():
        named = {name: key for key, family in pack.families.items() for name in reversed(family.terms)}
        for term in pack.terms:
            families.setdefault(f"{pack.id} {named.get(term.name, '')}".strip(), []).append(term)
    return families


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what is lacking; 0 whatever it is, for it is to be looked through."""
    parser = argparse.ArgumentParser(prog="python -m bench.form_gaps", description="Forms that terms lack.")
    parser.add_argument("--knowledge", type=Path, default=SHIPPED, metavar="FOLDER")
    parser.add_argument("--family", help="print the gaps of this family alone")
    options = parser.parse_args(arguments)
    gaps = [
        gap for gap in find_gaps(load_knowledge(options.knowledge)) if options.family in (None, gap.family)
    ]
    print(render(gaps))
    return 0


if __name__ == "__main__":
    sys.exit(main())
