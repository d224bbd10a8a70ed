"""The main path as a person goes it, in a real browser: ask in a channel, open the thread, press a button."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from demo.desk import RunningDesk
from demo.workspace import Workspace

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome") or ""
# Nothing but the page is fetched; and a container has no sandbox and no GPU.
SWITCHES = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip

pytestmark = [
    pytest.mark.skipif(Workspace.find_binary() is None, reason=Workspace.explain_absence()),
    pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium here (Debian: apt-get install chromium)"),
]


@pytest.fixture(scope="module")
def workspace() -> Iterator[Workspace]:
    with Workspace() as running, RunningDesk(running):
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def page(workspace: Workspace, browser: Browser) -> Iterator[Page]:
    """The workspace's page, as Mei Chen sees #support."""
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    page.goto(workspace.url)
    page.locator("label.actas select").select_option(label="Mei Chen")
    page.locator("button.sidebar-item", has_text="support").click()
    yield page
    page.close()


def write(page: Page, text: str) -> None:
    """Write into the channel's box and send it."""
    box = page.locator(".main .composer textarea.composer-input")
    box.fill(text)
    box.press("Enter")


def open_thread(page: Page, text: str) -> Locator:
    """Open the thread of the latest post with this text, and return its pane."""
    page.locator(".main .msg", has_text=text).last.locator("button.thread-summary").click()
    return page.locator("aside.thread-pane")


def test_mention(page: Page) -> None:
    """A mention is answered in its thread; the button for the other language answers beneath it."""
    write(page, "@Faultbook 设备不在线怎么办")
    thread = open_thread(page, "设备不在线怎么办")
    reply = thread.locator(".msg", has=page.locator(".badge-app")).first
    expect(reply.locator(".bk-header")).to_have_text("28504 设备不在线")
    expect(reply).to_contain_text("可能原因")
    expect(reply).to_contain_text("1. 操作之前先查询设备状态")
    reply.get_by_role("button", name="English").click()
    other = thread.locator(".msg", has=page.locator(".badge-eph"))
    expect(other.locator(".bk-header")).to_have_text("28504 The device is offline")


def test_choices(page: Page) -> None:
    """A choice that the asker presses is answered in the same thread."""
    write(page, "@Faultbook the device does not exist")
    thread = open_thread(page, "the device does not exist")
    replies = thread.locator(".msg", has=page.locator(".badge-app"))
    expect(replies.first).to_contain_text("Which one is yours?")
    replies.first.get_by_role("button", name="Show 9112").click()
    expect(replies.nth(1).locator(".bk-header")).to_have_text("9112 The device to upgrade does not exist")


def test_command_and_share(page: Page) -> None:
    """The answer to a command is for one person, until that person shares it."""
    write(page, "/fault 28504")
    private = page.locator(".main .msg", has=page.locator(".badge-eph")).last
    expect(private.locator(".bk-header")).to_have_text("28504 The device is offline")
    private.get_by_role("button", name="Share to channel").click()
    shared = page.locator(".main .msg", has_text="Shared by")
    expect(shared.locator(".bk-header")).to_have_text("28504 The device is offline")
    expect(shared.locator(".badge-eph")).to_have_count(0)
