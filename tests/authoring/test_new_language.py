"""A language that is added by data alone: Japanese, in a section of languages.yaml, sentences and a pack."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.authoring.check import check, split_to_do
from bot.knowledge.load import load_knowledge
from tests.support.command import Run, run

__all__ = ["run"]  # a fixture

DATA = Path(__file__).resolve().parent.parent / "toy_japanese"


@pytest.fixture
def japanese(toy: Path) -> Path:
    """The toy knowledge with Japanese beside English and Chinese."""
    languages = toy / "languages.yaml"
    added = (DATA / "language.yaml").read_text(encoding="utf-8")
    languages.write_text(f"{languages.read_text(encoding='utf-8').rstrip()}\n{added}", encoding="utf-8")
    for name in ("messages", "pump"):
        shutil.copytree(DATA / name, toy / name, dirs_exist_ok=True)
    return toy


@pytest.mark.parametrize(
    "question",
    [
        "エラーコード 1001",
        "エラーコード1001が出ました",
        "1001エラーの原因を教えてください",
        "ｴﾗｰｺｰﾄﾞ 1001",
        "ポンプが回らなくなった",
        "ローターが固着している",
        "障害コード：1001",
    ],
)
def test_asked_in_japanese(run: Run, japanese: Path, question: str) -> None:
    """A question in Japanese is answered in Japanese, labels and texts."""
    code, out, _ = run("ask", question)
    assert code == 0
    assert out.startswith("1001  ローターが固着している  モーター\n")
    assert "考えられる原因\n  ポンプの内部に異物があります。" in out


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("错误码 1001", "转子卡住"),
        ("error code 1001", "The rotor is blocked"),
        ("泵的错误码 1001", "转子卡住"),
    ],
)
def test_other_languages_stay(run: Run, japanese: Path, question: str, title: str) -> None:
    """Questions in the languages that were there before are answered as before."""
    assert run("ask", question)[1].startswith(f"1001  {title}")


@pytest.mark.parametrize("question", ["注文番号1001", "バージョン1001です", "ポート1001"])
def test_other_numbers(run: Run, japanese: Path, question: str) -> None:
    """A number that Japanese words call something else is no code."""
    assert "ローターが固着している  モーター" not in run("ask", question)[1]


def test_unknown_code(run: Run, japanese: Path) -> None:
    """What isn't documented is told in Japanese, too."""
    assert run("ask", "エラーコード 1009")[1].startswith("1009 は登録されていないコードです。")


def test_texts_that_lack(run: Run, japanese: Path) -> None:
    """An entry without Japanese is shown in another language, and says so in Japanese."""
    out = run("ask", "1002エラー")[1]
    assert out.startswith("1002  The motor is too hot")
    assert "日本語版はまだありません。Englishで表示しています。" in out


def test_check(run: Run, japanese: Path) -> None:
    """What is still to be translated is to be done; nothing is a fault until all of it is asked for."""
    code, out, err = run("check")
    assert (code, out) == (0, "All good!\n")
    assert err.startswith("To do: ")
    code, out, _ = run("check", "--complete")
    assert code == 1
    assert "pump/codes/1002.yaml:4: text-untranslated: title is not given in: ja" in out
    assert "words-missing: ja lacks: " in out


def test_sentences_that_lack(run: Run, japanese: Path) -> None:
    """A sentence that a language lacks is said in English, and is to be done."""
    path = japanese / "messages/ja.yaml"
    text = path.read_text(encoding="utf-8")
    assert "label_cause: 考えられる原因\n" in text
    path.write_text(text.replace("label_cause: 考えられる原因\n", ""), encoding="utf-8")
    out = run("ask", "エラーコード 1001")[1]
    assert "Likely cause\n  ポンプの内部に異物があります。" in out
    assert "意味\n" in out
    assert run("check")[0] == 0
    assert "message-undefined: label_cause has no words" in run("check", "--complete")[1]


def test_untranslated_copy(japanese: Path) -> None:
    """Sentences that are a copy of another language's are a fault, told once, as is a single one of them."""
    english = (japanese / "messages/en.yaml").read_text(encoding="utf-8")
    path = japanese / "messages/ja.yaml"
    own = path.read_text(encoding="utf-8")
    path.write_text(english, encoding="utf-8")
    faults, _ = split_to_do(check(japanese))
    [fault] = [each for each in faults if each.rule == "message-untranslated"]
    assert (fault.path, fault.line) == ("knowledge/messages/ja.yaml", 1)
    assert "sentences are word for word those of en" in fault.message
    line = next(each for each in english.splitlines() if each.startswith("diff_same:"))
    path.write_text(own.replace("diff_same: 項目にも回答にも変化はありません。", line), encoding="utf-8")
    [fault] = split_to_do(check(japanese))[0]
    assert (fault.rule, fault.message) == ("message-untranslated", "diff_same is word for word that of en")


LANGUAGES = """\
en: {name: English, scripts: [Latin], code_words: [error code], chatter: [what, is, the]}
de: {name: Deutsch, scripts: [Latin], code_words: [Fehlercode], chatter: [was, bedeutet, der, ist]}
zh: {name: 中文, scripts: [Han], code_words: [错误码], chatter: [的, 了]}
ja: {name: 日本語, scripts: [Hiragana, Katakana, Han], code_words: [障害番号]}
ko: {name: 한국어, scripts: [Hangul], code_words: [오류 코드]}
ru: {name: Русский, scripts: [Cyrillic], code_words: [код ошибки], chatter: [что, это]}
uk: {name: Українська, scripts: [Cyrillic], code_words: [код помилки], chatter: [що, це]}
"""


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("error code 1001", "en"),
        ("Was bedeutet der Fehlercode 1001", "de"),
        ("错误码 1001", "zh"),
        ("設備離線", "zh"),
        ("障害番号 1001", "ja"),
        ("人々のデータ", "ja"),
        ("サーバー", "ja"),
        ("오류 코드 1001", "ko"),
        ("код ошибки 1001", "ru"),
        ("Що це за код помилки", "uk"),
        ("iotId отсутствует", "ru"),
        ("1001", "de"),
        ("deviceName", "de"),
    ],
)
def test_recognised(toy: Path, text: str, language: str) -> None:
    """Scripts tell a language, then its own words; where nothing tells, it is the one that was set."""
    (toy / "languages.yaml").write_text(LANGUAGES, encoding="utf-8")
    shutil.rmtree(toy / "kettle")
    for name in ("de", "ja", "ko", "ru", "uk"):
        (toy / f"messages/{name}.yaml").write_text("label_cause: x\n", encoding="utf-8")
    (toy / "terms.yaml").unlink()
    assert load_knowledge(toy).find_language(text, "de") == language
