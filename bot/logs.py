"""How the log looks: lines for a person on a terminal, JSON elsewhere. No message text, no token is in it.

Modules log by the standard library; called once, by the command line, before the desk serves.
"""

from __future__ import annotations

import logging
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
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.getLogger("alembic").setLevel(logging.WARNING)  # its steps are told by `faultbook migrate`
    for name in LIBRARIES:
        logging.getLogger(name).setLevel(max(logging.INFO, logging.getLevelName(level)))
