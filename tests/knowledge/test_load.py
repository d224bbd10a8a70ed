"""What the loader reads, and what it refuses: each rule of form with a file that breaks it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from bot.authoring.check import FORM_RULES
from bot.errors import KnowledgeError, Problem, SettingError
from bot.knowledge import folder, yaml_text
from bot.knowledge.codes import CodeSet, CodeShape
from bot.knowledge.entry import Phrase
from bot.knowledge.folder import find_knowledge
from bot.knowledge.language import Term
from bot.knowledge.load import load_knowledge
from tests.support.spoil import spoil

ENTRY = "kettle/codes/201.yaml"
PACK = "kettle/pack.yaml"
LONG = "7" * 5000  # more digits than int() takes

# rule, file, text to replace, what stands there instead, line of the fault
BROKEN = [
    ("alias-used", ENTRY, "message: water", "message: *water", 2),
    ("anchor-used", ENTRY, "message: water", "message: &water", 2),
    ("tag-used", ENTRY, "message: water", "message: !water", 2),
    ("tag-used", ENTRY, 'code: "201"', 'code: !!str "201"', 1),
    ("tag-used", ENTRY, "title: {", "title: !!map {", 4),
    ("key-twice", ENTRY, "family: water", "family: water\nfamily: power", 4),
    ("key-unknown", ENTRY, "family: water", "family: water\nphrase: dry", 4),
    ("key-unknown", ENTRY, "[boiled nearly empty]", "[{text: boiled nearly empty, share: [a]}]", 11),
    ("key-unknown", PACK, "owners:", "owner:", 15),
    ("key-unknown", "kettle/codes/101.yaml", '{code: "102", why', '{code: "102", about: x, why', 20),
    ("language-unknown", "terms.yaml", "  opposite:", "  oposite:", 5),
    ("code-malformed", ENTRY, 'code: "201"', "code: 20 l", 1),
    ("code-malformed", ENTRY, 'code: "201"', "code: ２０１", 1),
    ("code-malformed", ENTRY, "family: water", "family: water\nreplaced_by: no code", 4),
    ("code-malformed", "kettle/codes/102.yaml", '["101"]', "[one/two]", 14),
    ("code-malformed", ENTRY, 'code: "201"', f"code: {LONG}", 1),
    ("code-malformed", ENTRY, "family: water", f"family: water\nreplaced_by: {LONG}", 4),
    ("code-malformed", "kettle/codes/101.yaml", 'code: "102", why', f"code: {LONG}, why", 20),
    ("code-malformed", "kettle/codes/102.yaml", '["101"]', f"[{LONG}]", 14),
    ("code-malformed", PACK, "evidence:", f"http_like: [{LONG}]\nevidence:", 8),
    ("code-twice", ENTRY, 'code: "201"', 'code: "101"', 1),
    ("document-extra", PACK, "evidence:", "---\nevidence:", 9),
    ("field-missing", ENTRY, "message: water level too low\n", "", 1),
    ("field-missing", ENTRY, "cause: {basis: source,", "cause: {", 6),
    ("field-missing", PACK, '  date: "2020-02-29"\n', "", 2),
    ("language-missing", ENTRY, "title: {en: There is too little water, zh: 水量过少}", "title:", 4),
    ("language-unknown", ENTRY, "title: {", "title: {fr: Trop peu, ", 4),
    ("language-unknown", ENTRY, "  zh: [快要烧干了]", "  zh: [快要烧干了]\n  fr: [vide]", 13),
    ("language-unknown", "terms.yaml", "  zh: [打开]", "  zh: [打开]\n  fr: [ouvert]", 5),
    ("range-malformed", PACK, "200-299", "299-200", 19),
    ("range-malformed", PACK, "200-299", "two hundred", 19),
    ("range-malformed", PACK, "200-299", "２００-２９９", 19),
    ("range-malformed", PACK, "200-299", f"200-{LONG}", 19),
    ("range-malformed", PACK, "digits: [3, 3]", "digits: [5, 3]", 6),
    ("range-malformed", PACK, "digits: [3, 3]", "digits: [3, 19]", 6),
    ("text-too-long", ENTRY, "message: water level too low", f"message: {'water ' * 500}", 2),
    ("text-too-long", ENTRY, "There is too little water, zh", f"{'too ' * 40}, zh", 4),
    ("text-too-long", ENTRY, "zh: 水量过少", f"zh: {'水' * 121}", 4),
    ("text-too-long", ENTRY, "zh: 加水到下限刻度以上。", f"zh: {'加水' * 1400}", 8),
    ("text-too-long", ENTRY, "message: water level too low", f"message: a{'&' * 600}", 2),
    ("text-too-long", ENTRY, "message: water level too low", f"message: {'🔥' * 1400}", 2),
    ("type-wrong", ENTRY, "message: water level too low", "message: [water, low]", 2),
    ("type-wrong", ENTRY, "title: {en: There is too little water, zh: 水量过少}", "title: Too little", 4),
    ("type-wrong", ENTRY, "  en: [boiled nearly empty]", "  en: boiled nearly empty", 11),
    ("type-wrong", ENTRY, "[boiled nearly empty]", "[[boiled nearly empty]]", 11),
    ("type-wrong", ENTRY, "message: water", "? [a, b]\n: c\nmessage: water", 2),
    ("type-wrong", PACK, "digits: [3, 3]", "digits: 3", 6),
    ("type-wrong", PACK, "digits: [3, 3]", f"digits: [3, {LONG}]", 6),
    ("range-malformed", PACK, 'distinctive: ["100-299"]', f'distinctive: ["{LONG}"]', 7),
    ("type-wrong", PACK, 'distinctive: ["100-299"]', "distinctive: three", 7),
    ("value-unknown", ENTRY, "cause: {basis: source,", "cause: {basis: guess,", 6),
    ("value-unknown", ENTRY, "family: water", "family: water\naudience: everybody", 4),
    ("value-unknown", PACK, "  distinctive:", "  negative: yes\n  distinctive:", 7),
    ("pattern-costly", PACK, "  distinctive:", "  patterns: [(A+)+]\n  distinctive:", 7),
    (
        "pattern-costly",
        PACK,
        "  distinctive:",
        "  patterns: ['[A-Z]{1,9}[A-Z]{1,9}[A-Z]{1,9}[A-Z]{1,9}']\n  distinctive:",
        7,
    ),
    ("yaml-broken", ENTRY, "title: {", "title: {{", 5),
    ("yaml-broken", ENTRY, "message: water", "message: water: hot", 2),
    ("yaml-broken", ENTRY, "message: water", "message: \x07water", 2),
]


def find_problems(root: Path) -> tuple[Problem, ...]:
    """Return what the loader says against the folder."""
    with pytest.raises(KnowledgeError) as caught:
        load_knowledge(root)
    return caught.value.problems


@pytest.mark.parametrize(("rule", "path", "old", "new", "line"), BROKEN)
def test_fault_of_form(toy: Path, rule: str, path: str, old: str, new: str, line: int) -> None:
    """A fault of form is told with its file, its line and its rule."""
    spoil(toy / path, old, new)
    found = [(problem.path, problem.line, problem.rule) for problem in find_problems(toy)]
    assert (f"knowledge/{path}", line, rule) in found


def test_limits_of_slack(toy: Path) -> None:
    """A text that just fits is no fault; one that doesn't is told with how long it is and may be."""
    spoil(toy / ENTRY, "message: water level too low", f"message: {'w' * 2700}")
    assert load_knowledge(toy).count
    spoil(toy / ENTRY, "message: w", "message: ww")
    [problem] = find_problems(toy)
    assert problem.message == "message takes 2701 characters in Slack, where at most 2700 fit"


