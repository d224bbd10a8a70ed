"""Whatever a table holds: an import leaves a folder that can be read, and the same table changes nothing."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.errors import InputError
from bot.importing.importer import prepare_import
from bot.knowledge.load import load_knowledge

CODES = st.sampled_from(
    [
        "404",
        "-35",
        "E-1",
        "E1-",
        "PAY_X",
        "pay_x",
        "0x80",
        "28504.0",
        "２８",
        "1e5",
        "NULL",
        "no",
        "0404",
        "9" * 18,
    ]
) | st.from_regex(r"[A-Z0-9_.%-]{1,12}", fullmatch=True)
CELLS = (
    st.sampled_from(
        [
            "",
            "N/A",
            "true",
            "~",
            "- a",
            "# b",
            "a: b",
            "*x",
            "{y}",
            '"',
            "'",
            "1. a 2. b",
            "水\n火",
            "x" * 200,
            "长" * 3000,
        ]
    )
    | st.sampled_from(["长" * 3000, "1. a\n2. b"])
    | st.text(max_size=30)
)
ROWS = st.lists(st.tuples(CODES, CELLS, CELLS, CELLS), min_size=2, max_size=8)
HEADINGS = ("code", "message", "名称", "solution")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A knowledge folder without packs: two small languages."""
    root = tmp_path_factory.mktemp("base")
    (root / "messages").mkdir()
    for name in ("en", "zh"):
        (root / f"messages/{name}.yaml").write_text("label_cause: x\n", encoding="utf-8")
    headings = "{code: [code], message: [message], title: [名称], steps: [solution]}"
    (root / "languages.yaml").write_text(
        f"en: {{name: English, scripts: [Latin], code_words: [error code], headings: {headings}}}\n"
        "zh: {name: 中文, scripts: [Han], code_words: [错误码], absent_cells: [N/A]}\n",
        encoding="utf-8",
    )
    return root


@settings(max_examples=100)
@given(rows=ROWS)
@example(rows=[("E1-", "a", "", ""), ("E2", "长" * 3000, "", "")])
@example(rows=[("-35", "no\x85way", "\ud7ff", "\u2028"), ("35", "", "", "")])
def test_any_table(base: Path, rows: list[tuple[str, str, str, str]]) -> None:
    """What an import writes is read without a problem, and imported again it is unchanged."""
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([HEADINGS, *rows])
    content = stream.getvalue().encode("utf-8", "replace")
    with TemporaryDirectory() as folder:
        root = Path(folder) / "knowledge"
        _copy(base, root)
        try:
            first = prepare_import(root, load_knowledge(root), "any", content, "any.csv", "2021-04-01")
        except InputError:  # no table at all
            assert not (root / "any").exists()
            return
        first.write()
        knowledge = load_knowledge(root, drafts=True)
        assert len(knowledge.entries) == first.plan.count("create")
        again = prepare_import(root, knowledge, "any", content, "any.csv", "2021-04-01")
        assert again.plan.count("unchanged") == first.plan.count("create")
        assert {each.effect for each in again.plan.planned} <= {"unchanged"}


def _copy(base: Path, root: Path) -> None:
    for path in base.rglob("*.yaml"):
        target = root / path.relative_to(base)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
