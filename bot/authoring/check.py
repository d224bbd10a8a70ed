"""The linter: every fault of a knowledge folder at once, in a fixed order.

The rules stand in rules_*.py, those of form in bot/knowledge.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from bot.authoring import (
    rules_entries,
    rules_files,
    rules_messages,
    rules_packs,
    rules_phrases,
    rules_questions,
    rules_sources,
    rules_texts,
    rules_words,
)
from bot.authoring.subject import Faults, Subject, find_questions
from bot.errors import KnowledgeError, Problem
from bot.knowledge.files import LARGEST, KnowledgeFiles
from bot.knowledge.load import load_knowledge
from bot.knowledge.snapshot import Knowledge, drop_drafts, publish_all
from bot.track import Track, track_silently

Rule = Callable[[Subject], Faults]

_RULES: tuple[Rule, ...] = (
    rules_texts.text_untranslated,
    rules_texts.field_empty,
    rules_texts.text_in_wrong_script,
    rules_messages.message_undefined,
    rules_messages.message_unused,
    rules_messages.message_untranslated,
    rules_messages.placeholder_differs,
    rules_files.file_not_read,
    rules_files.comment_in_text,
    rules_packs.date_malformed,
    rules_packs.primary_unknown,
    rules_packs.families_overlap,
    rules_packs.owner_malformed,
    rules_packs.family_term_unknown,
    rules_packs.term_claimed_twice,
    rules_words.term_missing,
    rules_words.words_missing,
    rules_words.word_twice,
    rules_entries.family_unknown,
    rules_entries.code_outside_family,
    rules_entries.code_shape,
    rules_entries.file_misnamed,
    rules_entries.related_unknown,
    rules_entries.alias_claimed_twice,
    rules_entries.same_fault_unknown,
    rules_entries.replacement_unknown,
    rules_entries.situation_missing,
    rules_entries.customer_shows_code,
    rules_sources.source_unknown,
    rules_sources.source_unused,
    rules_sources.source_missing,
    rules_sources.source_address_malformed,
    rules_sources.seen_missing,
    rules_sources.seen_unexpected,
    rules_phrases.phrase_in_layer,
    rules_phrases.phrase_claimed_twice,
    rules_phrases.shared_unknown,
    rules_phrases.phrase_near_duplicate,
    rules_phrases.phrase_not_own,
)
_QUESTION_RULES: tuple[Rule, ...] = (
    rules_questions.question_missing,
    rules_questions.question_generated,
    rules_questions.question_unknown_code,
    rules_questions.question_equals_phrase,
    rules_questions.question_near_duplicate,
)

RULES: Mapping[str, Rule] = {rule.__name__.replace("_", "-"): rule for rule in (*_RULES, *_QUESTION_RULES)}
"""The rules about contents by name; a rule's docstring says the fault and what to do."""

TO_DO = frozenset({"text-untranslated", "question-generated", "message-undefined", "words-missing"})
"""Rules that tell what is still to be written: no fault, unless `faultbook check --complete` asks for all."""

MISSING = " is not given"  # the end of what a draft lacks in form; that its text is empty says no more

