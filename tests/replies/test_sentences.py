"""Fixed sentences: each is there in each language, is said somewhere, and can be filled in."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from bot.authoring.question_files import find_question_files
from bot.knowledge.questions import load_questions
from bot.replies.messages import Sentences, list_placeholders
from bot.replies.plain import find_reason, find_rule
from bot.replies.sentences import SENTENCES, AnswerSentence, ConsoleSentence, Sentence
from tests.support.shipped import load_shipped, open_desk

ROOT = Path(__file__).resolve().parents[2]
KNOWLEDGE = load_shipped()
MESSAGES = KNOWLEDGE.messages
SOURCES = [path for path in sorted((ROOT / "bot").rglob("*.py")) if path.parent.name != "sentences"]
HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("language", MESSAGES)
def test_keys(language: str) -> None:
    """A language has words for each key of the program, and for no other."""
    assert set(MESSAGES[language]) == SENTENCES.keys()


def test_placeholders_agree() -> None:
    """A sentence has the same placeholders in every language, and can be said with them."""
    for sentence in SENTENCES.values():
        first, *others = (list_placeholders(words[sentence]) for words in MESSAGES.values())
        assert all(other == first for other in others), sentence
        for language in MESSAGES:
            said = Sentences(MESSAGES).say(sentence, language, **dict.fromkeys(first, "<x>"))
            assert said.count("<x>") >= len(first), sentence
            assert "{" not in said, sentence


def test_chinese_is_chinese() -> None:
    """A Chinese sentence of words is in Chinese, with full-width punctuation beside Chinese characters."""
    for key, text in MESSAGES["zh"].items():
        if re.search(r"[A-Za-z]{3}", re.sub(r"\{\w+\}", "", MESSAGES["en"][key])):
            assert HAN.search(text), key
        assert not re.search(r"[\u4e00-\u9fff][,;:?!.()]|[,;:?!()][\u4e00-\u9fff]", text), (key, text)


def test_every_sentence_is_said() -> None:
    """Each sentence is used by the program, by its name or, in an error, by its key."""
    written = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    unsaid = [
        sentence
        for key, sentence in SENTENCES.items()
        if f"{type(sentence).__name__}.{sentence.name}" not in written and f'"{key}"' not in written
    ]
    assert unsaid == []


def test_every_error_has_words() -> None:
    """Each key that an error is raised with is a sentence's, and fills all its placeholders."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args):
                continue
            if node.func.id not in {"InputError", "SettingError"}:
                continue
            where = f"{path.name}:{node.lineno}"
            key = read_key(node.args[0])
            if key is None:
                continue  # chosen a line above; the test of what is said covers it
            given = {keyword.arg for keyword in node.keywords}
            if None in given:
                continue  # handed on from a caller
            assert key in MESSAGES["en"], f"{where}: {key}"
            assert list_placeholders(MESSAGES["en"][key]) <= given, f"{where}: {key}"


def read_key(node: ast.expr) -> str | None:
    """Return the key that an expression spells out, if it does."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Sentence":
        return Sentence[node.attr].value
    return None


def test_every_reason_has_words() -> None:
    """Each reason that the matcher gives for silence has a sentence of its own."""
    reasons: set[str] = set()
    for path in (ROOT / "bot" / "matching").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            given = isinstance(node, ast.keyword) and node.arg == "reason"
            if given or (isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "reason"):
                texts = (part.value for part in ast.walk(node) if isinstance(part, ast.Constant))
                reasons |= {text for text in texts if isinstance(text, str) and text}
    assert reasons
    assert [
        reason for reason in sorted(reasons) if find_reason(reason) is AnswerSentence.NOT_DOCUMENTED
    ] == []


def test_every_rule_has_words() -> None:
    """Each rule that answers golden questions, of which every fourth is asked, is named in a sentence."""
    desk = open_desk()
    paths = find_question_files(Path(KNOWLEDGE.root))
    texts = [question.text for path in paths for question in load_questions(path)][::4]
    verdicts = [
        verdict
        for text in texts
        for verdict in (desk.ask(text), desk.ask(text, "watch"), desk.ask(text, "watch", True))
    ]
    rules = {match.evidence.rule for verdict in verdicts for match in verdict.matches}
    assert {"code", "phrase"} <= rules
    assert [rule for rule in sorted(rules) if find_rule(rule) is None] == []


def test_unknown_key_is_a_bug() -> None:
    """A key without words, or a value that is lacking, raises at once."""
    with pytest.raises(KeyError):
        Sentences(MESSAGES).say("no_such_key", "en")
    with pytest.raises(KeyError):
        Sentences(MESSAGES).say(ConsoleSentence.FILE_MISSING, "en")
