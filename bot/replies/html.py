"""Blocks of a Slack message as a page for a browser, so that an author sees a card without a workspace.

Only what the desk sends is drawn: five kinds of blocks, buttons, and of mrkdwn bold, code and links. Slack's
own client decides on fonts and widths; the page comes close, no more.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from typing import Any

Json = Mapping[str, Any]

_MARK = re.compile(
    r"`(?P<code>[^`\n]{1,1000}+)`"
    r"|<(?P<url>https?://[^|>\s]{1,1000}+)(?:\|(?P<label>[^>\n]{1,1000}+))?>"
    r"|(?<![\w*])\*(?P<bold>[^*\s](?:[^*\n]{0,3000}(?<=[^*\s]))?)\*(?![\w*])"
)

_PAGE = """\
<!doctype html>
<html lang="{language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ margin: 2rem auto; max-width: 44rem; padding: 0 1rem; background: #fff; color: #1d1c1d;
  font: 15px/1.47 Lato, Arial, "DejaVu Sans", "PingFang SC", "Microsoft YaHei", sans-serif }}
article {{ display: grid; grid-template-columns: 36px 1fr; column-gap: 8px }}
.avatar {{ width: 36px; height: 36px; border-radius: 8px; background: #4a154b; color: #fff; font-weight: 700;
  display: grid; place-items: center }}
.name {{ font-weight: 900 }}
.app {{ font-size: 10px; font-weight: 700; background: #ededed; color: #616061; border-radius: 2px;
  padding: 1px 3px; margin-left: 4px; vertical-align: 1px }}
h1 {{ font-size: 18px; line-height: 1.33; font-weight: 900; margin: 8px 0 }}
p {{ margin: 8px 0; overflow-wrap: anywhere }}
.context {{ font-size: 13px; line-height: 1.38; color: #616061 }}
code {{ font: 12px/1.5 Monaco, Menlo, Consolas, monospace; color: #c01343; background: #f8f8f8;
  border: 1px solid #ddd; border-radius: 3px; padding: 2px 3px }}
a {{ color: #1264a3 }}
hr {{ border: 0; border-top: 1px solid #ddd; margin: 16px 0 }}
.actions {{ margin: 8px 0; display: flex; flex-wrap: wrap; gap: 8px }}
button {{ font: inherit; font-weight: 700; height: 36px; padding: 0 12px; border: 1px solid #bbb;
  border-radius: 4px; background: #fff; color: inherit }}
.primary {{ background: #007a5a; color: #fff; border-color: #007a5a }}
.danger {{ background: #e01e5a; color: #fff; border-color: #e01e5a }}
</style>
<article>
<div class="avatar">F</div>
<div>
<div><span class="name">Faultbook</span><span class="app">APP</span></div>
{blocks}
</div>
</article>
</html>
"""


def build_html(blocks: Iterable[Json], language: str, title: str) -> str:
    """Return a page that shows blocks as a message. Raises KeyError for a kind that the desk doesn't send."""
    drawn = "\n".join(_BLOCKS[block["type"]](block) for block in blocks)
    return _PAGE.format(language=html.escape(language), title=html.escape(title), blocks=drawn)


def _draw_header(block: Json) -> str:
    return f"<h1>{html.escape(block['text']['text'])}</h1>"


def _draw_section(block: Json) -> str:
    return f"<p>{_draw_text(block['text'])}</p>"


def _draw_context(block: Json) -> str:
    return f'<p class="context">{" ".join(map(_draw_text, block["elements"]))}</p>'


def _draw_actions(block: Json) -> str:
    return f'<div class="actions">{"".join(map(_draw_button, block["elements"]))}</div>'


def _draw_button(button: Json) -> str:
    label = html.escape(button["text"]["text"])
    return f'<button type="button" class="{html.escape(button.get("style", ""))}">{label}</button>'


def _draw_feedback(block: Json) -> str:
    [pair] = block["elements"]
    return _draw_actions({"elements": [pair["positive_button"], pair["negative_button"]]})


def _draw_divider(_block: Json) -> str:
    return "<hr>"


_BLOCKS = {
    "header": _draw_header,
    "section": _draw_section,
    "context": _draw_context,
    "actions": _draw_actions,
    "context_actions": _draw_feedback,
    "divider": _draw_divider,
}


def _draw_text(text: Json) -> str:
    """Return a text object in HTML. Of mrkdwn the three characters that HTML needs escaped are so already."""
    if text["type"] == "plain_text":
        return html.escape(text["text"])
    return _draw_marks(str(text["text"])).replace("\n", "<br>\n")


def _draw_marks(text: str) -> str:
    drawn, end = [], 0
    for found in _MARK.finditer(text):
        drawn += [text[end : found.start()], _draw_mark(found)]
        end = found.end()
    return "".join([*drawn, text[end:]])


def _draw_mark(found: re.Match[str]) -> str:
    if found["code"]:
        return f"<code>{found['code']}</code>"
    if found["bold"]:
        return f"<b>{_draw_marks(found['bold'])}</b>"
    url = found["url"].replace('"', "%22")
    return f'<a href="{url}">{found["label"] or found["url"]}</a>'
