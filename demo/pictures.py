"""`python -m demo.pictures`: the README's pictures, a card in each language, from the demo in real Chromium.

Chinese needs a font that has it (Debian: apt-get install chromium fonts-noto-cjk).
"""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from demo.desk import RunningDesk
from demo.workspace import Workspace

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "pictures"
CARDS = {"en": ("Alex Kim", "my device is offlne"), "zh": ("Mei Chen", "设备不在线怎么办")}
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]  # a container has neither
STYLE = "aside.thread-pane { width: 640px !important; max-width: none !important }"
COLOURS = 64  # enough for a page of text, and a quarter of the bytes


def take_card(page: Page, person: str, question: str) -> bytes:
    """Ask a question in #support, open its thread, and return the reply as a picture."""
    page.locator("label.actas select").select_option(label=person)
    page.locator("button.sidebar-item", has_text="support").click()
    box = page.locator(".main .composer textarea.composer-input")
    box.fill(f"@Faultbook {question}")
    box.press("Enter")
    page.locator(".main .msg", has_text=question).last.locator("button.thread-summary").click()
    reply = page.locator("aside.thread-pane .msg", has=page.locator(".badge-app")).first
    reply.locator(".bk-header").wait_for()
    return reply.screenshot()


def main() -> int:
    """Take the pictures and write them, small."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with Workspace() as workspace, RunningDesk(workspace), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=SWITCHES)
        page = browser.new_page(viewport={"width": 1400, "height": 1400}, color_scheme="light")
        page.goto(workspace.url)
        page.add_style_tag(
            content="aside.thread-pane { width: 640px !important; max-width: none !important }"
        )
        for language, (person, question) in CARDS.items():
            picture = Image.open(io.BytesIO(take_card(page, person, question)))
            path = FOLDER / f"card-{language}.png"
            picture.convert("RGB").quantize(COLOURS).save(path, optimize=True)
            print(f"{path}: {picture.width} x {picture.height}, {path.stat().st_size} bytes")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
