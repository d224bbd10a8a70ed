"""The command line, run as people run it: every option, every wrong input, pipes, terminals and signals."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.cli import main
from bot.matching import LONGEST
from tests.support.patience import PATIENCE
from tests.support.spoil import spoil

ROOT = Path(__file__).resolve().parent.parent
COMMAND = (sys.executable, "-c", "import sys; from bot.cli import main; sys.exit(main())")

CTRL_C, CTRL_D = "\x03", "\x04"


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run with no setting of the machine the tests run on."""
    for name in list(os.environ):
        if name.startswith("FAULTBOOK_") and name != "FAULTBOOK_CACHE":
            monkeypatch.delenv(name)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


def run(*words: str | bytes, given: bytes = b"", **environ: str) -> tuple[int, str, str]:
    """Run the command in a process of its own; return its exit code, output and error output."""
    done = subprocess.run(
        [*COMMAND, *words],
        input=given,
        capture_output=True,
        env={**os.environ, **environ},
        check=False,
        timeout=PATIENCE,
    )
    told = done.stderr.decode()
    assert "Traceback" not in told, told
    return done.returncode, done.stdout.decode(), told


def call(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Run the command in this process, which is quicker."""
    code = main(list(words))
    out, err = capsys.readouterr()
    return code, out, err


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the knowledge, to spoil."""
    copy = tmp_path / "knowledge"
    shutil.copytree(ROOT / "knowledge", copy)
    return copy


def ask_json(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, object]:
    code, out, err = call(capsys, "ask", "--format", "json", *words)
    assert (code, err) == (0, "")
    told: dict[str, object] = json.loads(out)
    return told


class TestAsk:
    """`faultbook ask TEXT`."""

    @pytest.mark.parametrize(
        "text", ["28504", "device is offlne", "-28504", "code = -28504", "- 28504 what is it"]
    )
    def test_english(self, capsys: pytest.CaptureFixture[str], text: str) -> None:
        """A code, a phrase with a typo and a code printed negative show the entry."""
        code, out, err = call(capsys, "ask", text)
        assert (code, err) == (0, "")
        assert out.startswith("28504  The device is offline")

    def test_words_are_joined(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Words given one by one are one question; options may stand between them."""
        assert call(capsys, "ask", "device", "--lang", "zh", "is", "offline")[1].startswith(
            "28504  设备不在线"
        )

    def test_chinese(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A Chinese question is answered in Chinese."""
        assert call(capsys, "ask", "设备不在线")[1].startswith("28504  设备不在线")

    def test_language_setting(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A question that tells no language is answered in the one set; one that tells its own isn't."""
        monkeypatch.setenv("FAULTBOOK_LANGUAGE", "zh")
        assert "设备不在线" in call(capsys, "ask", "28504")[1]
        assert "The device is offline" in call(capsys, "ask", "device is offline")[1]

    def test_several_codes(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Several codes in one question are answered one after the other."""
        told = ask_json(capsys, "first 2065, then 28504")
        assert isinstance(told["entries"], list)
        assert [entry["code"] for entry in told["entries"]] == ["2065", "28504"]

    def test_unknown_code(self, capsys: pytest.CaptureFixture[str]) -> None:
        """An undocumented code is named, with its family and what to do; that is an answer, not a failure."""
        code, out, _ = call(capsys, "ask", "error code 28540")
        assert code == 0
        told = " ".join(out.split())
        assert "28540 isn't a documented code" in told
        assert "Lock and key" in told

    def test_ambiguous(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A question that several entries answer gets choices."""
        code, out, _ = call(capsys, "ask", "the device does not exist")
        assert code == 0
        for expected in ("6100", "9112", "28560", "faultbook ask"):
            assert expected in out

    def test_json(self, capsys: pytest.CaptureFixture[str]) -> None:
        """The JSON has the documented keys in their order, and texts in the language of the answer."""
        told = ask_json(capsys, "报错28504怎么办")
        assert list(told) == ["kind", "language", "entries", "nearest", "reason", "unknown"]
        assert (told["kind"], told["language"], told["nearest"], told["reason"]) == ("answered", "zh", [], "")
        entries = told["entries"]
        assert isinstance(entries, list)
        [entry] = entries
        assert list(entry) == [
            "code", "pack", "message", "title", "description", "cause", "steps", "customer", "family",
            "score", "evidence",
        ]  # fmt: skip
        assert entry["title"] == "设备不在线"
        assert entry["pack"] == "aliyun-living"
        assert all(isinstance(step, str) for step in entry["steps"])
        assert entry["evidence"] == {"rule": "code", "span": [2, 7], "phrase": "28504"}

    def test_json_of_silence(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Silence has no entries, a reason, and the nearest codes with their titles."""
        told = ask_json(capsys, "error code 28540")
        assert (told["kind"], told["entries"]) == ("abstained", [])
        assert told["reason"]
        assert all(list(near) == ["code", "title"] for near in told["nearest"])  # type: ignore[attr-defined] # a list
        assert told["nearest"]

    def test_watch_mode(self, capsys: pytest.CaptureFixture[str]) -> None:
        """In watch mode a bare number is no evidence, a code named as an error code is."""
        assert ask_json(capsys, "--mode", "watch", "28504")["kind"] == "abstained"
        assert ask_json(capsys, "--mode", "watch", "error code 28504")["kind"] == "answered"

    def test_eager_takes_weaker_evidence(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Eager, a four-digit code that is named as an error code is answered."""
        assert ask_json(capsys, "--mode", "watch", "error code 6100")["kind"] == "abstained"
        assert ask_json(capsys, "--mode", "watch", "--eager", "error code 6100")["kind"] == "answered"

    def test_explain(self, capsys: pytest.CaptureFixture[str]) -> None:
        """The explanation shows what was read, the codes, the candidates with scores, and the verdict."""
        code, out, _ = call(capsys, "ask", "--explain", "Device is OFFLNE")
        assert code == 0
        told = out.split("How this answer was found")[1]
        for expected in ("Text as read: device is offlne", "Codes found: none", "28504", "Verdict: answered"):
            assert expected in told

    def test_explain_silence(self, capsys: pytest.CaptureFixture[str]) -> None:
        """The explanation of a silence names the code found and the reason."""
        told = call(capsys, "ask", "--explain", "--lang", "zh", "error code 28540")[1].split("判定过程")[1]
        assert "找到的错误码：28540" in told
        assert "abstained" in told

    def test_explain_number_not_taken(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A documented number that was read but may be something else is named."""
        told = call(capsys, "ask", "--explain", "the Peugeot 403 was a lovely car")[1]
        assert "Documented codes found, but not answered: 403" in " ".join(told.split())
        assert "Candidates: none" not in told

    def test_explain_in_watch_mode(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A verdict of watch mode can be explained as well."""
        assert "Verdict: abstained" in call(capsys, "ask", "--explain", "--mode", "watch", "28504")[1]


class TestPipe:
    """`... | faultbook ask`."""

    def test_whole_pipe_is_one_question(self) -> None:
        """All lines of a pipe are one question."""
        code, out, err = run("ask", given=b'{\n  "code": 28504,\n  "message": "device is offline."\n}\n')
        assert (code, err) == (0, "")
        assert out.startswith("28504  ")

    def test_no_colour(self) -> None:
        """What goes into a pipe has no escape sequence."""
        assert "\x1b" not in run("ask", "28504")[1]

    def test_byte_order_mark(self) -> None:
        """A byte-order mark is passed over."""
        assert run("ask", given="\ufeff设备不在线".encode())[1].startswith("28504  ")

    @pytest.mark.parametrize("given", [b"", b"  \n\n"])
    def test_empty(self, given: bytes) -> None:
        """An empty pipe is told, with an example."""
        code, out, err = run("ask", given=given)
        assert (code, out) == (2, "")
        assert "The question is empty" in err

    @pytest.mark.parametrize("given", [b"\xff\xfe2\x008\x005\x00", b"28504 \xe8\xae", b"\x7fELF\x02\x00\x00"])
    def test_binary(self, given: bytes) -> None:
        """Bytes that aren't text are refused, with the place."""
        code, out, err = run("ask", given=given)
        assert (code, out) == (2, "")
        assert "UTF-8" in err

    def test_megabyte(self) -> None:
        """Of a question of a megabyte the beginning is read, and that is said."""
        code, out, err = run("ask", given="28504 设备".encode() + "很".encode() * 350_000)
        assert code == 0
        assert out.startswith("28504  ")
        assert f"{LONGEST}" in err

    def test_endless_pipe(self) -> None:
        """A pipe that never ends is read no further than the desk reads."""
        with subprocess.Popen(["yes", "28504"], stdout=subprocess.PIPE) as endless:
            done = subprocess.run(
                [*COMMAND, "ask"], stdin=endless.stdout, capture_output=True, check=False, timeout=PATIENCE
            )
            endless.kill()
        assert done.returncode == 0
        assert done.stdout.startswith(b"28504  ")

    def test_closed_output(self) -> None:
        """When nobody reads the output any more, the command ends without a word."""
        reader, writer = os.pipe()
        os.close(reader)
        done = subprocess.run(
            [*COMMAND, "ask", "28504"], stdout=writer, stderr=subprocess.PIPE, check=False, timeout=PATIENCE
        )
        os.close(writer)
        assert (done.returncode, done.stderr) == (141, b"")

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
    def test_full_disk(self) -> None:
        """When the output can't be written, that is said."""
        with Path("/dev/full").open("w") as full:
            done = subprocess.run(
                [*COMMAND, "ask", "28504"], stdout=full, stderr=subprocess.PIPE, check=False, timeout=PATIENCE
            )
        assert done.returncode == 2
        assert b"can't be written" in done.stderr
        assert b"Traceback" not in done.stderr

    @pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
    def test_closed_streams(self, closed: str) -> None:
        """A stream that was closed beforehand is as good as an empty one."""
        words = f"'{COMMAND[0]}' -c '{COMMAND[2]}' ask 28504 {closed}"
        done = subprocess.run(
            ["sh", "-c", words], capture_output=True, text=True, check=False, timeout=PATIENCE
        )
        assert (done.returncode, done.stderr) == (0, "")

    @pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
    def test_streams_are_utf_8(self, encoding: str) -> None:
        """Text and JSON lose no character, whatever encoding Python would choose."""

        def told(*words: str) -> tuple[int, str, str]:
            return run("ask", *words, PYTHONIOENCODING=encoding, PYTHONUTF8="0")

        assert told("--lang", "zh", "28504")[1].startswith("28504  设备不在线")
        shown = told("--lang", "zh", "28504", "--format", "json")[1]
        assert json.loads(shown)["entries"][0]["title"] == "设备不在线"
        assert "“设备”" in told("--mode", "设备", "x")[2]

    @pytest.mark.parametrize("mode", ["0", "1"])
    def test_words_are_utf_8(self, mode: str, tmp_path: Path) -> None:
        """Words and the names of files are read as UTF-8 in a locale that knows none."""

        def told(*words: str) -> tuple[int, str, str]:
            typed = [word.encode() for word in words]
            return run(*typed, LC_ALL="C", PYTHONUTF8=mode, PYTHONCOERCECLOCALE="0")

        assert told("ask", "设备不在线")[1].startswith("28504  设备不在线")
        path = tmp_path / "问题.jsonl"
        path.write_text('{"id": 1, "text": "28504", "expected": ["28504"]}\n', encoding="utf-8")
        assert '"28504"' in told("ask", "--batch", str(path))[1]
        code, _, err = told("check", f"{path}无")
        assert code == 2
        assert f"{path}无" in err


class TestPacks:
    """`faultbook ask --pack PACK`, where two packs document the same codes."""

    @pytest.fixture(autouse=True)
    def _two_packs(self, toy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        shutil.copytree(toy / "kettle", toy / "oven")
        monkeypatch.setenv("FAULTBOOK_KNOWLEDGE", str(toy))

    @pytest.mark.parametrize(
        ("options", "packs"),
        [
            ((), ["kettle", "oven"]),
            (("--pack", "oven"), ["oven"]),
            (("--pack", "oven", "--pack", "kettle"), ["kettle", "oven"]),
        ],
    )
    def test_asked(
        self, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], packs: list[str]
    ) -> None:
        """The packs that are named are asked alone; of several, a code is a choice."""
        told = ask_json(capsys, *options, "102")
        assert told["kind"] == ("answered" if len(packs) == 1 else "choices")
        assert [entry["pack"] for entry in told["entries"]] == packs  # type: ignore[attr-defined] # a list

    def test_in_every_manner(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        """In words, explained, and in a batch it's the same packs that are asked."""
        path = tmp_path / "questions.jsonl"
        path.write_text('{"id": 1, "text": "102"}\n', encoding="utf-8")
        batch = ("--batch", str(path))
        assert json.loads(call(capsys, "ask", *batch)[1])["kind"] == "choices"
        assert json.loads(call(capsys, "ask", "--pack", "oven", *batch)[1])["kind"] == "answered"
        for words in (("102",), ("--explain", "102")):
            assert call(capsys, "ask", "--pack", "oven", *words)[1].startswith("102 ")

    @pytest.mark.parametrize("words", [("102",), ("--batch", "-"), ("--explain", "102")])
    def test_unknown(self, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
        """A pack that isn't there is named with those that are."""
        code, out, err = call(capsys, "ask", "--pack", "kettle", "--pack", "iron", *words)
        assert (code, out) == (2, "")
        assert "There is no pack “iron”. The packs are: kettle, oven." in err


class TestBatch:
    """`faultbook ask --batch`."""

    LINES = (
        '{"id": "a", "text": "28504", "mode": "ask"}\n'
        "\n"
        '{"id": 7, "text": "error code 28540", "mode": "ask", "expected": []}\n'
        '{"id": "c", "text": "28504", "mode": "watch"}\n'
    )

    def test_in_order(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        """Each line gets one line, in order, with the documented keys; other keys are passed over."""
        path = tmp_path / "questions.jsonl"
        path.write_text(self.LINES, encoding="utf-8")
        code, out, err = call(capsys, "ask", "--batch", str(path))
        assert (code, err) == (0, "")
        answers = [json.loads(line) for line in out.splitlines()]
        assert [answer["id"] for answer in answers] == ["a", 7, "c"]
        assert [answer["kind"] for answer in answers] == ["answered", "abstained", "abstained"]
        assert answers[0] == {
            "id": "a", "kind": "answered", "codes": ["28504"], "score": 100.0, "rule": "code", "reason": "",
            "unknown": [],
        }  # fmt: skip
        keys = ["id", "kind", "codes", "score", "rule", "reason", "unknown"]
        assert all(list(answer) == keys for answer in answers)
        assert answers[1]["reason"]
        assert answers[1]["unknown"] == ["28540"]

    def test_undocumented_beside_documented(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        """Codes that are named and not documented are told beside those that are, in JSON and in words."""
        text = "error codes 28504 and 28540"
        path = tmp_path / "questions.jsonl"
        path.write_text(json.dumps({"id": "a", "text": text}), encoding="utf-8")
        told = json.loads(call(capsys, "ask", "--batch", str(path))[1])
        assert (told["codes"], told["unknown"]) == (["28504"], ["28540"])
        assert ask_json(capsys, text)["unknown"] == ["28540"]
        assert "28540 isn't a documented code" in call(capsys, "ask", text)[1]

    def test_eager_is_for_watched_lines(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        """Eager needs no mode beside a batch: its lines have modes of their own."""
        path = tmp_path / "questions.jsonl"
        path.write_text('{"id": 1, "text": "error code 6100", "mode": "watch"}\n', encoding="utf-8")
        assert json.loads(call(capsys, "ask", "--batch", str(path))[1])["codes"] == []
        assert json.loads(call(capsys, "ask", "--batch", str(path), "--eager")[1])["codes"] == ["6100"]

    def test_from_a_pipe(self) -> None:
        """A dash reads standard input; a line without a mode has that of the option."""
        code, out, _ = run("ask", "--batch", "-", "--mode", "watch", given=b'{"id": "x", "text": "28504"}')
        assert code == 0
        assert json.loads(out)["kind"] == "abstained"

    def test_empty(self) -> None:
        """No questions get no answers."""
        assert run("ask", "--batch", "-") == (0, "", "")

    @pytest.mark.parametrize(
        ("line", "fault"),
        [
            (b"{", "isn't a JSON object"),
            (b"[1]", "isn't a JSON object"),
            (b"[" * 100_000, "isn't"),
            (b'{"text": "28504"}', "“id”"),
            (b'{"id": true, "text": "28504"}', "“id”"),
            (b'{"id": NaN, "text": "28504"}', "isn't a JSON object"),
            (b'{"id": -Infinity, "text": "28504"}', "isn't a JSON object"),
            (b'{"id": 1e999, "text": "28504"}', "isn't a JSON object"),
            (b'{"id": "b", "text": 28504}', "“text”"),
            (b'{"id": "b"}', "“text”"),
            (b'{"id": "b", "text": "x", "mode": "listen"}', "“mode”"),
            (b'{"id": "b", "text": "x", "mode": ["ask"]}', "“mode”"),
        ],
    )
    def test_malformed(
        self, capsys: pytest.CaptureFixture[str], tmp_path: Path, line: bytes, fault: str
    ) -> None:
        """A malformed line is named by its number, and nothing is written, not even of the lines before."""
        path = tmp_path / "questions.jsonl"
        path.write_bytes(b'{"id": "a", "text": "28504"}\n\n' + line + b"\n")
        code, out, err = call(capsys, "ask", "--batch", str(path))
        assert (code, out) == (2, "")
        assert "line 3" in err
        assert fault in err

    def test_any_text(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        """Lone surrogates, control characters and an empty text are texts like any other."""
        path = tmp_path / "odd.jsonl"
        path.write_text(
            '{"id": "\\ud800", "text": "\\ud800 \\u0000 28504"}\n{"id": 1.5, "text": ""}\n', "utf-8"
        )
        code, out, _ = call(capsys, "ask", "--batch", str(path))
        assert code == 0
        assert [json.loads(line)["id"] for line in out.splitlines()] == ["\ud800", 1.5]

    def test_bad_files(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        """A file that is missing, a folder or binary is told by its path."""
        binary = tmp_path / "binary"
        binary.write_bytes(b"\x80\x81")
        for path in (tmp_path / "none.jsonl", tmp_path, binary):
            code, out, err = call(capsys, "ask", "--batch", str(path))
            assert (code, out) == (2, "")
            assert str(path) in err


class TestWrongUse:
    """Everything that can be typed wrongly."""

    @pytest.mark.parametrize(
        ("words", "told"),
        [
            (["bogus"], "no command “bogus”"),
            (["chek"], "Did you mean check"),
            (["ask", "--lang", "-1x", "hi"], "--lang can't be “-1x”"),
            (["ask", "--batch", "-1x"], "There is no file -1x."),
            (["ask", "--batch=no such file"], "There is no file no such file."),
            (["check", "-1abc"], "There is no option -1"),
            (["eval", "-1abc"], "There is no option -1"),
            (["eval", "--show", "-5"], "--show can't be “-5”. Use one of: -1,"),
            (["eval", "--show", "9" * 5000], f"--show can't be “{'9' * 40}…”. Use one of: -1,"),
            (["eval", "--show", "3", "--format", "json"], "--format json and --show"),
            (["ask", "--batch", "-", "--lang", "en"], "--batch and --lang"),
            (["ask", "--batch", "-", "--format", "text"], "--batch and --format"),
            (["ask", "--eager", "28504"], "--eager works only together with --mode watch"),
            (["show", "-28504", "E28540"], "E28540 isn't a documented code"),
            (["new", "-28504"], "28504 is already documented"),
            (["new", "28505", "-1", "-2"], "too many arguments: -1 -2"),
            (["ask", "--bogus", "x"], "no option --bogus"),
            (["ask", "--explian", "x"], "Did you mean --explain"),
            (["-x"], "no option -x"),
            (["ask", "x", "--lang"], "--lang needs a value"),
            (["ask", "--eager=1", "x"], "--eager takes no value"),
            (["ask", "--lang", "tlh", "x"], "auto, en, zh"),
            (["ask", "--mode", "guess", "x"], "ask, watch"),
            (["ask", "--format", "xml", "x"], "text, json"),
            (["ask", "--batch", "-", "28504"], "--batch and TEXT"),
            (["ask", "--batch", "-", "--explain"], "--batch and --explain"),
            (["ask", "--explain", "--format", "json", "x"], "--format json and --explain"),
            (["ask", ""], "The question is empty"),
            (["ask", " \t "], "The question is empty"),
            (["show"], "CODE... is missing"),
            (["show", "28504", "28540"], "28540 isn't a documented code"),
            (["show", "28504", "--lang", "tlh"], "en, zh"),
            (["new"], "CODE is missing"),
            (["new", "x28504"], "x28504"),
            (["new", "28504"], "already documented"),
            (["new", "28505", "--pack", "none"], "aliyun-living"),
            (["check", "a", "b"], "too many arguments: b"),
            (["check", "/no/such/folder"], "/no/such/folder"),
            (["eval", "/no/such/file.yaml"], "/no/such/file.yaml"),
            (["eval", "--show", "many"], "--show"),
            (["eval", "--fail-under", "101"], "--fail-under"),
            (["eval", "--fail-under", "all"], "--fail-under"),
        ],
    )
    def test_told(self, capsys: pytest.CaptureFixture[str], words: list[str], told: str) -> None:
        """The error says what is wrong, on the error output; the exit code is 2."""
        code, out, err = call(capsys, *words)
        assert (code, out) == (2, "")
        assert err.startswith("faultbook: ")
        assert told in err
        assert "\0" not in err

    def test_told_in_chinese(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Errors are told in the language of the settings."""
        monkeypatch.setenv("FAULTBOOK_LANGUAGE", "zh")
        assert "没有 --bogus 这个选项" in call(capsys, "ask", "--bogus")[2]

    def test_words_that_are_no_text(self) -> None:
        """Words whose bytes aren't UTF-8 are refused."""
        code, _, err = run("ask", b"28504 \xff\xfe", LC_ALL="C.UTF-8")
        assert code == 2
        assert "UTF-8" in err

    def test_unknown_language_setting(self) -> None:
        """A language setting that nobody wrote is told by its name, in English."""
        code, _, err = run("ask", "28504", FAULTBOOK_LANGUAGE="tlh")
        assert code == 2
        assert "FAULTBOOK_LANGUAGE" in err
        assert "en, zh" in err

    def test_missing_knowledge(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        """A knowledge folder that isn't there is told by its path and the setting's name."""
        monkeypatch.setenv("FAULTBOOK_KNOWLEDGE", str(tmp_path / "none"))
        code, _, err = call(capsys, "ask", "28504")
        assert code == 2
        assert str(tmp_path / "none") in err
        assert "FAULTBOOK_KNOWLEDGE" in err

    def test_broken_knowledge(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        """Broken YAML is told line by line, and nothing is answered."""
        (tmp_path / "languages.yaml").write_text("en: {\n", encoding="utf-8")
        monkeypatch.setenv("FAULTBOOK_KNOWLEDGE", str(tmp_path))
        code, out, err = call(capsys, "ask", "28504")
        assert (code, out) == (2, "")
        assert "languages.yaml:" in err
        assert "yaml-broken" in err
        assert "so nothing is answered. Problems: 1." in err
        assert "faultbook check" in err

    def test_much_broken_knowledge(self, folder: Path) -> None:
        """Of many problems the first are told, with their number and the command that lists them all."""
        for path in (folder / "aliyun-living/codes").glob("28*.yaml"):
            spoil(path, "message:", "massage:")
        code, out, err = run("ask", "28504", FAULTBOOK_KNOWLEDGE=str(folder), FAULTBOOK_LANGUAGE="zh")
        assert (code, out) == (2, "")
        lines = err.splitlines()
        assert len(lines) == 11
        assert re.fullmatch(r"知识库有 \d\d 处问题，目前无法作答。列出所有问题：faultbook check", lines[-1])

    def test_knowledge_of_another_version(self, tmp_path: Path) -> None:
        """Sentences that this program can't fill in are told; those that a folder lacks are built in."""
        folder = tmp_path / "knowledge"
        shutil.copytree(ROOT / "knowledge", folder)
        path = folder / "messages" / "zh.yaml"
        lacking = re.sub(r"(?m)^label_cause:.*\n", "", path.read_text(encoding="utf-8"))
        path.write_text(lacking, encoding="utf-8")
        code, out, _ = run("ask", "错误码 28504", FAULTBOOK_KNOWLEDGE=str(folder))
        assert (code, "可能原因\n" in out) == (0, True)
        spoilt = lacking.replace("{title}", "{name}").replace('file_missing: "', 'file_missing: "{')
        path.write_text(spoilt, encoding="utf-8")
        code, out, err = run("ask", "28504", FAULTBOOK_KNOWLEDGE=str(folder))
        assert (code, out) == (2, "")
        for expected in ("placeholder-differs: related", "file_missing"):
            assert expected in err


class TestOtherCommands:
    """`show`, `check`, `new`, `eval` and help."""

    def test_show(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Entries are shown by code, in the order asked, with no reason why they matched."""
        code, out, _ = call(capsys, "show", "--lang", "zh", "28504", "2065")
        assert code == 0
        assert out.index("28504  设备不在线") < out.index("2065  ")
        assert "匹配依据" not in out

    @pytest.mark.parametrize("words", [["E28504"], ["-28504"], ["--", "-28504"], ["２８５０４"]])
    def test_show_reads_a_code_as_ask_does(
        self, capsys: pytest.CaptureFixture[str], words: list[str]
    ) -> None:
        """Signs, prefixes and wide digits of a code are put aside."""
        assert call(capsys, "show", *words)[1].startswith("28504  The device is offline")

    def test_show_keeps_a_sign_that_belongs_to_the_code(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A minus sign that is a part of the code leads to its entry, and stays in what is refused."""
        assert call(capsys, "show", "-33")[1].startswith("-33  The MQTT connection failed")
        assert call(capsys, "show", "--", "-0x0042")[1].startswith("-0x0042")
        assert "-28540 isn't a documented code" in call(capsys, "show", "-28540")[2]

    def test_help_names_values_alike(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Help writes the values of an option as the README does, without brackets."""
        told = call(capsys, "ask", "--help")[1]
        for expected in ("--lang LANGUAGE ", "--mode ask|watch ", "--format text|json "):
            assert expected in told
        assert "--pack PACK " in call(capsys, "new", "--help")[1]

    def test_help(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Help is given for the whole and for each command; nothing at all is a call for help."""
        assert "Usage: faultbook" in call(capsys)[1]
        for name in ("ask", "show", "check", "new", "eval"):
            assert f"Usage: faultbook {name}" in call(capsys, name, "--help")[1]

    def test_check_finds_nothing(self, capsys: pytest.CaptureFixture[str], toy: Path) -> None:
        """A folder without a problem is called good, and nothing else is said."""
        assert call(capsys, "check", str(toy)) == (0, "All good!\n", "")

    def test_check_tells_problems(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        """Problems are printed one a line as path:line: rule: message; the exit code is 1."""
        folder = tmp_path / "knowledge"
        folder.mkdir()
        (folder / "languages.yaml").write_text("en: {\n", encoding="utf-8")
        code, out, err = call(capsys, "check", str(folder))
        assert code == 1
        assert "knowledge/languages.yaml:" in out
        assert err.startswith("Problems: ")

    @pytest.mark.parametrize(
        ("stand", "target", "shown"),
        [
            (".", "knowledge", "knowledge/aliyun-living/codes/28504.yaml"),
            ("knowledge", "aliyun-living", "aliyun-living/codes/28504.yaml"),
            ("knowledge", "aliyun-living/codes/28504.yaml", "aliyun-living/codes/28504.yaml"),
            ("knowledge/aliyun-living/codes", ".", "28504.yaml"),
            ("knowledge/aliyun-living/codes", "28504.yaml", "28504.yaml"),
            ("knowledge/messages", "../aliyun-living", "../aliyun-living/codes/28504.yaml"),
        ],
    )
    def test_check_from_where_one_stands(
        self,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
        folder: Path,
        stand: str,
        target: str,
        shown: str,
    ) -> None:
        """A folder, a pack or a file is checked, and paths lead to the files from where one stands."""
        spoil(folder / "aliyun-living/codes/28504.yaml", "message:", "massage:")
        monkeypatch.chdir(folder.parent / stand)
        code, out, err = call(capsys, "check", target)
        assert (code, err) == (1, "Problems: 2\n")
        assert [line.split(":")[0] for line in out.splitlines()] == [shown, shown]

    def test_check_paths_in_messages(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, folder: Path
    ) -> None:
        """A path that a message names leads there, too."""
        monkeypatch.chdir(folder / "aliyun-living")
        shutil.copy("codes/28504.yaml", "codes/twice.yaml")
        out = call(capsys, "check", ".")[1]
        assert "codes/twice.yaml:1: code-twice: 28504 is already in codes/28504.yaml:1" in out

    def test_check_of_a_part(self, capsys: pytest.CaptureFixture[str], folder: Path) -> None:
        """Beside a part that is sound it is told what is wrong elsewhere, and whether that kept rules out."""
        pack = folder / "aliyun-living"
        spoil(pack / "codes/28504.yaml", "family: control", "family: none")
        code, out, err = call(capsys, "check", str(pack / "codes/2065.yaml"))
        assert (code, out) == (0, "All good!\n")
        assert err.startswith("Problems elsewhere in ")
        spoil(pack / "codes/28504.yaml", "message:", "massage:")
        code, out, err = call(capsys, "check", str(pack / "codes/2065.yaml"))
        assert (code, out) == (1, "")
        assert err.startswith("Some checks did not run")

    def test_check_what_is_none(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        """What isn't there, and a file outside any knowledge folder, are told."""
        assert "There is no file or folder /no/such" in call(capsys, "check", "/no/such")[2]
        (tmp_path / "a.yaml").write_text("a: b", encoding="utf-8")
        code, _, err = call(capsys, "check", str(tmp_path / "a.yaml"))
        assert code == 2
        assert "isn't in a knowledge folder" in err

    def test_init(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        """The knowledge is copied out, and it is told how to name the copy, which then serves."""
        target = tmp_path / "my knowledge"
        code, out, _ = call(capsys, "init", str(target))
        assert code == 0
        assert f"export FAULTBOOK_KNOWLEDGE='{target}'" in out
        monkeypatch.setenv("FAULTBOOK_KNOWLEDGE", str(target))
        assert call(capsys, "show", "28504")[1].startswith("28504  ")
        code, _, err = call(capsys, "init", str(target))
        assert (code, "isn't an empty folder" in err) == (2, True)

    @pytest.mark.parametrize("name", ["a file", "/proc/none", "/dev/null/x"])
    def test_init_where_it_can_not(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
    ) -> None:
        """A target that can't be is told by its path."""
        monkeypatch.chdir(tmp_path)
        (tmp_path / "a file").touch()
        code, _, err = call(capsys, "init", name)
        assert code == 2
        assert name in err

    @pytest.mark.parametrize(
        ("language", "told"), [("en", "inside the installed package"), ("zh", "在已安装的软件包内")]
    )
    def test_installed_knowledge_is_not_written(
        self,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
        folder: Path,
        language: str,
        told: str,
    ) -> None:
        """Neither `new` nor `init` writes into the installed package; both say what to do."""
        monkeypatch.setenv("FAULTBOOK_KNOWLEDGE", str(folder))
        monkeypatch.setenv("FAULTBOOK_LANGUAGE", language)
        monkeypatch.setattr("bot.knowledge.folder.PACKAGE", folder.parent)
        for words in (("new", "28505"), ("init", str(folder.parent / "copy"))):
            code, out, err = call(capsys, *words)
            assert (code, out) == (2, "")
            assert told in err
            assert "faultbook init" in err
        assert not (folder / "aliyun-living/codes/28505.yaml").exists()
        assert not (folder.parent / "copy").exists()

    def test_show_json(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Entries are printed as JSON in one language, with the keys that `ask` has and some more."""
        code, out, _ = call(capsys, "show", "2065", "28504", "--format", "json", "--lang", "zh")
        told = json.loads(out)
        assert (code, told["language"]) == (0, "zh")
        assert [entry["code"] for entry in told["entries"]] == ["2065", "28504"]
        asked = ask_json(capsys, "28504", "--lang", "zh")["entries"]
        assert isinstance(asked, list)
        shared = {key: value for key, value in asked[0].items() if key not in ("score", "evidence")}
        assert shared.items() <= told["entries"][1].items()
        assert {"status", "related", "situation"} <= told["entries"][1].keys()
        assert call(capsys, "show", "99999", "--format", "json")[:2] == (2, "")

    def test_new(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        """A new entry is written where the knowledge is, and what to do next is told."""
        folder = tmp_path / "knowledge"
        shutil.copytree(ROOT / "knowledge", folder)
        monkeypatch.setenv("FAULTBOOK_KNOWLEDGE", str(folder))
        code, out, _ = call(capsys, "new", "28505")
        written = folder / "aliyun-living" / "codes" / "28505.yaml"
        assert code == 0
        assert str(written) in out
        assert "faultbook check" in out
        assert 'code: "28505"' in written.read_text(encoding="utf-8")

    def test_eval(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        """An evaluation of a file prints its figures, as text or as JSON."""
        path = tmp_path / "asked.jsonl"
        path.write_text(
            '{"id": "a", "text": "28504", "mode": "ask", "expected": ["28504"]}\n', encoding="utf-8"
        )
        code, out, _ = call(capsys, "eval", str(path))
        assert code == 0
        assert "100.0 %" in out
        assert json.loads(call(capsys, "eval", "--format", "json", str(path))[1])["ask"]

    RIGHT = '{"text": "28504", "expected": ["28504"]}\n'
    WRONG = '{"text": "2065", "expected": ["28504"]}\n'
    SILENT = '{"text": "the weather is fine", "expected": ["28504"]}\n'

    @pytest.mark.parametrize(
        ("lines", "options", "code", "told"),
        [
            (RIGHT, (), 0, ""),
            (RIGHT + SILENT, (), 0, ""),
            (RIGHT + WRONG, (), 1, "Answered wrongly: 1\n"),
            (RIGHT + WRONG, ("--format", "json"), 1, "Answered wrongly: 1\n"),
            (RIGHT + WRONG, ("--fail-under", "50"), 0, ""),
            (RIGHT + WRONG, ("--fail-under", "50.1"), 1, "50.0 % are right, fewer than 50.1 %.\n"),
            (RIGHT + SILENT, ("--fail-under", "100"), 1, "50.0 % are right, fewer than 100 %.\n"),
            (RIGHT, ("--fail-under", "100"), 0, ""),
        ],
    )
    def test_eval_fails(
        self,
        capsys: pytest.CaptureFixture[str],
        tmp_path: Path,
        lines: str,
        options: tuple[str, ...],
        code: int,
        told: str,
    ) -> None:
        """An evaluation fails where an answer is wrong, or where fewer are right than were asked for."""
        path = tmp_path / "asked.jsonl"
        path.write_text(lines, encoding="utf-8")
        ended, out, err = call(capsys, "eval", str(path), *options)
        assert (ended, err) == (code, told)
        assert out

    def test_eval_of_a_spoilt_pack(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, folder: Path
    ) -> None:
        """A golden question that is answered wrongly fails the evaluation, in Chinese as well."""
        monkeypatch.setenv("FAULTBOOK_KNOWLEDGE", str(folder))
        monkeypatch.setenv("FAULTBOOK_LANGUAGE", "zh")
        path = folder / "aliyun-living/questions/en.yaml"
        added = '- text: "28504"\n  expected: "2065"\n  kind: code\n'
        path.write_text(path.read_text(encoding="utf-8") + added, encoding="utf-8")
        code, _, err = call(capsys, "eval", str(path))
        assert (code, err) == (1, "答错：1 个\n")

    @pytest.mark.parametrize("most", [["--show", "-1"], ["--show=-1"]])
    def test_eval_shows_all(
        self, capsys: pytest.CaptureFixture[str], tmp_path: Path, most: list[str]
    ) -> None:
        """-1 lists every confusion; the twenty of the default are not all."""
        path = tmp_path / "asked.jsonl"
        line = '{"id": 7, "text": "28504", "mode": "ask", "expected": ["2065"]}\n'
        path.write_text(line * 25, encoding="utf-8")
        told = call(capsys, "eval", str(path))[1]
        code, out, _ = call(capsys, "eval", *most, "--fail-under", "0", str(path))
        assert code == 0
        assert out.count("got") + out.count("28504") > told.count("got") + told.count("28504")

    def test_eval_leaving_phrases_out(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        """Leaving phrases out asks each entry's questions of a desk without them."""
        path = tmp_path / "asked.jsonl"
        path.write_text(
            '{"id": "a", "text": "28504", "mode": "ask", "expected": ["28504"]}\n', encoding="utf-8"
        )
        assert "phrases left out of 1 entries" in call(capsys, "eval", "--leave-out", str(path))[1]


class TestTerminal:
    """A person at a terminal: colours, the loop, Ctrl-C and Ctrl-D."""

    def test_card_is_framed_and_coloured(self) -> None:
        """On a terminal a card has a frame of 80 columns and colours."""
        code, shown = converse([], "ask", "28504")
        assert code == 0
        assert "╭─" in shown
        assert "\x1b[" in shown

    def test_no_color(self) -> None:
        """NO_COLOR takes the colours away and leaves the frame."""
        _, shown = converse([], "ask", "28504", NO_COLOR="1")
        assert "╭─" in shown
        assert "\x1b[3" not in shown

    def test_loop(self) -> None:
        """Without a text it asks question by question until Ctrl-D."""
        code, shown = converse(["28504\n", "设备不在线\n", "the device does not exist\n", CTRL_D], "ask")
        assert code == 0
        assert shown.count("faultbook> ") >= 4
        for expected in ("The device is offline", "设备不在线", "type its code, for example", "Goodbye."):
            assert expected in shown

    @pytest.mark.parametrize("mode", ["0", "1"])
    def test_chinese_in_a_poor_locale(self, mode: str) -> None:
        """Chinese is echoed and read where the locale knows none."""
        typed = ["设备不在线\n", CTRL_D]
        code, shown = converse(typed, "ask", LC_ALL="C", PYTHONUTF8=mode, PYTHONCOERCECLOCALE="0")
        assert code == 0
        assert "faultbook> 设备不在线" in shown
        assert shown.count("设备不在线") >= 2

    def test_empty_line_ends_the_loop(self) -> None:
        """An empty line ends as well."""
        assert converse(["\n"], "ask")[0] == 0

    def test_interrupt_ends_the_loop(self) -> None:
        """Ctrl-C at the prompt ends the loop with a farewell; the exit code is 130."""
        code, shown = converse([CTRL_C], "ask")
        assert code == 130
        assert "Traceback" not in shown
        assert "Goodbye." in shown

    def test_interrupt_elsewhere(self) -> None:
        """Ctrl-C while a batch is typed says so; the exit code is 130."""
        code, shown = converse([CTRL_C], "ask", "--batch", "-", prompt=b"then Ctrl-D.\r\n")
        assert code == 130
        assert "Traceback" not in shown
        assert "Interrupted." in shown


def converse(
    typed: Sequence[str], *words: str, prompt: bytes = b"faultbook> ", **environ: str
) -> tuple[int, str]:
    """Run the command on a terminal, type each text at a prompt; return the exit code and what was shown.

    A Ctrl-C that comes just before the process begins to wait is seen only with the next key, in any Python
    program; so Enter is pressed when nothing happens, which does no harm to a process that is ending already.
    """
    child, terminal = pty.fork()
    if child == 0:
        os.environ.update({"TERM": "xterm-256color", "COLUMNS": "80", **environ})
        os.execv(COMMAND[0], [*COMMAND, *words])  # noqa: S606 - the child of pty.fork has to become the command
    shown, waiting, last, patience = b"", list(typed), "", PATIENCE
    while patience:
        if not select.select([terminal], [], [], 1)[0]:
            patience -= 1
            if last == CTRL_C:
                os.write(terminal, b"\n")
            continue
        try:
            piece = os.read(terminal, 65536)
        except OSError:  # Linux: the other end is closed
            break
        if not piece:
            break
        shown += piece
        if waiting and shown.endswith(prompt):
            last = waiting.pop(0)
            os.write(terminal, last.encode())
    else:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    os.close(terminal)
    return os.waitstatus_to_exitcode(status), shown.decode()
