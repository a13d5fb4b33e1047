"""Output to terminals and pipes in six encodings, and file names that are not UTF-8."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from nnkata.terminal import SAME, can_show, forgiving, instead
from tests.support import forks

ROOT = Path(__file__).parents[2]
ENCODINGS = ["gbk", "big5", "shift_jis", "cp1252", "latin-1", "ascii"]
PRINTED = str(ROOT / "solutions" / "printed.py")


def said(encoding: str, *arguments: str, **variables: str) -> "subprocess.CompletedProcess[bytes]":
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "LC_ALL": "C.UTF-8", **variables}
    return forks.run_bytes(arguments, Path.cwd(), environment)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_report_is_shown_in_any_encoding_with_marks_that_it_has(encoding: str) -> None:
    done = said(encoding, "check", PRINTED, "--stage", "forward", "--stage", "backward")
    assert done.returncode == 1
    shown = done.stdout.decode(encoding)
    assert b"Traceback" not in done.stderr
    rows = {
        line.split()[1]: line.split()[0]
        for line in shown.splitlines()
        if line.split()[1:2] in (["forward"], ["backward"])
    }
    assert set(rows) == {"forward", "backward"}
    assert rows["forward"] in ("√", "+")
    assert rows["backward"] in ("×", "x")
    assert "?" not in shown.replace("?\n", "\n").split("Again")[0][:400]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_terminal_without_chinese_says_so_on_request_and_else_gets_english(
    encoding: str,
) -> None:
    chinese = can_show("中", encoding)
    done = said(encoding, "explain", "backward-1", "--language", "zh-CN")
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False)
    assert (b"cannot show Chinese" in done.stderr) is not chinese
    by_locale = said(encoding, "explain", "backward-1", LC_ALL="zh_CN.UTF-8")
    text = by_locale.stdout.decode(encoding)
    assert ("梯" in text) is (chinese and can_show("梯", encoding))
    assert "????" not in text


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
def test_formats_for_programs_are_always_utf_8(encoding: str) -> None:
    done = said(encoding, "check", PRINTED, "--stage", "backward", "--format", "json", "--language", "zh-CN")
    assert json.loads(done.stdout.decode("utf-8"))["passed"] is False


def test_help_and_errors_are_shown_in_ascii() -> None:
    for arguments in (("grade", "--help"), ("check", "no such ✓ file.py"), ("check", "--format", "no")):
        done = said("ascii", *arguments)
        assert b"Traceback" not in done.stderr
        (done.stdout + done.stderr).decode("ascii")


def test_a_name_that_is_not_utf_8_is_reported_and_ends_nothing(tmp_path: Path) -> None:
    name = os.fsdecode(os.fsencode(str(tmp_path)) + b"/m\xfcller.py")
    for encoding in ("utf-8", "gbk"):
        done = said(encoding, "check", name)
        assert (done.returncode, b"Traceback" in done.stderr) == (2, False)
        assert b"ller.py" in done.stderr


@pytest.mark.parametrize("encoding", [*ENCODINGS, "utf-8"])
def test_every_character_has_a_replacement_in_the_encoding(encoding: str) -> None:
    text = "".join(SAME) + "é王\udcfc\U0001f600"
    shown = instead(text, encoding)
    shown.encode(encoding)
    assert "?" not in instead("".join(character for character in SAME if character != "？"), encoding)
    assert instead("plain", encoding) == "plain"
    assert instead("é", encoding) == ("é" if can_show("é", encoding) else "e")


def test_a_stream_without_an_encoding_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Such a stream belongs to a program that calls the command and reads its output from memory."""
    kept = io.StringIO()
    monkeypatch.setattr(sys, "stdout", kept)
    forgiving()
    print("✓")
    assert kept.getvalue() == "✓\n"
