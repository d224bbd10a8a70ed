"""The linter's rules of contents, each with a folder that breaks it. Rules of form are test_load.py's."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.authoring.check import FORM_RULES, RULES, check, describe_rules
from tests.authoring.test_check_layers import CASES as LAYER_CASES
from tests.support.spoil import spoil

A, B, C = (f"kettle/codes/{code}.yaml" for code in ("101", "102", "201"))
PACK, TERMS = "kettle/pack.yaml", "terms.yaml"
EN, ZH = "kettle/questions/en.yaml", "kettle/questions/zh.yaml"
ALIKE = "- {text: code 201 on the litle screen, expected: '201', kind: typo}\n"
COPIED = "No entry and no answer changes."
EQUAL = "- {text: CODE 201 on the little screen, expected: '101', kind: case}\n"

# rule, file, text to replace, what stands there instead, line of the fault (0: the first line that changed)
CASES = [
    ("text-untranslated", C, "  zh: [快要烧干了]\n", "", 10),
    ("text-untranslated", C, ", zh: 水量过少", "", 4),
    ("text-untranslated", C, ", zh: 加水到下限刻度以上。", "", 8),
    ("field-empty", C, "message: water level too low", "message:", 2),
    ("field-empty", C, "zh: 水量过少", 'zh: ""', 4),
    ("field-empty", C, "family: water", "family: ", 3),
    ("field-empty", A, "zh: 询问序列号。", "zh: ", 9),
    ("field-empty", C, "en: [boiled nearly empty]", 'en: [boiled nearly empty, ""]', 11),
    (
        "field-empty",
        C,
        "  - {basis: source, en: Fill in water up to the lower mark., zh: 加水到下限刻度以上。}\n",
        "",
        7,
    ),
    ("field-empty", A, "zh: 如果有电。", "zh: ", 20),
    ("field-empty", A, "situation: {en: Before heating begins., zh", "situation: {en: , zh", 11),
    ("field-empty", PACK, "title: {en: Kettle, ", "title: {en: , ", 1),
    ("field-empty", PACK, 'codes: ["200-299"]', "codes: []", 19),
    ("field-empty", "messages/zh.yaml", "internal: 内部", 'internal: ""', 0),
    ("text-in-wrong-script", C, "zh: 水量过少", "zh: Too little", 4),
    ("text-in-wrong-script", C, "en: There is too little water", "en: 水量过少", 4),
    ("text-in-wrong-script", C, "en: The heater was stopped before", "en: The heater 停止 before", 5),
    ("text-in-wrong-script", A, "zh: 插座没有电。", "zh: 404", 6),
    ("text-in-wrong-script", A, "zh: 询问序列号。", "zh: Ask.", 9),
    ("text-in-wrong-script", C, "zh: 请加一些水。", "zh: Add water.", 9),
    ("text-in-wrong-script", A, "zh: 加热开始之前。", "zh: Before.", 11),
    ("text-in-wrong-script", A, "zh: 如果有电。", "zh: If so.", 20),
    ("comment-in-text", C, "message: water level too low", "message: water level #3 too low", 2),
    ("comment-in-text", C, "[boiled nearly empty]", "[boiled nearly empty #2\n  ]", 11),
    ("comment-in-text", EN, "kind: code", "kind: code  #x", 9),
    ("date-malformed", PACK, '"2020-02-29"', '"2019-02-29"', 3),
    ("date-malformed", PACK, '"2020-02-29"', "20200229", 3),
    ("date-malformed", PACK, '"2020-02-29"', "２０２０-02-29", 3),
    ("term-missing", TERMS, "exist:", "exists:", 1),
    ("term-missing", TERMS, "  opposite:\n    en: [absent]\n    zh: [不存在]\n", "", 1),
    ("message-undefined", "messages/zh.yaml", "internal: 内部\n", "", 1),
    ("message-untranslated", "messages/zh.yaml", "条目和回答都没有变化。", COPIED, 0),
    ("words-missing", "languages.yaml", "  joiners: [and, or]\n", "", 2),
    ("message-unused", "messages/zh.yaml", "internal: 内部\n", "internal: 内部\nunheard: 没人说\n", 0),
    ("placeholder-differs", "messages/zh.yaml", "{codes}", "{code}", 0),
    ("placeholder-differs", "messages/zh.yaml", "{codes}", "{codes", 0),
    ("families-overlap", PACK, '"190"', '"190-200"', 19),
    ("owner-malformed", PACK, "owners: [U0ELEC, S0PLUGS]", "owners: [electricians]", 15),
    ("owner-malformed", PACK, "owners: [U0ELEC, S0PLUGS]", 'owners: [U0ELEC, "@mei"]', 15),
    ("family-term-unknown", PACK, "terms: [plug]", "terms: [plug, cord]", 16),
    ("term-claimed-twice", PACK, "en: [plug, socket]", "en: [plug, Opened]", 21),
    ("term-claimed-twice", TERMS, "en: [shut, closed]", "en: [shut, open]", 2),
    ("family-unknown", C, "family: water", "family: steam", 3),
    ("code-outside-family", C, "family: water", "family: power", 3),
    ("code-shape", C, 'code: "201"', 'code: "0201"', 1),
    ("file-misnamed", C, 'code: "201"', 'code: "202"', 1),
    ("related-unknown", A, 'code: "102", why', 'code: "103", why', 20),
    ("related-unknown", A, 'code: "102", why', 'code: "101", why', 20),
    ("alias-claimed-twice", C, "family: water", 'family: water\naliases: [LOW, "101"]', 4),
    ("replacement-unknown", C, "family: water", 'family: water\nstatus: retired\nreplaced_by: "299"', 5),
    ("replacement-unknown", C, "family: water", 'family: water\nstatus: retired\nreplaced_by: "201"', 5),
    ("replacement-unknown", C, "family: water", 'family: water\nreplaced_by: "101"', 4),
    ("situation-missing", B, "situation: {en: With the lid ajar., zh: 壶盖虚掩的时候。}\n", "", 13),
    ("customer-shows-code", C, "en: Please add some water.", "en: That is 201.", 9),
    ("customer-shows-code", C, "zh: 请加一些水。", "zh: 这是201错误。", 9),
    ("customer-shows-code", C, "en: Please add some water.", "en: Look up the kettleid.", 9),
    (
        "phrase-claimed-twice",
        C,
        "[boiled nearly empty]",
        "[boiled nearly empty, Somebody left the TOP up]",
        11,
    ),
    ("phrase-claimed-twice", A, '{text: it refuses to start, shared: ["102"]}', "it refuses to start", 15),
    ("shared-unknown", A, "en:\n    - the", 'en:\n    - {text: dead base, shared: ["103"]}\n    - the', 14),
    ("shared-unknown", A, "en:\n    - the", 'en:\n    - {text: dead base, shared: ["101"]}\n    - the', 14),
    ("phrase-not-own", C, "[boiled nearly empty]", "[boiled nearly empty, screen says 101]", 11),
    ("phrase-near-duplicate", C, "[boiled nearly empty]", "[boiled nearly empty, boiled nearly emty]", 11),
    ("phrase-near-duplicate", C, "[快要烧干了]", "[快要烧干了, 快要燒乾了]", 12),
    ("question-unknown-code", ZH, 'expected: ["201"]', 'expected: ["201", "202"]', 7),
    ("question-equals-phrase", ZH, "盖子没有扣好怎么办", "蓋子忘了扣好", 4),
    ("question-near-duplicate", EN, "- text: code 201", ALIKE + "- text: code 201", 8),
    ("question-near-duplicate", EN, "- text: code 201", EQUAL + "- text: code 201", 8),
]


def test_sound_folder(toy: Path) -> None:
    """A sound folder has no problems."""
    assert check(toy) == ()


@pytest.mark.parametrize(("rule", "path", "old", "new", "line"), CASES)
def test_rule(toy: Path, rule: str, path: str, old: str, new: str, line: int) -> None:
    """A fault of contents is told with its file, its line and its rule."""
    before = (toy / path).read_text(encoding="utf-8").split("\n")
    spoil(toy / path, old, new)
    after = (toy / path).read_text(encoding="utf-8").split("\n")
    changed = next(
        index for index, pair in enumerate(zip(before, after, strict=False), 1) if pair[0] != pair[1]
    )
    found = [(problem.path, problem.line, problem.rule) for problem in check(toy)]
    assert (f"knowledge/{path}", line or changed, rule) in found


def test_alias_of_two_entries(toy: Path) -> None:
    """An alias that two entries of a pack have is told at the second, whatever its case."""
    for path, alias in ((A, "DRY_RUN"), (C, "dry_run")):
        with (toy / path).open("a", encoding="utf-8") as stream:
            stream.write(f"aliases: [{alias}]\n")
    told = [problem.message for problem in check(toy) if problem.rule == "alias-claimed-twice"]
    assert told == ["dry_run already stands for 101"]


def test_question_missing(toy: Path) -> None:
    """An entry without a golden question in a language is told at its code; a known failure is none."""
    spoil(toy / EN, 'expected: "201"', "expected: []")
    known = "- {text: wet, expected: ['201'], why: too little to go by}\n"
    (toy / "kettle/questions/known-failures.yaml").write_text(known, encoding="utf-8")
    assert [str(problem) for problem in check(toy)] == [
        "knowledge/kettle/codes/201.yaml:1: question-missing: 201 has no golden question in: en"
    ]


def test_shared_on_one_side(toy: Path) -> None:
    """A phrase of two entries that one side declares shared is told on the side that doesn't."""
    spoil(toy / B, '{text: it refuses to start, shared: ["101"]}', "it refuses to start")
    assert [str(problem) for problem in check(toy)] == [
        f"knowledge/{B}:14: phrase-claimed-twice: 'it refuses to start' is claimed by 101 too"
    ]