# file, text to replace, what stands there instead, the only problem there is
ONE_PROBLEM = [
    (
        PACK,
        "digits: [3, 3]",
        "digits: [5, 3]",
        "6: range-malformed: code.digits: give the fewest first, then the most, up to 18: [3, 5]",
    ),
    (
        ENTRY,
        "title: {en: There is too little water, zh: 水量过少}",
        "title: Too little",
        "4: type-wrong: title must be a mapping (key: value)",
    ),
    (
        ENTRY,
        "title: {en: There is too little water, zh: 水量过少}",
        "title:\n  en： Too little",
        "4: type-wrong: title must be a mapping (key: value);"
        " type ':' and a space after a field's name, not '：'",
    ),
    (
        ENTRY,
        "cause: {basis: source, en: Less water than the lower mark., zh: 水位低于下限刻度。}",
        "cause: too little",
        "6: type-wrong: cause must be a mapping (key: value)",
    ),
    (
        "kettle/codes/101.yaml",
        ", en: Ask for the serial number., zh: 询问序列号。",
        "",
        "9: language-missing: steps 2 is not given in any of: en, zh",
    ),
    (
        "kettle/codes/101.yaml",
        "{basis: inference, audience",
        "{basis: guess, audience",
        "9: value-unknown: steps 2.basis must be one of: source, field, inference",
    ),
    (
        "kettle/codes/101.yaml",
        "why: {en: If there is current., zh: 如果有电。}",
        "why: {}",
        "20: language-missing: related 1.why is not given in any of: en, zh",
    ),
    (
        ENTRY,
        'code: "201"',
        "code: “201”",
        "1: code-malformed: code: it must be a number or letters, digits, _ . and -, not '“201”';"
        ' put a text in straight quotes ("), not in “ ”',
    ),
    (
        ENTRY,
        'code: "201"',
        f"code: {LONG}",
        "1: code-malformed: code: at most 18 digits are read; it has 5000",
    ),
    (
        ENTRY,
        "family: water",
        "family: water\n“status”: current",
        '4: key-unknown: “status” is not known here; put a text in straight quotes ("), not in “ ”',
    ),
]


