"""Numbers that stand where a log line has its process: among its columns, before the level.

As logcat, PostgreSQL, Python's logging, klog and Spring Boot write them. A number that a word calls a process
id (pid 28504) is vetoed in cues.py.
"""

from __future__ import annotations

import re

LOG_HEAD = 64
"""Folded characters of a log line before its process id."""

_COLUMNS = re.compile(r"[\s>`|]*(?:[\d:.,/+\s()\[\]tz|-]|utc|gmt|[a-z]{3} (?=\d))*\Z")
_STAMP = re.compile(r"\d\d:\d\d|\d{4}-\d\d-\d\d")
_LEVEL = r"(?:error|err|warn|warning|info|debug|trace|fatal|critical|notice|log)\b"
_BRACKETED_BEHIND = re.compile(
    rf"\][ \t:|-]{{0,3}}[\[(<]?(?:{_LEVEL}|[vdiwef]\b|\d{{4}}-\d\d-\d\d|\d\d:\d\d)"
)
_COLUMN_BEHIND = re.compile(rf"(?:[ \t]+\d{{1,7}})?[ \t]+[vdiwef][ \t/]|[ \t][|-][ \t]{_LEVEL}")
_MARK_BEHIND = re.compile(r"[ \t]--- \[|[ \t]\w{1,40}\.(?:go|cc|cpp):\d{1,5}\]")  # Spring Boot; klog and glog


def is_process_id(folded: str, start: int, end: int) -> bool:
    """Say whether a number is the process of a log line.

    It stands in brackets at the line's head before the level or the time, or behind the time before a level
    that a dash parts from it or that is one letter, or before what only such lines have.
    """
    if _MARK_BEHIND.match(folded, end):
        return True
    head = folded[folded.rfind("\n", 0, start) + 1 : start]
    if len(head) > LOG_HEAD or not _COLUMNS.match(head):
        return False
    if head.endswith("["):
        return bool(_BRACKETED_BEHIND.match(folded, end))
    return bool(_STAMP.search(head) and _COLUMN_BEHIND.match(folded, end))