@pytest.mark.parametrize("replaced_by", ["", 'replaced_by: "101"'])
def test_retired_entry(toy: Path, replaced_by: str) -> None:
    """A retired entry needs neither a replacement nor phrases nor questions."""
    spoil(toy / C, "family: water", f"family: water\nstatus: retired\n{replaced_by}")
    spoil(toy / C, "phrases:\n  en: [boiled nearly empty]\n  zh: [快要烧干了]\n", "")
    for path in (EN, ZH):
        text = (toy / path).read_text(encoding="utf-8")
        (toy / path).write_text(text.split("- text: code 201")[0].split("- text: 屏幕")[0], encoding="utf-8")
    assert check(toy) == ()


def test_faults_of_form_come_alone(toy: Path) -> None:
    """While a file can't be read, its fault is told and no rule of contents runs."""
    spoil(toy / C, "family: water", "family: steam\nfamily: water")
    assert [(problem.line, problem.rule) for problem in check(toy)] == [(4, "key-twice")]


def test_faults_of_questions(toy: Path) -> None:
    """A fault in a question file is told beside those of contents."""
    spoil(toy / EN, "kind: code", "sort: code")
    spoil(toy / C, "family: water", "family: steam")
    rules = [problem.rule for problem in check(toy)]
    assert rules == ["family-unknown", "field-missing", "key-unknown"]


