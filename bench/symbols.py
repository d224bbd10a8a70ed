"""Codes that are no numbers: 1,000 of them in logs, JSON and prose; and 10,000 lines that hold none.

`python -m bench.symbols [--seed N]`. The lines are paths, hosts, addresses and identifiers made around the
same codes, so that a code inside one of them is taken wherever the borders are wrong. Prints the figures;
exits with 1 if a code is missed or one is found where none stands.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from bot.knowledge.code_shapes import find_spellings
from bot.knowledge.codes import CodeShape
from bot.knowledge.load import load_knowledge
from bot.knowledge.snapshot import Knowledge
from bot.matching import Matcher

SHIPPED = Path(__file__).parents[1] / "knowledge"
CODES, LINES = 1000, 10_000
WORDS = (
    "Invalid",
    "Missing",
    "Device",
    "Account",
    "Quota",
    "Signature",
    "Request",
    "Token",
    "Product",
    "Throttled",
)
STATES = ("NotFound", "Malformed", "Exceeded", "Denied", "Expired", "Mismatch", "Timeout", "Duplicate")
SHAPES = (
    "E{n:04d}",
    "ERR-{n}",
    "IOTDA.{n:06d}",
    "{a}{b}.{c}",
    "{A}_{B}_{C}",
    "0x8007{n:04x}",
    "T{n:03d}{x}{y}",
)
FRAMES = (
    "2024-05-02 08:11:09,482 ERROR [pool-3] c.a.Client - call failed: {code}",
    "[{code}] the call was refused", "{{\"code\": \"{code}\", \"requestId\": \"7f3a\"}}",
    "{{'errorCode': '{code}', 'success': False}}", "error code {code} since noon", "what does {code} mean?",
    "报错{code}怎么办", "错误码：{code}。", "the app shows `{code}` and stops", "code={code}; cost=12ms",
    "一直返回 {code}，重启没用", "({code})", "{code}: please try again", "got {code}, then it worked",
)  # fmt: skip
TRAPS = (
    "/var/log/{code}/today", "https://api.example.com/{code}?x=1", "{code}.log was rotated",
    "src/{code}.c:12",
    "host {code}.example.com is up", "{code}@example.com wrote", "node-{code} joined", "{code}-rc1 is out",
    "my_{code}_flag is set", "cfg.{code}.limit", "C:\\logs\\{code}\\a", "x{code}", "{code}9", "see #{code}",
    "${code}", "pkg.{code}", "/api/v1/{code}", "~/{code}", "git checkout feature/{code}", "{code}_total 17",
)  # fmt: skip


def make_codes(dice: random.Random) -> list[str]:
    """Return the codes, all different, also without regard to case."""
    codes: dict[str, str] = {}
    while len(codes) < CODES:
        first, second, state = dice.choice(WORDS), dice.choice(WORDS), dice.choice(STATES)
        code = dice.choice(SHAPES).format(
            n=dice.randrange(100, 10_000), a=first, b=second, c=state, A=first.upper(), B=second.upper(),
            C=state.upper(), x=dice.choice("ABCDEFGH"), y=dice.choice("KLMNPQRS"),
        )  # fmt: skip
        codes.setdefault(code.lower(), code)
    return list(codes.values())


def build(codes: Sequence[str]) -> Knowledge:
    """Return the shipped knowledge with one pack of these codes."""
    knowledge = load_knowledge(SHIPPED)
    base = next(iter(knowledge.packs.values()))
    some = next(iter(base.entries.values()))
    entries = {code: replace(some, code=code, message="", title={}, phrases=(), aliases=()) for code in codes}
    shape = CodeShape(digits=(0, 0))
    pack = replace(
        base, shape=shape, entries=entries, spellings=find_spellings(entries.values()), families={}
    )
    return replace(knowledge, packs={base.id: pack})


def ask(matcher: Matcher, codes: Sequence[str], dice: random.Random) -> Iterator[tuple[str, str]]:
    """Yield each text in which a code isn't answered, with the code."""
    for code in codes:
        for frame in dice.sample(FRAMES, 3):
            written = dice.choice((code, code.lower(), code))
            text = frame.format(code=written)
            if [match.entry.code for match in matcher.ask(text).matches] != [code]:
                yield text, code


def trap(matcher: Matcher, codes: Sequence[str], dice: random.Random) -> Iterator[str]:
    """Yield each line in which a code is found, though none stands there."""
    for _ in range(LINES):
        text = dice.choice(TRAPS).format(code=dice.choice(codes))
        if any(code.code not in ("", text) for code in matcher.explain(text).codes):
            yield text


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 1 where a code is missed or found inside of something else."""
    parser = argparse.ArgumentParser(prog="python -m bench.symbols", description="Codes that are no numbers.")
    parser.add_argument("--seed", type=int, default=1)
    dice = random.Random(parser.parse_args(arguments).seed)
    codes = make_codes(dice)
    matcher = Matcher(build(codes))
    missed, found = list(ask(matcher, codes, dice)), list(trap(matcher, codes, dice))
    print(f"{len(codes)} codes in {3 * len(codes)} texts: {len(missed)} missed")
    print(f"{LINES} lines without a code: {len(found)} taken for one")
    for text, code in missed[:10]:
        print(f"  missed {code}: {text}")
    for text in found[:10]:
        print(f"  taken: {text}")
    return 1 if missed or found else 0


if __name__ == "__main__":
    sys.exit(main())
