"""How a word is said in a dialect (唔 for 不, 搵 for 找). The pairs stand in languages.yaml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

Dialect = Mapping[str, Sequence[str]]


def list_spellings(form: str, dialect: Dialect) -> Iterator[str]:
    """Yield a form as it is, then with each choice of its parts said in dialect.

    >>> list(list_spellings("找不到", {"不": ["唔"], "找": ["揾"]}))
    ['找不到', '找唔到', '揾不到', '揾唔到']
    """
    if not any(standard in form for standard in dialect):
        yield form
        return
    heads = [(form[0], form[1:])]
    for standard, words in dialect.items():
        if form.startswith(standard):
            heads += ((word, form[len(standard) :]) for word in words)
    for head, rest in heads:
        for tail in list_spellings(rest, dialect):
            yield head + tail