def test_problems_are_sorted(toy: Path) -> None:
    """Problems come by path and line, the same in every run."""
    spoil(toy / C, "family: water", "family: steam")
    spoil(toy / C, "message: water level too low", "message:")
    spoil(toy / A, 'code: "102", why', 'code: "103", why')
    problems = check(toy)
    assert [problem.line for problem in problems] == [20, 2, 3]
    assert problems == check(toy) == tuple(sorted(problems))


def test_many_entries_in_a_file(toy: Path) -> None:
    """The line of a fault is its own entry's where a file holds many."""
    texts = [(toy / path).read_text(encoding="utf-8") for path in (A, B, C)]
    for path in (A, B, C):
        (toy / path).unlink()
    many = "---\n".join(texts).replace("zh: 水量过少", 'zh: ""')
    (toy / "kettle/codes/all.yaml").write_text(many, encoding="utf-8")
    line = next(number for number, text in enumerate(many.split("\n"), 1) if 'zh: ""' in text)
    assert [str(problem) for problem in check(toy)] == [
        f"knowledge/kettle/codes/all.yaml:{line}: field-empty: title.zh is empty"
    ]


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("kettle/codes/notes.md", "not read: an entry's file ends in .yaml"),
        ("kettle/codes/hot/301.yaml~", "not read: an entry's file ends in .yaml"),
        ("kettle/codes/301.YAML", "not read: an entry's file ends in .yaml"),
        ("kettle/301.yaml", "not read: entries belong in kettle/codes/"),
        ("kettle/entries/301.yml", "not read: entries belong in kettle/codes/"),
        ("kettle/questions/more.yml", "not read: a file of questions ends in .yaml"),
    ],
)
def test_file_not_read(toy: Path, path: str, told: str) -> None:
    """A file that nobody reads is told, with the place where it belongs; what it holds doesn't matter."""
    (toy / path).parent.mkdir(exist_ok=True)
    (toy / path).write_text("{{ not YAML #", encoding="utf-8")
    assert [str(problem) for problem in check(toy)] == [f"knowledge/{path}:1: file-not-read: {told}"]


