"""The exit codes of the command."""

from __future__ import annotations

from collections.abc import Mapping

DONE, FAULTS, WRONG, INTERRUPTED, PIPE_CLOSED = 0, 1, 2, 130, 141

EXIT_CODES: Mapping[int, str] = {
    DONE: "Done.",
    FAULTS: "Done, and something is wrong: `check`, `doctor` or `eval` found faults.",
    WRONG: "Not done: the input or a setting is wrong. Standard error says what to do.",
    INTERRUPTED: "Ended by Ctrl-C.",
    PIPE_CLOSED: "Whoever read the output ended before it did.",
}
