"""What is known of languages: their words, the terms that several share, and error words of others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.knowledge.scripts import find_scripts


@dataclass(frozen=True, slots=True)
class Term:
    """Words of several languages that mean the same.

    `forms` and `opposites` hold the words by language id. A polar term can be negated:
    "not online" is the opposite of "online", as is "offline", which stands in `opposites`.
    A term that `tells_fault` says by itself that something is wrong ("expired"). One that `has_middle`
    is not turned by a negator: who has not agreed has not rejected.
    """

    name: str
    forms: Mapping[str, tuple[str, ...]]
    opposites: Mapping[str, tuple[str, ...]]
    polar: bool
    tells_fault: bool = False
    has_middle: bool = False


@dataclass(frozen=True, slots=True)
class Language:
    """How one language is named and read; every difference between languages stands here.

    `code_words` name a number as an error code by themselves (错误码); `hint_words` may (返回).
    `behind_words` hint at a code right before them (28504 error). `glued_words` are what an identifier
    ends in before a code (bind_reply-2043). `other_systems` are names of systems with codes of their
    own, `not_systems` begin like one and are none (微信群), `other_trades` the things and people of other
    trades (flight), `carriers` are those through which people talk
    or on which a product runs (微信, iPhone). `contrasts` stand between two codes (instead of),
    `range_words` between the ends of a range, `between_words` before or behind both,
    unless a word of `comparisons` stands there (the difference between); `sequels` stand before the
    code that a fault has turned to or had before (then), `copulas` between a code's name and the code
    (was), `alternatives` between two codes of which one is meant
    (or maybe). `denials` stand right before a code that is not meant (not), unless one of `exclusives`
    begins the other of two (不是…就是). `retractions` take back
    what was said before them (I misread). `asking_words` stand before or behind a number that is asked
    about (what about). `hypotheticals` tell what may happen, not what did. `units` follow a number that
    counts or measures; `number_words` precede a number that is something else (port, 订单), `amount_words`
    one that may be an amount (about), and `fractions` say how much themselves (升到一半);
    `pervading_words` tell that a code comes everywhere or at once (all, 清一色, 就), `times_words` how often
    (twice); `numerals` are numbers in words, `articles` stand before one spoken of (a 2066, 一个2066);
    `place_words` may stand between such a word and its number (the meeting is in 404, 会议室换到503),
    `year_words` before a year that opens a clause (by 2065); `not_units` begin like a unit
    and are none (页面). `absences` are negators that deny the thing
    they stand before (没有 + noun). `joiners` stand between the items of a list, `meaning_words` between a
    code and what it means. `how_to` opens a question about how a thing is done, `wishes` ask for what isn't
    there yet (it'd be nice), `general_words` speak of faults in general (how many), and `solved_words` tell
    that one is over (works now): these may be frames with a gap, a number, and the begin and end of a clause
    (#…last week, ^should, 好了$). `turns` begin what stands against what was said before (but),
    `several_words` tell that there are several faults (both, first…then),
    `ongoing_words` tell that a fault goes on (still), `remedies` that it is to be fixed after all. `chatter`
    says nothing about the fault, nor do `reporting_words`, behind which stands what something said (提示),
    and `conjunctions`, which begin a clause (因为). `popup_words` are what an app tells its errors in (弹窗),
    `complement_words` link a thing to what it is for (the invite to the picnic). `plain_words` are ordinary
    words a letter away from a word of the trade, and not that word misspelt (main, mail).
    `headings` are words of a table's headings by the field that they name, `heading_names` what
    headings call the language itself (英文), `absent_cells` what stands in a cell that holds nothing
    (N/A). `dialect` holds what dialects say for a part of a word (唔 for 不): every word of the language
    is read in dialect too. `unwritten` are the lists that languages.yaml doesn't give.
    """

    id: str
    name: str
    scripts: tuple[str, ...]
    negators: tuple[str, ...]
    absences: tuple[str, ...]
    code_words: tuple[str, ...]
    hint_words: tuple[str, ...]
    behind_words: tuple[str, ...]
    glued_words: tuple[str, ...]
    other_systems: tuple[str, ...]
    not_systems: tuple[str, ...]
    other_trades: tuple[str, ...]
    carriers: tuple[str, ...]
    contrasts: tuple[str, ...]
    range_words: tuple[str, ...]
    between_words: tuple[str, ...]
    comparisons: tuple[str, ...]
    exclusives: tuple[str, ...]
    sequels: tuple[str, ...]
    copulas: tuple[str, ...]
    alternatives: tuple[str, ...]
    denials: tuple[str, ...]
    retractions: tuple[str, ...]
    asking_words: tuple[str, ...]
    hypotheticals: tuple[str, ...]
    number_words: tuple[str, ...]
    amount_words: tuple[str, ...]
    fractions: tuple[str, ...]
    pervading_words: tuple[str, ...]
    numerals: tuple[str, ...]
    times_words: tuple[str, ...]
    articles: tuple[str, ...]
    place_words: tuple[str, ...]
    year_words: tuple[str, ...]
    units: tuple[str, ...]
    not_units: tuple[str, ...]
    joiners: tuple[str, ...]
    meaning_words: tuple[str, ...]
    how_to: tuple[str, ...]
    wishes: tuple[str, ...]
    general_words: tuple[str, ...]
    solved_words: tuple[str, ...]
    turns: tuple[str, ...]
    several_words: tuple[str, ...]
    ongoing_words: tuple[str, ...]
    remedies: tuple[str, ...]
    chatter: tuple[str, ...]
    reporting_words: tuple[str, ...]
    conjunctions: tuple[str, ...]
    popup_words: tuple[str, ...]
    complement_words: tuple[str, ...]
    plain_words: tuple[str, ...]
    help_words: tuple[str, ...]
    mute_words: tuple[str, ...]
    state_words: tuple[str, ...]
    firing_words: tuple[str, ...]
    resolved_words: tuple[str, ...]
    greetings: tuple[str, ...]
    thanks: tuple[str, ...]
    beside_thanks: tuple[str, ...]
    pointers: tuple[str, ...]
    until_words: tuple[str, ...]
    tomorrow_words: tuple[str, ...]
    minute_words: tuple[str, ...]
    hour_words: tuple[str, ...]
    day_words: tuple[str, ...]
    heading_names: tuple[str, ...]
    absent_cells: tuple[str, ...]
    headings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    dialect: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unwritten: tuple[str, ...] = ()

    @property
    def code_name(self) -> str:
        """What the language calls an error code: the first such word that is written in its own scripts."""
        own = (word for word in self.code_words if find_scripts(word) & set(self.scripts))
        return next(own, "")

    @property
    def telling_words(self) -> tuple[str, ...]:
        """Words that tell this language from others of its scripts."""
        return (
            *self.code_words, *self.hint_words, *self.negators, *self.asking_words, *self.how_to,
            *self.remedies, *self.chatter, *self.pointers, *self.help_words, *self.greetings, *self.thanks,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ErrorWords:
    """The words for "error code" of a language that the desk reads and doesn't write (see Language)."""

    code_words: tuple[str, ...]
    hint_words: tuple[str, ...]
