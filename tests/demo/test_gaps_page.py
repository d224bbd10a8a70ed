"""From a question without an answer to its answer, in a real browser and in both languages: ask, see it among
the gaps, document it, be told in the thread, say that it helped, read the report.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from demo.cast import MEI
from demo.desk import RunningDesk
from demo.workspace import Workspace
from tests.demo.test_page import browser, open_thread, pytestmark, write  # noqa: F401 - a fixture, and marks
from tests.support.toy_entries import document

PATIENCE = 60_000  # milliseconds


@dataclass(frozen=True)
class Words:
    """What is said in one language."""

    question: str
    unknown: str
    gaps: str
    counts: str
    told: str
    title: str
    helped: str
    thanks: str
    report: str
    voted: str


ENGLISH = Words(
    question="code 105",
    unknown="105 isn't a documented code.",
    gaps="Asked for in the last 30 days, and not answered",
    counts="People: 1, days: 1.",
    told="Somebody asked this here on",
    title="105 the lid is stuck",
    helped="This fixed it",
    thanks="Saved, and only you see this",
    report="Questions: 1, answered: 0.",
    voted="Helped 1 (0 before)",
)
CHINESE = Words(
    question="错误码 105",
    unknown="105 不是",
    gaps="最近 30 天有人问起而没有答案的",
    counts="1 人，1 天。",
    told="有人曾于",
    title="105 电源故障",
    helped="解决了",
    thanks="已记录，只有您自己看得到",
    report="提问 1 个，解答 0 个。",
    voted="有帮助 1（上一段时间 0）",
)


@pytest.fixture(params=[("en", ENGLISH), ("zh", CHINESE)], ids=["en", "zh"])
def running(request: pytest.FixtureRequest, toy: Path) -> Iterator[tuple[Workspace, Words]]:
    """A workspace with a desk over the toy knowledge, in one of the languages; Mei is an author."""
    language, words = request.param
    environ = {
        "FAULTBOOK_KNOWLEDGE": str(toy),
        "FAULTBOOK_LANGUAGE": language,
        "FAULTBOOK_AUTHORS": MEI,
        "FAULTBOOK_CACHE": "off",
    }
    with Workspace() as workspace, RunningDesk(workspace, environ=environ):
        yield workspace, words


def test_from_a_question_to_its_answer(
    running: tuple[Workspace, Words],
    browser: Browser,  # noqa: F811
    toy: Path,
    tmp_path: Path,
) -> None:
    """What nobody documented is listed for authors; once it is, the thread is told, and the report counts."""
    workspace, words = running
    page = browser.new_page(viewport={"width": 1400, "height": 1100})
    page.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    page.goto(workspace.url)
    page.locator("label.actas select").select_option(label="Mei Chen")
    page.locator("button.sidebar-item", has_text="support").click()
    write(page, f"@Faultbook {words.question}")
    thread = open_thread(page, words.question)
    expect(thread).to_contain_text(words.unknown)
    write(page, "/fault gaps")
    listed = page.locator(".main .msg", has_text=words.gaps)
    expect(listed).to_contain_text(words.counts)
    expect(listed).to_contain_text("faultbook new 105 --pack kettle")
    take(page, tmp_path, "gaps")
    document(toy, "105", "the lid is stuck")
    told = thread.locator(".msg", has_text=words.told)
    expect(told).to_contain_text(words.title)
    told.get_by_role("button", name=words.helped).click()
    expect(thread.locator(".msg", has=page.locator(".badge-eph"))).to_contain_text(words.thanks)
    take(page, tmp_path, "told")
    write(page, "/fault report")
    report = page.locator(".main .msg", has_text=words.report)
    expect(report).to_contain_text(words.voted)
    take(page, tmp_path, "report")
    page.close()


def take(page: Page, folder: Path, name: str) -> None:
    """Keep a picture beside the test's files, for whoever looks into a failure."""
    page.screenshot(path=folder / f"{name}.png")
