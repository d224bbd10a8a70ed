"""The real knowledge and what reads with it, made once for all tests of this folder."""

from __future__ import annotations

import pytest

from bot.knowledge.snapshot import Knowledge
from bot.matching.candidates import Finder
from bot.matching.matcher import Matcher
from bot.matching.numbers.rules import CodeRules
from bot.matching.reading import Reader
from tests.support.shipped import load_shipped, open_matcher, open_rules


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """The knowledge of this repository."""
    return load_shipped()


@pytest.fixture(scope="session")
def matcher() -> Matcher:
    """The desk's matcher over the real knowledge."""
    return open_matcher()


@pytest.fixture(scope="session")
def reader() -> Reader:
    """The reader of texts with the real words."""
    return open_rules()[0]


@pytest.fixture(scope="session")
def finder() -> Finder:
    """The finder of candidates over the real entries."""
    return open_rules()[1]


@pytest.fixture(scope="session")
def rules() -> CodeRules:
    """The rules of codes with the real words."""
    return open_rules()[2]
