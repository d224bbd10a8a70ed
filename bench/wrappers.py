"""What a text comes wrapped in: chatter, a line of a log, a JSON object. The text within stays as it is.

The numbers in logs are drawn, and none of them is a documented code.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from random import Random
from typing import Literal

from bench.word_lists import read_words

Wrapper = Literal["chatter", "log", "JSON"]

LOGGERS = (
    "c.a.iot.gateway.HomeService",
    "com.acme.home.DeviceFacade",
    "app.api.client",
    "mobile.network",
    "iot-bridge",
)
LEVELS = ("ERROR", "WARN", "error", "E", "WARNING")
LOGS = (
    "{date} {time},{milli} {level} [{thread}] {logger} - {text}",
    "[{date} {time}] [{level}] {logger}: {text}",
    "{date}T{time}.{milli}Z {level} {logger} msg={text}",
    "{level} {logger} request finished: {text} (requestId={request})",
    "{time} [{level}] <{logger}> invoke failed, reason: {text}",
    "{clock} myhost {logger}[{pid}]: {text}",
    "at={date}T{time}Z level={level} logger={logger} trace={request} err=\"{text}\"",
    "Caused by: com.acme.home.ApiException: {text}\n\tat com.acme.home.Client.send(Client.java:{line})",
)  # fmt: skip
CHINESE_LOGS = (
    "{date} {time} [{level}] 接口返回：{text}",
    "[{time}] 调用结果：{text}，requestId={request}",
    "{date} {time},{milli} {level} [{thread}] {logger} - 提示信息：{text}",
)
MESSAGE_KEYS = ("message", "msg", "errorMsg", "errMsg", "error", "localizedMsg", "detail", "errorMessage")

STATES = ("28000", "42000", "42S02", "HY000", "23000", "08S01", "22007", "0A000")
CODED = {
    "en": (
        "ERROR {code} ({state}): {text}", "ERROR {code} ({state}) at line {line}: {text}",
        "Error {code}: {text}", "error code {code}, {text}", "[{code}] {text}", "{code} - {text}",
        '({code}, "{text}")', "SQLSTATE[{state}]: {code} {text}",
    ),
    "zh": (
        "错误 {code} ({state}): {text}", "错误 {code}：{text}", "错误码 {code}，{text}", "报错{code}：{text}",
        "ERROR {code} ({state}): {text}", "[{code}] {text}", "{code} {text}",
    ),
}  # fmt: skip


def put_code(text: str, code: str, language: str, rng: Random) -> str:
    """Return the text with its code in front, as clients print it."""
    shape = rng.choice(CODED[language])
    return shape.format(code=code, state=rng.choice(STATES), line=rng.randrange(1, 90), text=text)


def wrap(text: str, kind: Wrapper, language: str, numbers: Collection[str], rng: Random) -> str:
    """Return the text wrapped; `numbers` are the documented codes, which no wrapper may add."""
    if kind == "chatter":
        return _chat(text, language, rng)
    draw = _refuse(numbers, rng)
    return _log(text, language, draw, rng) if kind == "log" else _to_json(text, draw, rng)


def _chat(text: str, language: str, rng: Random) -> str:
    """Put a sentence before, after, or on both sides."""
    words = read_words("chatter")
    before, after = rng.choice(words["before"][language]), rng.choice(words["after"][language])
    gap, stop = ("", "") if language == "zh" else (" ", "" if text.endswith(".") else rng.choice(".,"))
    shape = rng.randrange(3)
    if shape == 0:
        return f"{before}{gap}{text}"
    if shape == 1:
        return f"{text}{stop}{gap}{after}"
    return f"{before}{gap}{text}{stop}{gap}{after}"


def _log(text: str, language: str, draw: Callable[[int, int], int], rng: Random) -> str:
    shapes = (*LOGS, *CHINESE_LOGS) if language == "zh" else LOGS
    hour, minute, second = rng.randrange(24), rng.randrange(60), rng.randrange(60)
    time = f"{hour:02}:{minute:02}:{second:02}"
    day = rng.randrange(1, 29)
    return rng.choice(shapes).format(
        date=f"2025-{rng.randrange(1, 13):02}-{day:02}",
        time=time,
        clock=f"Mar {day} {time}",
        milli=f"{draw(1, 999):03}",
        level=rng.choice(LEVELS),
        thread=f"http-nio-{draw(8000, 9000)}-exec-{rng.randrange(1, 20)}",
        logger=rng.choice(LOGGERS),
        request=_write_id(rng),
        pid=draw(1000, 30000),
        line=draw(20, 900),
        text=text,
    )


def _to_json(text: str, draw: Callable[[int, int], int], rng: Random) -> str:
    key = rng.choice(MESSAGE_KEYS)
    shapes: tuple[dict[str, object], ...] = (
        {key: text},
        {"success": False, key: text, "data": None},
        {"requestId": _write_id(rng), key: text},
        {"id": _write_id(rng), "result": {key: text, "cost": draw(3, 900)}},
        {"level": "error", "time": f"2025-03-{rng.randrange(1, 29):02}T08:00:00Z", key: text},
        {key: text, "path": "/living/cloud/v1", "retry": True},
    )
    written = json.dumps(
        rng.choice(shapes), ensure_ascii=rng.random() < 0.2, indent=rng.choice((None, None, 2))
    )
    return written if rng.random() < 0.8 else f"resp={written}"


def _write_id(rng: Random) -> str:
    """Return what identifies a request: letters and digits, eight and four, none of them digits alone."""
    return (
        "".join(rng.choice("abcdef") + rng.choice("0123456789") for _ in range(4))
        + "-"
        + "".join(rng.choice("abcdef") for _ in range(4))
    )


def _refuse(numbers: Collection[str], rng: Random) -> Callable[[int, int], int]:
    """Return a draw of whole numbers that passes over the documented codes."""

    def draw(low: int, high: int) -> int:
        number = rng.randrange(low, high)
        while str(number) in numbers or f"{number:03}" in numbers:
            number = rng.randrange(low, high)
        return number

    return draw
