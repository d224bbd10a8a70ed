"""`faultbook preview`: an entry's card as Slack shows it, in each format and language."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.cli import main
from tests.support.house_rules import find_house_faults
from tests.support.slack_limits import find_faults


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FAULTBOOK_LANGUAGE", "FAULTBOOK_KNOWLEDGE"):
        monkeypatch.delenv(name, raising=False)


def preview(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(["preview", *words])
    out, err = capsys.readouterr()
    return code, out, err


def test_text(capsys: pytest.CaptureFixture[str]) -> None:
    """The text is what notifications and screen readers get, with no escaped characters."""
    code, out, _ = preview(capsys, "28504")
    assert (code, out.split("\n")[0]) == (0, "28504 The device is offline")
    assert preview(capsys, "aliyun-living/28504", "--lang", "zh")[1].startswith("28504 设备不在线\n")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_blocks(capsys: pytest.CaptureFixture[str], language: str) -> None:
    """The blocks are what Block Kit Builder takes: an object that holds them, as Slack accepts them."""
    code, out, _ = preview(capsys, "28504", "--format", "slack", "--lang", language)
    told = json.loads(out)
    assert (code, list(told)) == (0, ["blocks"])
    message = {**told, "text": "28504", "channel": "C1", "unfurl_links": False, "unfurl_media": False}
    assert find_faults(message) + find_house_faults(message) == []


def test_page(capsys: pytest.CaptureFixture[str]) -> None:
    """The page is one file, in the language of the card."""
    code, out, _ = preview(capsys, "28504", "--format", "html", "--lang", "zh")
    assert (code, out.startswith('<!doctype html>\n<html lang="zh">')) == (0, True)
    assert "<title>28504 设备不在线</title>" in out
    assert "http" not in out.split("<article>", maxsplit=1)[0]


def test_not_documented(capsys: pytest.CaptureFixture[str]) -> None:
    """A code that nobody documented is told, as `show` does."""
    assert preview(capsys, "99999")[::2] == (2, "faultbook: 99999 isn't a documented code.\n")


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "101 is in several packs. Name one"), ("zh", "有多个知识包收录了 101。请指明其中一条")],
)
def test_several_packs(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, toy: Path, language: str, told: str
) -> None:
    """A code of several packs has several cards, so one has to be named."""
    (toy / "kettle").rename(toy / "kettle-1")
    other = toy / "kettle-2"
    other.mkdir()
    for path in (toy / "kettle-1").rglob("*.yaml"):
        copy = other / path.relative_to(toy / "kettle-1")
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(path.read_bytes())
    monkeypatch.setenv("FAULTBOOK_KNOWLEDGE", str(toy))
    monkeypatch.setenv("FAULTBOOK_LANGUAGE", language)
    code, _, err = preview(capsys, "101")
    assert code == 2
    assert told in err
    assert "kettle-1/101, kettle-2/101" in err
    assert preview(capsys, "kettle-2/101")[0] == 0
