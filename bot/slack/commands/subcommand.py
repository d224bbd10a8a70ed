"""A subcommand of `/fault`, and what a mistyped one was meant to be."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from bot.replies import ids
from bot.replies.note import MOST_TEXT
from bot.replies.reply import Reply
from bot.replies.sentences import Sentence, SlackSentence
from bot.slack.commands.call import CommandCall

ALIKE = 75.0  # per cent of letters in common: "autoo", "chanel"; fewer make another word
LINK = "://"


@dataclass(frozen=True, slots=True)
class Subcommand:
    """A word behind `/fault`, its usage, and what answers it: None where it can't be read as one.

    `list_forms` returns what may follow the word; `aliases` are words that people type for a form of it.
    """

    word: str
    usage: Sentence
    answer: Callable[[CommandCall], Reply | None]
    list_forms: Callable[[CommandCall], Sequence[str]] = lambda _call: ()
    aliases: Mapping[str, str] = field(default_factory=dict)

    def word_usage(self, call: CommandCall) -> str:
        """Return how the subcommand is given."""
        languages = ", ".join(call.desk.knowledge.languages)
        return call.word(self.usage, command=ids.COMMAND, languages=languages, most=MOST_TEXT)

    def build_hint(self, call: CommandCall, meant: str = "") -> Reply:
        """Return the usage, below what the person may have meant."""
        lines = [self.word_usage(call)]
        if meant:
            lines.insert(0, call.word(SlackSentence.DID_YOU_MEAN, command=ids.COMMAND, form=meant))
        return call.desk.replies.build_ready("\n".join(lines))

    def find_known(self, call: CommandCall, word: str) -> str:
        """Return the word that may follow and that this one is, or nearly is; "" if there is none."""
        known = {each: None for form in self.list_forms(call) for each in form.split()}
        found = process.extractOne(word, known.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE)
        return found[0] if found else ""

    def guess_form(self, call: CommandCall) -> str:
        """Return the first form that has every known word of what was typed; "" where no word is known."""
        known = set(filter(None, (self.find_known(call, word) for word in call.words)))
        forms = (form for form in self.list_forms(call) if known and known <= set(form.split()))
        form = next(forms, "")
        return f"{self.word} {form}" if form else ""


def find_hint(
    call: CommandCall, first: str, subcommands: Sequence[Subcommand], is_question: Callable[[], bool]
) -> Reply | None:
    """Return the hint for a command that is mistyped, or None where the text is a question after all.

    It is a command where each word behind the first may follow, or nearly is one that may; else only where
    `is_question` finds nothing to answer, and it is short: "watch eager", "mute chanel", "unmute".
    """
    for each in subcommands:
        if first in each.aliases and not call.words:
            return each.build_hint(call, each.aliases[first])
    table = {each.word: each for each in subcommands}
    found = process.extractOne(first, table.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE)
    if not found:
        return None
    meant = table[found[0]]
    form = meant.guess_form(call) if call.words else meant.word
    follows = [bool(meant.find_known(call, word)) for word in call.words]
    if first == meant.word and follows and all(follows):
        return meant.build_hint(call, form)
    if first == meant.word:
        is_command = len(follows) == 1 or follows[0] or LINK in call.text
    else:
        is_command = not follows or follows[0]
    return meant.build_hint(call, form) if is_command and not is_question() else None
