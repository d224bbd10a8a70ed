"""Every regular expression that bot/ compiles, as JSON lines: file, line, pattern, flags. Run it as a module.

It notes what goes through Python's own compiler while all modules are imported, a desk is made from the real
knowledge and asked, and each way to read a post or to redact a text is gone. test_regexes.py runs it.
"""

from __future__ import annotations

import importlib
import json
import re
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
BOT = ROOT / "bot"
RE = Path(re.__file__).parent

_compile: Any = vars(re)["_compile"]
_noted: dict[tuple[str, int, str, int], None] = {}


def note(pattern: Any, flags: Any) -> Any:
    """Compile a pattern, and note it if bot/ asked for it."""
    frame = sys._getframe(1)
    while frame.f_back and RE in Path(frame.f_code.co_filename).parents:
        frame = frame.f_back
    path = Path(frame.f_code.co_filename)
    if BOT in path.parents and isinstance(pattern, str):
        _noted[path.relative_to(BOT).as_posix(), frame.f_lineno, pattern, int(flags)] = None
    return _compile(pattern, flags)


def list_patterns() -> list[tuple[str, int, str, int]]:
    """Return what is compiled, in a process that has imported nothing of bot/ yet."""
    vars(re)["_compile"] = note
    for path in sorted(BOT.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        if "migrations" not in parts and "_knowledge" not in parts:
            importlib.import_module(".".join(parts).removesuffix(".__init__"))
    desk = importlib.import_module("bot.desk")
    load = importlib.import_module("bot.knowledge.load")
    made = desk.Desk(desk.Snapshot(load.load_knowledge(ROOT / "knowledge")))
    for text in ("error code 28504", "设备不在线", "shebei bu zaixian", '{"code": 28504}', "nothing of ours"):
        made.ask(text)
        made.ask(text, "watch", True)
    return list(_noted)


if __name__ == "__main__":
    for noted in list_patterns():
        sys.stdout.write(f"{json.dumps(noted)}\n")
