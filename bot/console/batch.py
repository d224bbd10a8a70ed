"""Questions in JSON lines, one verdict a line, in order: `faultbook ask --batch`.

All lines are read and answered before the first is written, so that a malformed line leaves nothing half
written. Called by cli.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.desk import Desk, Mode
from bot.errors import InputError
from bot.knowledge.json_line import read_json_line
from bot.replies.json_shape import build_batch_line
from bot.replies.sentences import Sentence

MODES: tuple[Mode, ...] = ("ask", "watch")


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One question of a batch; `number` counts from 1."""

    number: int
    id: str | int | float
    text: str
    mode: Mode


def answer_batch(
    written: str, path: str, desk: Desk, mode: Mode, eager: bool, packs: Sequence[str] = ()
) -> str:
    """Return the answers to a batch as JSON lines; `mode` is that of a line that gives none.

    Raises InputError naming the path and the first malformed line; its `fault` is an InputError of its own.
    """
    lines = list(read_batch(written, path, mode))
    answers = (build_batch_line(line.id, desk.ask(line.text, line.mode, eager, packs)) for line in lines)
    return "".join(f"{json.dumps(answer)}\n" for answer in answers)


def read_batch(written: str, path: str, mode: Mode) -> Iterator[BatchLine]:
    """Yield the questions of a batch; an empty line is none."""
    for number, line in enumerate(written.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            yield _read_line(line, number, mode)
        except InputError as fault:
            raise InputError(Sentence.BATCH_LINE, path=path, line=number, fault=fault) from None


def _read_line(line: str, number: int, mode: Mode) -> BatchLine:
    try:
        record = read_json_line(line)
    except RecursionError:
        raise InputError(Sentence.BATCH_NOT_OBJECT) from None
    except ValueError as error:
        raise InputError(Sentence.BATCH_NOT_JSON, why=error) from None
    if not isinstance(record, dict):
        raise InputError(Sentence.BATCH_NOT_OBJECT)
    question_id, text, wanted = record.get("id"), record.get("text"), record.get("mode", mode)
    if not isinstance(question_id, str | int | float) or isinstance(question_id, bool):
        raise InputError(Sentence.BATCH_NO_ID)
    if not isinstance(text, str):
        raise InputError(Sentence.BATCH_NO_TEXT)
    for known in MODES:
        if wanted == known:
            return BatchLine(number, question_id, text, known)
    raise InputError(Sentence.BATCH_MODE_WRONG, value=json.dumps(wanted, ensure_ascii=False))
