"""The real knowledge and what reads with it, made once for all tests of this folder."""

from __future__ import annotations

import pytest

from bot.knowledge.snapshot import Knowledge
from bot.matching.candidates import Finder
from bot.matching.matcher import Matcher
from bot.matching.numbers.rules import CodeRules
from bot.matching.reading import Reader
from tests.support.shipped import load_shipped


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """The knowledge of this repository."""
    return load_shipped()


@pytest.fixture(scope="session")
def matcher(knowledge: Knowledge) -> Matcher:
    """The desk's matcher over the real knowledge."""
    return Matcher(knowledge)


@pytest.fixture(scope="session")
def reader(knowledge: Knowledge) -> Reader:
    """The reader of texts with the real words."""
    return Reader(knowledge)


@pytest.fixture(scope="session")
def finder(knowledge: Knowledge, reader: Reader) -> Finder:
    """The finder of candidates over the real entries."""
    return Finder(knowledge, reader)


@pytest.fixture(scope="session")
def rules(knowledge: Knowledge, reader: Reader, finder: Finder) -> CodeRules:
    """The rules of codes with the real words."""
    return CodeRules(knowledge, reader, finder.index)
