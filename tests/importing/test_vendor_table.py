"""The vendor's whole table as a page, as Markdown and as pasted text: 55 codes with no hand work."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import yaml

from bot.knowledge.entry import Entry
from bot.knowledge.load import load_knowledge
from tests.support.command import Run, run

__all__ = ["run"]  # a fixture

PACK = "aliyun-living"
HEAD = ("错误码", "错误信息", "描述", "可尝试解决方法")
MENU = "<table><tr><td><a href='/'>首页</a></td><td>文档</td></tr></table>"


@pytest.fixture(scope="module")
def table() -> Mapping[str, Entry]:
    """The entries of the vendor's pack, by code."""
    root = Path(__file__).resolve().parents[2] / "knowledge"
    return load_knowledge(root).packs[PACK].entries


def list_cells(entry: Entry) -> tuple[str, str, str, list[str]]:
    """Return the facts of a row: code, message, meaning, steps of the source."""
    steps = [step.text["zh"] for step in entry.steps if step.basis == "source"]
    return entry.code, entry.message, entry.title["zh"], steps


def write_page(entries: Mapping[str, Entry]) -> str:
    """Return a page as vendors write them: a menu in a table, cells in paragraphs, steps as a list."""

    def write_rows() -> Iterator[str]:
        for entry in entries.values():
            code, message, meaning, steps = list_cells(entry)
            listed = "".join(f"<li><p>{html.escape(step)}</p></li>" for step in steps)
            last = f"<ol>{listed}</ol>" if steps else "N/A"
            yield (
                f"<tr><td><p>&nbsp;{code}</p></td><td><code>{html.escape(message)}</code></td>"
                f"<td>{html.escape(meaning)}<br/></td><td>{last}</td></tr>"
            )

    head = "".join(f"<th><p><b>{cell}</b></p></th>" for cell in HEAD)
    rows = "\n".join(write_rows())
    return (
        f"<!doctype html><meta charset=utf-8><title>公共错误码</title>{MENU}<h1>公共错误码</h1>"
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table><script>var a = '<td>';</script>"
    )


def write_markdown(entries: Mapping[str, Entry]) -> str:
    """Return the same as a table of Markdown, below a title."""
    lines = ["# 公共错误码", "", "更新时间：2018-09-04", "", f"| {' | '.join(HEAD)} |", "|---|---|---|---|"]
    for entry in entries.values():
        code, message, meaning, steps = list_cells(entry)
        listed = "<br>".join(f"{number}. {step}" for number, step in enumerate(steps, 1)) or "N/A"
        lines.append(f"| {code} | {message} | {meaning} | {listed} |")
    return "\n".join(lines) + "\n"


def write_pasted(entries: Mapping[str, Entry]) -> str:
    """Return the same as it is pasted from a page: cells set off by tabs, steps in quotes over lines."""
    lines = ["\t".join(HEAD)]
    for entry in entries.values():
        code, message, meaning, steps = list_cells(entry)
        listed = "\n".join(f"{number}.{step}" for number, step in enumerate(steps, 1))
        last = f'"{listed}"' if steps else "N/A"
        lines.append(f"{code}\t{message}\t{meaning}\t{last}")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("name", "write", "encoding"),
    [
        ("page.html", write_page, "utf-8"),
        ("page.md", write_markdown, "utf-8"),
        ("pasted.txt", write_pasted, "gb18030"),
    ],
)
def test_whole_table(
    run: Run, toy: Path, tmp_path: Path, table: Mapping[str, Entry], name: str, write: object, encoding: str
) -> None:
    """Every code comes with its message, its meaning and its steps; nothing else is taken for a row."""
    assert callable(write)
    (tmp_path / name).write_text(write(table), encoding=encoding)
    code, out, _ = run("import", name, "--pack", "vendor")
    assert code == 0
    assert "55 new, 0 updated" in out
    assert "Skipped rows: 0." in out
    found = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in (toy / "vendor/codes").iterdir()]
    assert {entry["code"] for entry in found} == set(table)
    for entry in found:
        _, message, meaning, steps = list_cells(table[entry["code"]])
        assert (entry["message"], entry["title"]["zh"]) == (message, meaning)
        assert [step["zh"] for step in entry.get("steps", [])] == steps
