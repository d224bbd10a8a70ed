"""New entries: what is written, that the linter names every gap, and what is refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.authoring.check import check
from bot.authoring.scaffold import scaffold
from bot.errors import InputError, KnowledgeError
from bot.knowledge.load import load_knowledge


def list_files(root: Path) -> dict[str, bytes]:
    """Return the bytes of every file of the folder by path, but for the schemas."""
    paths = (path for path in sorted(root.rglob("*")) if path.is_file() and path.parent.name != ".schema")
    return {str(path): path.read_bytes() for path in paths}


def test_new_entry(toy: Path) -> None:
    """A new entry is one more file, in the family of its code; the linter names each field to be filled."""
    before = list_files(toy)
    path = scaffold(toy, "kettle", "190")
    assert path == toy / "kettle/codes/190.yaml"
    assert {name: raw for name, raw in list_files(toy).items() if name != str(path)} == before
    assert load_knowledge(toy).packs["kettle"].entries["190"].family == "power"
    problems = check(toy)
    assert {problem.path for problem in problems} == {"knowledge/kettle/codes/190.yaml"}
    assert [problem.message for problem in problems if problem.rule == "question-missing"] == [
        "190 has no golden question in: en, zh"
    ]
    gaps = [
        problem.message.removesuffix(" is empty") for problem in problems if problem.rule == "field-empty"
    ]
    fields = ("title", "description", "cause", "steps 1", "customer")
    due = ["message", *(f"{field}.{language}" for field in fields for language in ("en", "zh"))]
    assert gaps == [*due, "phrases.en: a phrase", "phrases.zh: a phrase"]
    assert len(problems) == len(gaps) + 1


def test_schema_of_a_new_entry(toy: Path) -> None:
    """The first line of a new entry names its schema, which stands there."""
    path = scaffold(toy, "kettle", "190")
    first = path.read_text(encoding="utf-8").splitlines()[0]
    mark, _, named = first.partition("$schema=")
    assert mark == "# yaml-language-server: "
    assert "properties" in (path.parent / named).read_text(encoding="utf-8")


def test_new_entry_of_a_layer(layered: Path) -> None:
    """In a layer pack a new entry asks for its sources, and for no phrases."""
    path = scaffold(layered, "kettle-base", "303")
    assert "phrases:" not in path.read_text(encoding="utf-8")
    problems = check(layered)
    assert {problem.path for problem in problems} == {"knowledge/kettle-base/codes/303.yaml"}
    assert {"source-unknown", "field-empty"} <= {problem.rule for problem in problems}


def test_new_entry_blames_no_other(real: Path, tmp_path: Path) -> None:
    """Beside the entries of a whole product, an entry not yet filled in is the only file with problems."""
    root = tmp_path / "knowledge"
    shutil.copytree(real, root)
    scaffold(root, "aliyun-living", "28505")
    assert {problem.path for problem in check(root)} == {"knowledge/aliyun-living/codes/28505.yaml"}


def test_optional_fields(toy: Path) -> None:
    """The optional fields of a new entry are sound YAML once their comment marks are off."""
    path = scaffold(toy, "kettle", "190")
    head, tail = path.read_text(encoding="utf-8").split("to use them:\n")
    tail = tail.replace("# ", "", 1).replace("\n# ", "\n").replace('code: "0"', 'code: "101"')
    path.write_text(head + "\n" + tail, encoding="utf-8")
    entry = load_knowledge(toy).packs["kettle"].entries["190"]
    assert (entry.status, entry.audience, entry.replaced_by) == ("retired", "internal", "0")
    assert (entry.related[0].code, list(entry.situation)) == ("101", ["en", "zh"])


def test_first_entry_of_a_pack(toy: Path) -> None:
    """A pack that has no folder of codes gets one."""
    for path in (toy / "kettle/codes").iterdir():
        path.unlink()
    (toy / "kettle/codes").rmdir()
    assert scaffold(toy, "kettle", "201").is_file()


@pytest.mark.parametrize(
    ("pack", "code", "key"),
    [
        ("teapot", "190", "pack_unknown"),
        ("../kettle", "190", "pack_unknown"),
        ("kettle", "101", "code_exists"),
        ("kettle", "1900", "code_malformed"),
        ("kettle", "19", "code_malformed"),
        ("kettle", "²²²", "code_malformed"),
        ("kettle", "１９０", "code_malformed"),
        ("kettle", "../", "code_malformed"),
        pytest.param("kettle", "7" * 5000, "code_malformed", id="5000 digits"),
        ("kettle", "", "code_malformed"),
        ("kettle", "300", "family_unknown"),
    ],
)
def test_refused(toy: Path, pack: str, code: str, key: str) -> None:
    """What can't be written is refused with its reason, and nothing is touched."""
    before = list_files(toy)
    with pytest.raises(InputError) as caught:
        scaffold(toy, pack, code)
    assert caught.value.key == key
    assert list_files(toy) == before


def test_signed_code(toy: Path) -> None:
    """A minus sign stays where a family holds the code with it, and is dropped where none does."""
    pack = toy / "kettle/pack.yaml"
    text = pack.read_text("utf-8").replace("digits: [3, 3]", 'digits: [1, 3]\n  signed: ["1-9"]')
    pack.write_text(text.replace('["200-299"]', '["200-299", "-9--1"]'), encoding="utf-8")
    assert scaffold(toy, "kettle", "-5").name == "-5.yaml"
    assert scaffold(toy, "kettle", "-205").name == "205.yaml"


def test_families_that_do_not_hold_a_code(toy: Path) -> None:
    """Whoever adds a code outside every range is told the file and each family, of many codes the first."""
    pack = toy / "kettle/pack.yaml"
    many = ", ".join(f'"{code}"' for code in range(200, 300))
    pack.write_text(pack.read_text("utf-8").replace('"200-299"', many), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        scaffold(toy, "kettle", "300")
    power, water = str(caught.value.values["known"]).split("; ")
    assert power == "power: 100-149, 190"
    assert (water[:17], water[-1]) == ("water: 200, 201, ", "…")
    assert len(water) <= 60
    assert caught.value.values["path"] == str(pack)


def test_code_in_a_file_of_many(toy: Path) -> None:
    """A code in a file of another name exists; a file of the code's name is never written over."""
    (toy / "kettle/codes/101.yaml").rename(toy / "kettle/codes/power.yaml")
    (toy / "kettle/codes/102.yaml").rename(toy / "kettle/codes/190.yaml")
    for code in ("101", "190"):
        with pytest.raises(InputError) as caught:
            scaffold(toy, "kettle", code)
        assert caught.value.key == "code_exists"


def test_broken_folder(toy: Path) -> None:
    """Nothing is written into a folder that has faults of form."""
    (toy / "terms.yaml").write_text("{", encoding="utf-8")
    before = list_files(toy)
    with pytest.raises(KnowledgeError):
        scaffold(toy, "kettle", "190")
    assert list_files(toy) == before


def test_unwritable_folder(toy: Path) -> None:
    """A folder that can't be written to is an error that names the file."""
    (toy / "kettle/codes").rename(toy / "kettle/old")
    (toy / "kettle/codes").write_text("", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        scaffold(toy, "kettle", "190")
    assert caught.value.key == "file_unwritable"
    assert caught.value.values["path"] == str(toy / "kettle/codes/190.yaml")
