"""`faultbook publish` on files as people write them: lists, several documents."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

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


def test_check_tells_what_drafts_lack(run: Run, toy: Path, tmp_path: Path) -> None:
    """What `publish` would refuse is a to-do of `check`: counted, listed with --complete, and no fault."""
    (tmp_path / "pumps.csv").write_text("code,message\nPMP-1,rotor is blocked\n", encoding="utf-8")
    run("import", "pumps.csv", "--pack", "pump")
    code, out, err = run("check")
    assert (code, out) == (0, "All good!\n")
    refused = [line.strip() for line in run("publish", "pump")[1].splitlines() if ": field-" in line]
    assert len(refused) == 4
    assert "To do before the drafts can be published: 4. See them with" in err
    code, out, err = run("check", "--complete", str(toy / "pump"))
    assert "did not run" not in out + err  # what a draft lacks hides nothing
    assert code == 1
    assert set(refused) <= {line[line.index("knowledge/") :] for line in out.splitlines()}
    assert run("check", "--complete", str(toy / "kettle"))[0] == 0
    assert "To do" not in run("check", str(toy / "kettle"))[2]
    assert run("list", "--pack", "pump")[1] == ""


@pytest.mark.parametrize("shape", ["text", "slack", "html"])
def test_preview_of_a_draft(run: Run, tmp_path: Path, shape: str) -> None:
    """A draft's card is shown before it is published, in a language in which it has no text, too."""
    (tmp_path / "pumps.csv").write_text("code,名称\nPMP-1,转子卡住\n", encoding="utf-8")
    run("import", "pumps.csv", "--pack", "pump")
    for language in ("en", "zh"):
        code, out, _ = run("preview", "PMP-1", "--lang", language, "--format", shape)
        assert code == 0
        assert "转子卡住" in out
    assert "isn't a documented code" in run("show", "PMP-1")[2]


FLOW = "{code: '211', status: draft, message: far too hot, family: water, " + (
    "title: {en: Far too hot, zh: 太热了}, description: {en: It is far too hot., zh: 水温太高。}, "
    "cause: {basis: inference, en: The sensor is dead., zh: 传感器坏了。}, "
    "steps: [{basis: inference, en: Swap the sensor., zh: 更换传感器。}], "
    "customer: {en: Please wait., zh: 请稍候。}}"
)
ASKED = "- {text: %s, expected: ['211'], kind: sentence}\n"


@pytest.mark.parametrize(
    ("draft", "published"),
    [
        (FLOW, FLOW.replace("status: draft", "status: current")),
        (f"[{FLOW}]", f"[{FLOW}]".replace("status: draft", "status: current")),
        (FLOW.replace("draft", '"draft"'), FLOW.replace("draft", "current")),
        (FLOW.replace(", ", ",\n  "), FLOW.replace(", ", ",\n  ").replace("draft", "current")),
        ("".join(f"{line}\n" for line in yaml.safe_dump(yaml.safe_load(FLOW)).splitlines()), None),
        (yaml.safe_dump(yaml.safe_load(FLOW)).replace("\n", "\r\n"), None),
        ("\ufeff" + yaml.safe_dump(yaml.safe_load(FLOW), allow_unicode=True), None),
        (
            yaml.safe_dump(yaml.safe_load(FLOW)).replace("draft", "'draft'  # till June"),
            yaml.safe_dump(yaml.safe_load(FLOW)).replace("draft", "current  # till June"),
        ),
        (
            yaml.safe_dump(yaml.safe_load(FLOW)).replace("status: draft", "status:\n  draft"),
            yaml.safe_dump(yaml.safe_load(FLOW)).replace("status: draft", "status:\n  current"),
        ),
    ],
    ids=[
        "flow",
        "flow in a list",
        "quoted",
        "flow over lines",
        "block",
        "windows",
        "mark",
        "remark",
        "next line",
    ],
)
def test_styles(run: Run, toy: Path, draft: str, published: str | None) -> None:
    """Whatever the style of a draft, what is told to be published is; nothing else of the file changes."""
    path = toy / "kettle/codes/211.yaml"
    path.write_bytes(draft.encode())
    for name, text in (("en", "it is boiling over all day"), ("zh", "水温一直降不下来怎么办")):
        asked = toy / f"kettle/questions/{name}.yaml"
        asked.write_text(asked.read_text(encoding="utf-8") + ASKED % text, encoding="utf-8")
    before = [
        line for line in path.read_bytes().splitlines(keepends=True) if line.strip() != b"status: draft"
    ]
    assert "1 published, 0 still drafts." in run("publish", "kettle")[1]
    assert path.read_bytes() == (b"".join(before) if published is None else published.encode())
    assert "kettle/211" in run("list")[1]