@pytest.mark.parametrize(("path", "old", "new", "told"), ONE_PROBLEM)
def test_one_fault_is_one_problem(toy: Path, path: str, old: str, new: str, told: str) -> None:
    """A fault is told once, at its place as a reader counts, with what to do."""
    spoil(toy / path, old, new)
    assert [str(problem) for problem in find_problems(toy)] == [f"knowledge/{path}:{told}"]


@pytest.mark.parametrize(
    ("code", "held"),
    [
        ("201", True),
        ("0201", True),
        ("300", False),
        ("２０１", False),
        ("²", False),
        ("", False),
        (LONG, False),
    ],
)
def test_family_holds(toy: Path, code: str, held: bool) -> None:
    """A family holds codes in ASCII digits within its ranges, leading zeros or not, and nothing else."""
    assert load_knowledge(toy).packs["kettle"].families["water"].holds(code) is held


def break_files() -> Iterator[tuple[str, str, bytes | None]]:
    """Return rule, file and its new bytes; None takes the file away."""
    yield "encoding-wrong", ENTRY, "code: 低水位".encode("gb18030")
    yield "encoding-wrong", ENTRY, b"\xff\xfec\x00o\x00d\x00e\x00"
    yield "file-empty", ENTRY, b""
    yield "file-empty", ENTRY, b"# nothing but a comment\n---\n"
    yield "file-empty", "messages/zh.yaml", b""
    yield "file-missing", PACK, None
    yield "file-missing", "languages.yaml", None
    yield "file-misnamed", "kettle/codes/202.yml", b"code: '202'"
    yield "language-missing", "messages/zh.yaml", None
    yield "language-unknown", "messages/fr.yaml", b"why: pourquoi"
    yield "yaml-broken", ENTRY, b"\x00\x01binary"
    yield "yaml-broken", ENTRY, b"[" * 100_000
    yield "type-wrong", ENTRY, b"just a text"
    yield "type-wrong", ENTRY, b"[a, b]"


def test_some_other_folder(toy: Path) -> None:
    """A folder without languages.yaml is no knowledge folder: nothing else in it is read or blamed."""
    (toy / "languages.yaml").unlink()
    (toy / PACK).write_text("{", encoding="utf-8")
    assert [str(problem) for problem in find_problems(toy)] == [
        "knowledge/languages.yaml:1: file-missing: there is no such file"
    ]


@pytest.mark.parametrize(("rule", "path", "content"), list(break_files()))
def test_broken_file(toy: Path, rule: str, path: str, content: bytes | None) -> None:
    """A file that can't be read as what it must be is told by its path."""
    if content is None:
        (toy / path).unlink()
    else:
        (toy / path).write_bytes(content)
    assert (f"knowledge/{path}", rule) in [(problem.path, problem.rule) for problem in find_problems(toy)]


def test_unreadable(toy: Path) -> None:
    """A link that leads nowhere and a folder that isn't there are told as such."""
    (toy / "kettle/codes/203.yaml").symlink_to(toy / "nowhere")
    assert [str(problem) for problem in find_problems(toy)] == [
        "knowledge/kettle/codes/203.yaml:1: file-unreadable: cannot be read: No such file or directory"
    ]
    rules = {problem.rule for problem in find_problems(toy / "absent")}
    assert rules == {"file-unreadable", "file-missing"}


def test_rules_of_form_are_described() -> None:
    """The rules that these tests break are the rules the workbench describes."""
    broken = {case[0] for case in (*BROKEN, *break_files())} | {"file-unreadable"}
    broken |= {"file-irregular", "file-too-large"}  # test_files.py
    also_contents = {"file-misnamed"}
    assert broken - also_contents == set(FORM_RULES)


