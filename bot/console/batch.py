"""Questions in JSON lines, one verdict a line, in order: `faultbook ask --batch`.

All lines are read and answered before the first is written, so that a malformed line leaves nothing half
written.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

import msgspec

from bot.desk import Desk, Mode
from bot.errors import InputError
from bot.knowledge.json_lines import read_json_lines
from bot.replies.json_shape import build_batch_line
from bot.replies.sentences import ConsoleSentence

EXAMPLE = '{"id": 7, "text": "28504", "mode": "ask"}'


class BatchLine(msgspec.Struct):
    """One question of a batch; without a mode it has the batch's. Other keys are passed over."""

    id: str | int | float
    text: str
    mode: Mode | None = None


def answer_batch(
    written: str, path: str, desk: Desk, mode: Mode, eager: bool, packs: Sequence[str] = ()
) -> str:
    """Return the answers to a batch as JSON lines; `mode` is that of a line that gives none.

    Raises InputError naming the path and the first malformed line; its `fault` is an InputError of its own.
    """
    try:
        lines = [line for _, line in read_json_lines(written, path, BatchLine, EXAMPLE)]
    except InputError as fault:
        raise InputError(ConsoleSentence.BATCH_LINE, fault=fault) from None
    answers = (
        build_batch_line(line.id, desk.ask(line.text, line.mode or mode, eager, packs)) for line in lines
    )
    return "".join(f"{json.dumps(answer)}\n" for answer in answers)
