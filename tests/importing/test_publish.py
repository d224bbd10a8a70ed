"""`faultbook publish` on files as people write them: lists, several documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.command import Run, run

__all__ = ["run"]  # a fixture


@pytest.mark.parametrize("first", ["code: '202'", "status: draft"])
def test_publish_from_a_list(run: Run, toy: Path, first: str) -> None:
    """A draft that stands in a list of entries is published in its place."""
    path = toy / "kettle/codes/201.yaml"
    entry = path.read_text(encoding="utf-8").replace('code: "201"\n', "")
    fields = [first, *({"code: '202'", "status: draft"} - {first}), *entry.splitlines()]
    text = "- " + "\n  ".join(fields).replace("water level too low", "water level far too low")
    text = text.replace("boiled nearly empty", "one more cup").replace("快要烧干了", "再倒一杯就没了")
    (toy / "kettle/codes/more.yaml").write_text(text + "\n", encoding="utf-8")
    for name, asked in (("en", "only one cup is left in it"), ("zh", "壶里只剩一杯的量了")):
        questions = toy / f"kettle/questions/{name}.yaml"
        added = f"- {{text: {asked}, expected: ['202'], kind: sentence}}\n"
        questions.write_text(questions.read_text(encoding="utf-8") + added, encoding="utf-8")
    assert "1 published, 0 still drafts." in run("publish", "kettle")[1]
    assert "kettle/202" in run("list")[1]


def test_what_drafts_lack(run: Run, toy: Path) -> None:
    """A field that lacks is told once, one that is empty too, each of its own draft in a file of several."""
    text = (toy / "kettle/codes/201.yaml").read_text(encoding="utf-8")
    bare = text.replace(
        "  - {basis: source, en: Fill in water up to the lower mark., zh: 加水到下限刻度以上。}\n", ""
    )
    without = bare.replace("201", "211").replace("steps:\n", "")
    drafts = [f"status: draft\n{text}" for text in (without, bare.replace("201", "212"))]
    (toy / "kettle/codes/drafts.yaml").write_text("---\n".join(drafts), encoding="utf-8")
    out = run("publish", "kettle")[1]
    told = [line.partition("yaml:")[2].partition(": ")[2] for line in out.splitlines()]
    assert [each for each in told if each.startswith("field-") and "steps" in each] == [
        "field-missing: steps is not given",
        "field-empty: steps is empty",
    ]