def test_all_problems_at_once(toy: Path) -> None:
    """Faults of several files come in one error, sorted, each printed as path:line: rule: message."""
    spoil(toy / ENTRY, "family: water", "family: water\nphrase: dry")
    spoil(toy / PACK, "200-299", "299-200")
    spoil(toy / "kettle/codes/101.yaml", "message: no mains power\n", "")
    told = [str(problem) for problem in find_problems(toy)]
    assert told == [
        "knowledge/kettle/codes/101.yaml:1: field-missing: message is not given",
        "knowledge/kettle/codes/201.yaml:4: key-unknown: phrase is not known here; did you mean phrases?",
        'knowledge/kettle/pack.yaml:19: range-malformed: families.water.codes: write "2000-2019", "404" or'
        " \"PAY_*\", not '299-200'",
    ]


def test_broken_languages_are_told_once(toy: Path) -> None:
    """Without languages.yaml no entry is blamed for its languages."""
    (toy / "languages.yaml").write_text("en: [", encoding="utf-8")
    assert {problem.path for problem in find_problems(toy)} == {"knowledge/languages.yaml"}


def test_every_field(toy: Path) -> None:
    """Fields come out as written, texts as texts, with lists in order and phrases with their line."""
    knowledge = load_knowledge(toy)
    pack = knowledge.packs["kettle"]
    entry = pack.entries["101"]
    assert (pack.source_date, pack.source_title["zh"]) == ("2020-02-29", "电水壶手册")
    assert pack.shape == CodeShape(digits=(3, 3), distinctive=CodeSet(ranges=((100, 299),)))
    assert pack.families["power"].codes.ranges == ((100, 149), (190, 190))
    assert pack.families["power"].owners == ("U0ELEC", "S0PLUGS")
    assert knowledge.terms == (
        Term(
            "open",
            {"en": ("open", "opened"), "zh": ("打开",)},
            {"en": ("shut", "closed"), "zh": ("关上",)},
            polar=True,
        ),
        Term(
            "exist", {"en": ("exist",), "zh": ("存在",)}, {"en": ("absent",), "zh": ("不存在",)}, polar=True
        ),
    )
    assert pack.terms == (Term("plug", {"en": ("plug", "socket"), "zh": ("插头", "插座")}, {}, polar=False),)
    assert (entry.id, entry.path, entry.line) == ("kettle/101", "knowledge/kettle/codes/101.yaml", 1)
    assert entry.cause == {"en": "The socket is dead.", "zh": "插座没有电。"}
    assert entry.cause_basis == "source"
    assert [(step.basis, step.audience) for step in entry.steps] == [
        ("source", "public"),
        ("inference", "internal"),
    ]
    assert entry.phrases[1] == Phrase("it refuses to start", "en", shared=("102",), line=15)
    assert (entry.related[0].code, entry.related[0].line) == ("102", 20)
    assert (entry.status, entry.replaced_by, entry.audience) == ("current", None, "public")
    assert set(knowledge.messages) == set(knowledge.languages) == {"en", "zh"}


def test_nothing_is_guessed(toy: Path) -> None:
    """A scalar that YAML would make a number, a truth value, a null or a time stays the text it is."""
    spoil(toy / ENTRY, "message: water level too low", "message: 12:30")
    spoil(toy / ENTRY, "en: There is too little water,", "en: no,")
    spoil(toy / ENTRY, 'code: "201"', "code: 0201")
    entry = load_knowledge(toy).packs["kettle"].entries["0201"]
    assert (entry.message, entry.title["en"]) == ("12:30", "no")


@pytest.mark.parametrize("joint", ["\n---\n", "list"])
def test_many_entries_in_a_file(toy: Path, joint: str) -> None:
    """A file may hold many entries, as a list or as documents, and gives the same as a file for each."""
    before = load_knowledge(toy).entries
    files = sorted((toy / "kettle/codes").glob("*.yaml"))
    texts = [file.read_text(encoding="utf-8") for file in files]
    for file in files:
        file.unlink()
    if joint == "list":
        texts = ["- " + text.replace("\n", "\n  ").rstrip(" ") for text in texts]
        joint = ""
    (toy / "kettle/codes/all.yaml").write_text(joint.join(texts), encoding="utf-8")
    after = load_knowledge(toy).entries
    assert [entry.code for entry in after] == [entry.code for entry in before] == ["101", "102", "201"]
    assert [entry.title for entry in after] == [entry.title for entry in before]
    assert [entry.line for entry in after] == sorted({entry.line for entry in after})