@pytest.mark.parametrize(
    "path", ["kettle/codes/.notes", "kettle/.old/301.yaml", "kettle/notes.md", "notes.md"]
)
def test_file_that_may_lie_there(toy: Path, path: str) -> None:
    """Hidden files, and notes beside the pack's files, are nobody's fault."""
    (toy / path).parent.mkdir(exist_ok=True)
    (toy / path).write_text("anything", encoding="utf-8")
    assert check(toy) == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("zh: 水量过少", "zh: 调用 OTA 接口时 deviceName 为 μ 过少"),
        ("en: There is too little water", "en: There is too little water (5 μl naïvely)"),
        ("message: water level too low", "message: 水位过低"),
        ("message: water level too low", "message: water level too low  # a remark"),
        ("message: water level too low", 'message: "water level #3"  # a remark'),
        ("message: water level too low", "message: water#3"),
    ],
)
def test_no_fault(toy: Path, old: str, new: str) -> None:
    """Latin names in Chinese, letters of no language here, the API's own words and remarks are sound."""
    spoil(toy / C, old, new)
    assert check(toy) == ()


def test_comment_in_text_says_what_is_lost(toy: Path) -> None:
    """Of a text that a remark cuts off, both parts are shown, counted by lines as written."""
    spoil(toy / C, "message: water level too low", "message: 水位\n  level #3 too low")
    assert [str(problem) for problem in check(toy)] == [
        f"knowledge/{C}:3: comment-in-text: only '水位 level' is read; '#3 too low' is a remark"
    ]


def test_broken_question_file_with_a_remark(toy: Path) -> None:
    """A question file that isn't YAML, or a link that leads nowhere, is told once and stops no other rule."""
    (toy / EN).write_text("- {text: a #b", encoding="utf-8")
    (toy / ZH).unlink()
    (toy / ZH).symlink_to(toy / "nowhere")
    assert [(problem.path, problem.rule) for problem in check(toy)] == [
        (f"knowledge/{EN}", "yaml-broken"),
        (f"knowledge/{ZH}", "file-unreadable"),
    ]


@pytest.mark.parametrize(
    ("path", "old", "new", "told"),
    [
        (C, 'code: "201"', 'code: "0201"', "0201 doesn't have 3 digits"),
        (C, "family: water", "family: steam", "steam isn't one of this pack's families: power, water"),
        (PACK, "terms: [plug]", "terms: [cord]", "cord isn't a term"),
    ],
)
def test_wording(toy: Path, path: str, old: str, new: str, told: str) -> None:
    """A problem says in plain English what is wrong."""
    spoil(toy / path, old, new)
    assert told in [problem.message for problem in check(toy)]


def test_unfinished_entry_hides_phrases_of_others(toy: Path) -> None:
    """While an entry has an empty field, no phrase is asked: the matcher would blame the wrong file."""
    spoil(toy / C, "[boiled nearly empty]", "[boiled nearly empty, screen says 101]")
    assert "phrase-not-own" in {problem.rule for problem in check(toy)}
    spoil(toy / A, "zh: 没有市电", 'zh: ""')
    assert [problem.rule for problem in check(toy)] == ["field-empty"]


def test_every_rule_has_a_case() -> None:
    """No rule of contents is without a case here, and no name stands for two rules."""
    cases = {case[0] for case in (*CASES, *LAYER_CASES)}
    elsewhere = {"question-missing", "question-generated", "file-not-read", "word-twice"}
    assert cases | elsewhere == set(RULES)
    assert not set(RULES) & set(FORM_RULES)


def test_rules_are_described() -> None:
    """Each rule says its fault, and in a sentence of its own what to do."""
    for name, meaning in describe_rules().items():
        assert ". " in meaning, name


def test_real_knowledge(real: Path) -> None:
    """The repository's own knowledge has no problems."""
    assert [str(problem) for problem in check(real)] == []
