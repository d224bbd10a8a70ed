"""Every fixed sentence the product says, by key: an enum for each noun. No words stand here."""

from __future__ import annotations

from bot.replies.sentences.answer import AnswerSentence
from bot.replies.sentences.authoring import AuthoringSentence
from bot.replies.sentences.console import ConsoleSentence
from bot.replies.sentences.doctor import DoctorSentence
from bot.replies.sentences.explanation import ExplanationSentence
from bot.replies.sentences.importing import ImportSentence
from bot.replies.sentences.report import ReportSentence
from bot.replies.sentences.sentence import Sentence
from bot.replies.sentences.setting import SettingSentence
from bot.replies.sentences.slack import SlackSentence

__all__ = [
    "SENTENCES",
    "AnswerSentence",
    "AuthoringSentence",
    "ConsoleSentence",
    "DoctorSentence",
    "ExplanationSentence",
    "ImportSentence",
    "ReportSentence",
    "Sentence",
    "SettingSentence",
    "SlackSentence",
]

_KINDS: tuple[type[Sentence], ...] = (
    AnswerSentence,
    AuthoringSentence,
    ConsoleSentence,
    DoctorSentence,
    ExplanationSentence,
    ImportSentence,
    ReportSentence,
    SettingSentence,
    SlackSentence,
)
SENTENCES: dict[str, Sentence] = {one.value: one for kind in _KINDS for one in kind}
"""All sentences by key."""