FORM_RULES: Mapping[str, str] = {
    "alias-used": "A text begins with *, which YAML takes for a pointer. Quote it.",
    "anchor-used": "A text begins with &, which YAML takes for an anchor. Quote it.",
    "code-malformed": "A code is neither a number of at most 18 digits nor made of letters, digits, "
    '`_`, `.` and `-`. Write it as "28504" or IOTDA.014016.',
    "code-twice": "Two entries of a pack have the same code. Keep one.",
    "document-extra": "A file that holds one document holds several. Take out the lines `---`.",
    "encoding-wrong": "A file isn't in UTF-8. Save it so.",
    "field-missing": "A field that must be given isn't. Write it.",
    "file-empty": "A file holds nothing. Fill it in or remove it.",
    "file-irregular": "A pipe, a device, a link to a folder or a link out of the knowledge folder stands "
    "where a file is due. Put the file itself there.",
    "file-missing": "A file that must be there isn't. Write it.",
    "file-too-large": "A file is larger than FAULTBOOK_FILE_LIMIT. Split it.",
    "file-unreadable": "A file or folder can't be read. Fix its permissions.",
    "key-twice": "A key is given twice. Keep one.",
    "key-unknown": "A field isn't one of those that may stand there. Fix its name.",
    "language-missing": "A text is given in no language, or a language has no sentences. Write one.",
    "language-unknown": "A text is in a language that languages.yaml doesn't have. Add it, or fix the key.",
    "pattern-costly": "A pattern of `code.patterns` could be slow, or is none. Write letters, digits and "
    "classes, repeated by `?` or `{1,40}`.",
    "range-malformed": "A range isn't \"low-high\" or one code, or `digits` isn't [fewest, most]. "
    "At most 18 digits are read.",
    "tag-used": "A text begins with !, which YAML takes for a tag. Quote it.",
    "text-too-long": "A text is longer than Slack shows in one piece. Shorten it to the limit that the "
    "message names.",
    "type-wrong": "A text stands where a list or a mapping is due, or the other way round. Write what the "
    "message asks for.",
    "value-unknown": "A field that has a few possible values has another one. Choose one of those that the "
    "message lists.",
    "yaml-broken": "A file isn't YAML. The line is where reading had to stop, often just below the slip.",
}
"""The rules of form by name, found while loading (as are some cases of the rules about contents)."""


def check(root: Path, largest: int = LARGEST, track: Track = track_silently) -> tuple[Problem, ...]:
    """Return every problem of a knowledge folder, what is to do included, sorted; none when all is good.

    Faults of form hide those of contents: while a knowledge file can't be read, only the former are told, and
    while a question file can't, no rule about questions runs. Drafts are held to their form alone.
    """
    try:
        knowledge = load_knowledge(root, largest, track)
    except KnowledgeError as error:
        return error.problems
    return tuple(sorted(_apply_rules(knowledge, KnowledgeFiles(root, largest), track)))


def check_drafts(
    root: Path, largest: int = LARGEST, track: Track = track_silently
) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """Return the problems as check() does, and the further faults if the drafts were current."""
    try:
        whole = load_knowledge(root, largest, track, drafts=True)
    except KnowledgeError as error:
        return error.problems, ()
    files = KnowledgeFiles(root, largest)
    found = set(_apply_rules(drop_drafts(whole), files, track))
    if not any(entry.status == "draft" for entry in whole.entries):
        return tuple(sorted(found)), ()
    lacking = _find_lacking(root, largest)
    told = {(each.path, each.line, each.message.removesuffix(MISSING)) for each in lacking}
    faults, _ = split_to_do(_apply_rules(publish_all(whole), files, track))
    due = {
        each for each in faults if (each.path, each.line, each.message.removesuffix(" is empty")) not in told
    }
    return tuple(sorted(found)), tuple(sorted({*due, *lacking} - found))


def _apply_rules(knowledge: Knowledge, files: KnowledgeFiles, track: Track) -> set[Problem]:
    questions, problems = find_questions(files, knowledge)
    subject = Subject(files, knowledge, questions, track)
    found = (
        Problem(path, line, name, message)
        for name, rule in track(RULES.items(), "progress_rules")
        if not (problems and rule in _QUESTION_RULES)
        for path, line, message in rule(subject)
    )
    return {*problems, *found}


def _find_lacking(root: Path, largest: int) -> tuple[Problem, ...]:
    """Return what drafts lack in form that current entries must have."""
    try:
        load_knowledge(root, largest, drafts=True, as_current=True)
    except KnowledgeError as error:
        return error.problems
    return ()


def split_to_do(problems: Iterable[Problem]) -> tuple[list[Problem], list[Problem]]:
    """Return the problems that are faults, and those that tell what is still to be written."""
    found: tuple[list[Problem], list[Problem]] = ([], [])
    for problem in problems:
        found[problem.rule in TO_DO].append(problem)
    return found


def describe_rules() -> dict[str, str]:
    """Return what each rule says is wrong and what to do, by name, on one line each."""
    meanings = {name: " ".join((rule.__doc__ or "").split()) for name, rule in RULES.items()}
    return dict(sorted({**FORM_RULES, **meanings}.items()))
