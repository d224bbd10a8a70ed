"""Fixtures that several folders of tests need. The made-up knowledge stands in tests/toy."""

from __future__ import annotations

import os
import re
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.support.postgres import postgres, postgres_url

__all__ = ["postgres", "postgres_url"]  # fixtures, one server for all

TESTS = Path(__file__).parent
REAL = TESTS.parent / "knowledge"
LONG_LIST = re.compile(r"(?<= \[\n)((?:    .*\n){2})(?:    .*\n)+(?=  \]\n)")

# Every run draws the same examples, so that a red test is red for everybody; look further with
# `pytest --hypothesis-profile=explore`. No deadline: a machine may be slow.
settings.register_profile("steady", deadline=None, max_examples=150, derandomize=True)
settings.register_profile("explore", deadline=None, max_examples=2000)
settings.load_profile("steady")

# A shell has its background jobs ignore Ctrl-C, and so would each process that a test starts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder for compiled knowledge: not the user's own, and one for all workers."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "compiled"
    folder.mkdir(mode=0o700, exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FAULTBOOK_CACHE", str(folder))
        yield folder


@pytest.fixture(scope="session", autouse=True)
def _no_proxy() -> Iterator[None]:
    """Reach loopback directly: slack_sdk takes a proxy from the environment, here and in each process."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
            patch.delenv(name, raising=False)
        yield


@pytest.fixture
def real() -> Path:
    """The knowledge folder of this repository."""
    return REAL


@pytest.fixture
def toy(tmp_path: Path) -> Path:
    """A small sound knowledge folder to spoil: the pack "kettle", with the real sentences and languages.

    Of a long list of words only the first lines are there, so that a folder is read in a few milliseconds.
    """
    root = tmp_path / "knowledge"
    shutil.copytree(TESTS / "toy", root)
    shutil.copytree(REAL / "messages", root / "messages")
    words = (REAL / "languages.yaml").read_text(encoding="utf-8")
    (root / "languages.yaml").write_text(LONG_LIST.sub(r"\1", words), encoding="utf-8")
    return root


@pytest.fixture
def worded(toy: Path) -> Path:
    """The toy folder with all words of the real languages."""
    shutil.copy(REAL / "languages.yaml", toy)
    return toy


@pytest.fixture
def layered(toy: Path) -> Path:
    """The toy folder with a layer pack beside it: "kettle-base", whose primary pack is "kettle"."""
    shutil.copytree(TESTS / "toy_layers", toy, dirs_exist_ok=True)
    return toy
