"""Which forms that strangers use the terms lack."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bench.form_gaps import GENERAL, Gap, find_gaps, list_endings, main, sort_term
from bot.knowledge.language import Term
from bot.knowledge.snapshot import Knowledge

ONLINE = Term(
    "online",
    {"en": ("back up", "hooked up"), "zh": ("在线", "连上")},
    {"en": ("cut off", "no signal"), "zh": ("失联", "掉了线", "连不上", "没连上")},
    polar=True,
)


def list_gaps(knowledge: Knowledge, *terms: Term) -> list[Gap]:
    """Return what these terms lack, as the only ones of terms.yaml."""
    return [gap for gap in find_gaps(replace(knowledge, terms=terms)) if gap.family == GENERAL]


def test_kinds_of_forms(knowledge: Knowledge) -> None:
    """A state whose words are a manual's lacks what can't be done, what wasn't and how people say it."""
    assert list_gaps(knowledge, ONLINE) == []
    manual = replace(ONLINE, forms={"zh": ("在线",)}, opposites={"zh": ("失联",)})
    kinds = {gap.kind for gap in list_gaps(knowledge, manual)}
    assert {"zh impossible (opposite)", "zh undone (opposite)", "zh everyday", "en everyday"} <= kinds


def test_usage_of_regions(knowledge: Knowledge) -> None:
    """A word of the mainland lacks that of Taiwan where no term has it, however it is written."""
    here = Term("record", {"en": ("record", "records"), "zh": ("创建",)}, {}, polar=False)
    there = replace(here, forms={**here.forms, "zh": ("创建", "建立")})
    assert [gap.missing for gap in list_gaps(knowledge, here) if gap.kind == "Taiwan"] == [("建立",)]
    assert not list_gaps(knowledge, there)


@pytest.mark.parametrize(
    ("forms", "lacking"),
    [
        (("permit", "permits", "permitted"), ("permit -ing",)),
        (("agree", "agreed"), ("agree -s", "agree -ing")),
        (("retry", "retries", "retried", "retrying"), ()),
        (("firmware",), ("firmware -s",)),
        (("take back", "lamp"), ("lamp -s",)),
        (("expired",), ()),
    ],
)
def test_endings(forms: tuple[str, ...], lacking: tuple[str, ...]) -> None:
    """An English word that has some of its endings has all of them."""
    assert list_endings(forms) == lacking


def test_sorts_of_terms() -> None:
    """What has an opposite is a state, what ends in -ing a deed, anything else a thing."""
    assert sort_term(ONLINE) == "state"
    assert sort_term(Term("cancel", {"en": ("cancelling",)}, {}, polar=False)) == "deed"
    assert sort_term(Term("device", {"en": ("device",)}, {}, polar=False)) == "thing"


def test_shipped_words(knowledge: Knowledge) -> None:
    """Every family of the shipped packs has words of each region, and the lists know who tells of faults."""
    gaps = list(find_gaps(knowledge))
    assert [gap for gap in gaps if gap.family == "languages.yaml"] == []
    assert (
        len([gap for gap in gaps if gap.kind in ("Taiwan", "Hong Kong")]) <= 4
    )  # 工作, set, check and the like


def test_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """The report stands under its families; one family may be asked for."""
    assert main(["--family", GENERAL]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("general\n  ")
    assert "aliyun-living" not in printed
