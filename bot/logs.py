"""How the log looks: lines for a person on a terminal, JSON elsewhere. No message text, no token is in it.

Modules log by the standard library; called once, by the command line, before the desk serves.
"""

from __future__ import annotations

import logging
import os
import sys
from typing import TextIO

import structlog

LIBRARIES = ("slack_bolt", "slack_sdk", "waitress")
"""Kept at INFO or above whatever the level: at DEBUG they log what people wrote."""


def start_logging(level: str, stream: TextIO = sys.stderr) -> None:
    """Log to the stream from the level on ("DEBUG", "INFO", "WARNING", "ERROR")."""
    on_terminal = stream.isatty()
    shared: list[structlog.types.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    # Plain tracebacks: those with local variables would show what people wrote.
    last: list[structlog.types.Processor] = (
        [structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)]
        if on_terminal
        else [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
    )
    # No line names its thread, process or place in the code; to find them out takes half the time of a line
    # (docs.python.org, logging HOWTO, Optimization).
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    logging._srcfile = None
    handler = _build_handler(stream)
    handler.setFormatter(formatter)
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.getLogger("alembic").setLevel(logging.WARNING)  # its steps are told by `faultbook migrate`
    for name in LIBRARIES:
        logging.getLogger(name).setLevel(max(logging.INFO, logging.getLevelName(level)))
    # A line for each request that waits for a thread would come just when there are many; see /metrics.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)


class _LineHandler(logging.Handler):
    """Writes each line by one call of the system's, which keeps lines apart: no thread waits for another's.

    A lock, held while a line is made and written, cost a busy desk a tenth of its time.
    """

    def __init__(self, file: int, encoding: str) -> None:
        super().__init__()
        self._file = file
        self._encoding = encoding

    def createLock(self) -> None:  # noqa: N802 - logging's name
        """Have none."""
        self.lock = None

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record; what fails is logging's to tell."""
        try:
            os.write(self._file, f"{self.format(record)}\n".encode(self._encoding, "backslashreplace"))
        except Exception:  # noqa: BLE001 - as the standard library's handlers do
            self.handleError(record)


def _build_handler(stream: TextIO) -> logging.Handler:
    try:
        return _LineHandler(stream.fileno(), stream.encoding)
    except OSError:  # a stream in memory
        return logging.StreamHandler(stream)