def test_order_on_disk_is_no_matter(toy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same comes out whatever the order in which the disk lists files, in folders below codes too."""
    (toy / "kettle/codes/hot").mkdir()
    (toy / ENTRY).rename(toy / "kettle/codes/hot/201.yaml")
    before = load_knowledge(toy)
    walk = os.walk

    def walk_backwards(top: Path) -> Iterator[tuple[str, list[str], list[str]]]:
        for place, folders, files in walk(top):
            folders.sort(reverse=True)
            yield place, folders, sorted(files, reverse=True)

    monkeypatch.setattr(os, "walk", walk_backwards)
    after = load_knowledge(toy)
    assert after == before
    assert repr(after) == repr(before)


def test_what_is_no_entry(toy: Path) -> None:
    """Hidden files and folders, other kinds of files and the questions are not read as entries."""
    before = load_knowledge(toy)
    codes = "kettle/codes"
    for path in (f"{codes}/.201.yaml", f"{codes}/.old/300.yaml", f"{codes}/notes.md", ".git/pack.yaml"):
        (toy / path).parent.mkdir(exist_ok=True)
        (toy / path).write_text("{{ not YAML", encoding="utf-8")
    (toy / "kettle/questions/en.yaml").write_text("{{ not YAML", encoding="utf-8")
    assert load_knowledge(toy) == before


def test_mark_at_the_beginning(toy: Path) -> None:
    """A byte order mark and Windows line ends change nothing."""
    before = load_knowledge(toy)
    raw = (toy / ENTRY).read_bytes().replace(b"\n", b"\r\n")
    (toy / ENTRY).write_bytes(b"\xef\xbb\xbf" + raw)
    assert load_knowledge(toy) == before


def test_without_libyaml(toy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where PyYAML has no libyaml the parser in Python reads the same."""
    before = load_knowledge(toy)
    monkeypatch.setattr(yaml_text, "Loader", yaml.BaseLoader)
    assert load_knowledge(toy) == before
    (toy / ENTRY).write_bytes(b"code: \x07")
    assert [problem.rule for problem in find_problems(toy)] == ["yaml-broken"]


def test_relative_folder(toy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths are told from the folder's own name on, also when the folder is given as a dot."""
    monkeypatch.chdir(toy)
    assert load_knowledge(Path()).packs["kettle"].path == "knowledge/kettle/pack.yaml"


def test_real_knowledge(real: Path) -> None:
    """The repository's own knowledge loads, and every text is there in every language."""
    knowledge = load_knowledge(real)
    assert len(knowledge.packs["aliyun-living"].entries) == 55
    for entry in knowledge.entries:
        for text in (entry.title, entry.description, entry.cause, entry.customer):
            assert list(text) == ["en", "zh"]
            assert all(text.values())


def test_imports_are_light() -> None:
    """Loading the reader imports, beside the standard library, only yaml."""
    code = (
        "import sys; before = set(sys.modules); import bot.knowledge.load, bot.knowledge.folder;"
        "print(*{name.partition('.')[0] for name in set(sys.modules) - before} - sys.stdlib_module_names)"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(folder.__file__).parents[2])}
    command = [sys.executable, "-c", code]
    run = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    loaded = {name for name in run.stdout.split() if "cython" not in name}  # libyaml's binding brings its own
    assert loaded - {"_yaml"} == {"bot", "yaml"}


def test_find_knowledge(toy: Path, tmp_path: Path) -> None:
    """The setting wins; without it, the folder in the package, then the one beside it."""
    inside, beside = tmp_path / "inside", tmp_path / "beside"
    beside.mkdir()
    assert find_knowledge(toy, (inside, beside)) == toy
    assert find_knowledge(None, (inside, beside)) == beside
    inside.mkdir()
    assert find_knowledge(None, (inside, beside)) == inside


def test_find_knowledge_missing(tmp_path: Path) -> None:
    """A setting that names no folder is an error, never another folder; so is a package without knowledge."""
    for setting in (tmp_path / "absent", None):
        with pytest.raises(SettingError) as caught:
            find_knowledge(setting, (tmp_path / "absent",) if setting is None else (tmp_path,))
        assert caught.value.key == "knowledge_missing"
        assert str(tmp_path / "absent") == caught.value.values["path"]


def test_find_knowledge_in_a_checkout(real: Path) -> None:
    """In a checkout the folder beside the package is found."""
    assert find_knowledge(None) == real
