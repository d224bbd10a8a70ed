"""The shapes of an answer in words: cards, choices, silence. No colour, no width, no Slack block."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.matching import Kind

PartKind = Literal["description", "situation", "cause", "steps", "notes", "customer", "related", "list"]


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a part; `marks` are short remarks on it ("internal"), `lead` is the code it is about.

    `short` is what is shown where several stand on one line.
    """

    text: str
    marks: tuple[str, ...] = ()
    lead: str = ""
    short: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A labelled piece of a card; `numbered` items are steps."""

    label: str
    items: tuple[Item, ...]
    numbered: bool = False
    kind: PartKind = "list"


@dataclass(frozen=True, slots=True)
class CitedSource:
    """A source by its title; the place in it, its address and its day (YYYY-MM-DD) may be ""."""

    title: str
    place: str = ""
    address: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One entry, ready to be shown.

    `message` is the API's, "" where its exact text is unknown. `siblings` are sentences on other codes of the
    same fault, `footnotes` explain the signs after statements. `context` holds the API's message, the
    siblings and the sources as labelled lines.
    """

    id: str
    code: str
    title: str
    family: str
    message: str
    marks: tuple[str, ...]
    parts: tuple[Part, ...]
    siblings: tuple[str, ...]
    sources: tuple[CitedSource, ...]
    footnotes: tuple[str, ...]
    context: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry among several, with what tells it apart."""

    id: str
    code: str
    title: str
    apart: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A verdict in one language.

    answered: `cards`, or `choices` where there are more entries than are shown in full. choices: `choices`.
    abstained: `nearest` holds what lies near. `opening` introduces the choices or says that there is no
    answer, `unknown` tells of codes that nobody documented, `following` what to do next.
    """

    kind: Kind
    language: str
    opening: str = ""
    unknown: tuple[str, ...] = ()
    cards: tuple[Card, ...] = ()
    choices: tuple[Choice, ...] = ()
    nearest: tuple[Choice, ...] = ()
    nearest_label: str = ""
    following: str = ""
