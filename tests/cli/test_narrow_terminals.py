"""Terminals with fewer than 80 columns, and terminals that cannot change a line."""

import fcntl
import os
import struct
import termios
from pathlib import Path

import pexpect
import pytest

from nnkata.cli.progress import Line
from nnkata.explanations import explanation
from nnkata.reports.failure import Look, failed_clause, hints
from nnkata.reports.width import columns, rows
from nnkata.runner.run import known_clauses
from nnkata.verdict import ClauseResult
from tests.support.terminals import killed, nnkata, output_to_the_end

ROOT = Path(__file__).parents[2]
PRINTED = ROOT / "solutions" / "printed.py"
CHECK = ["check", "printed.py", "--clause", "update-1", "--seed", "7"]


def shown(arguments: list[str], width: int, folder: Path, **variables: str) -> str:
    return output_to_the_end(started(arguments, (50, width), folder, **variables))


def started(arguments: list[str], size: tuple[int, int], folder: Path, **variables: str) -> pexpect.spawn:
    (folder / "printed.py").write_bytes(PRINTED.read_bytes())
    environment = {key: value for key, value in os.environ.items() if not key.startswith("NNKATA")}
    environment |= {"LANG": "C.UTF-8", "TERM": "xterm", "NO_COLOR": "1", **variables}
    return nnkata(arguments, folder, environment, size, timeout=60)


def report(output: str) -> list[str]:
    """The lines after the changing one has been erased."""
    return output[output.rindex("\r", 0, output.index("nnkata: ")) + 1 :].replace("\r\n", "\n").split("\n")


@pytest.mark.parametrize("width", [40, 60])
@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_a_report_on_a_narrow_terminal_breaks_at_words_and_says_all(width: int, language: str, tmp_path: Path) -> None:
    output = shown([*CHECK, "--language", language], width, tmp_path).replace("nnkata：", "nnkata: ")
    lines = report(output)
    wide = report(shown([*CHECK, "--language", language], 80, tmp_path).replace("nnkata：", "nnkata: "))
    plain = ["".join("".join(one).split()) for one in (lines, wide)]
    assert "whole-step-for-each-row" in plain[0]
    assert "…" not in plain[0]
    assert len(plain[0]) >= len(plain[1])
    text = [line for line in lines if "nnkata " not in line]
    assert max(map(columns, text)) <= width


def test_a_remark_stands_on_a_line_of_its_own_after_the_changing_one(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_bytes(PRINTED.read_bytes().replace(b"class DeepNeuralNetwork", b"class MyNet"))
    output = shown(["check", "mine.py", "--clause", "update-1", "--seed", "7"], 80, tmp_path)
    remark = output.index("nnkata: mine.py has no class")
    assert output[:remark].endswith(" \r"), output[:remark]


def test_an_explanation_on_a_narrow_terminal_breaks_at_words(tmp_path: Path) -> None:
    lines = shown(["explain", "backward"], 50, tmp_path).replace("\r\n", "\n").split("\n")
    assert max(map(columns, lines)) <= 50
    assert len(lines) > 15


def test_the_changing_line_never_takes_a_second_row() -> None:
    known = known_clauses()
    reader, writer = os.openpty()
    fcntl.ioctl(writer, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 30, 0, 0))
    line = Line(known, frozenset(clause.tag for clause in known), writer)
    line.began(known[0].tag)
    line.close()
    parts = os.read(reader, 1 << 16).decode().split("\r")
    assert max(map(columns, parts)) == 29
    os.close(reader)
    os.close(writer)


def test_a_dumb_terminal_gets_neither_colours_nor_a_changing_line(tmp_path: Path) -> None:
    output = shown(CHECK, 80, tmp_path, TERM="dumb", NO_COLOR="")
    assert output.startswith("nnkata: ")
    assert "\x1b" not in output
    assert "\x1b[" in shown(CHECK, 80, tmp_path, NO_COLOR="")


@pytest.mark.parametrize(("lines", "width"), [(24, 60), (20, 80), (24, 80)])
def test_the_screen_of_watch_fits_the_terminal_with_its_hint_whole(lines: int, width: int, tmp_path: Path) -> None:
    child = started(["watch", "printed.py", "--upto", "activations", "--seed", "7"], (lines, width), tmp_path)
    try:
        child.expect("The mistake:")
        child.send("h")
        child.expect("Hint:.*r again · q quit")
        screen = f"{child.before}{child.after}".rpartition("\x1b[H")[2]
    finally:
        killed(child)
    drawn = screen.replace("\r\n", "\n").split("\n")
    assert drawn[0].startswith("nnkata watch printed.py")
    assert rows(drawn, width) < lines
    explained = explanation("activations-6")
    assert explained is not None
    hint = explained.hints[0]
    assert "".join(hint.split()) in "".join("".join(drawn).split())


@pytest.mark.parametrize("width", [40, 60])
def test_no_line_of_watch_is_wider_than_a_narrow_terminal_in_chinese(width: int, tmp_path: Path) -> None:
    words = ["watch", "printed.py", "--upto", "activations", "--language", "zh"]
    child = started(words, (40, width), tmp_path)
    try:
        child.expect("错误：.*退出")
        screen = f"{child.before}{child.after}".rpartition("\x1b[H")[2]
    finally:
        killed(child)
    assert max(map(columns, screen.replace("\r\n", "\n").split("\n"))) <= width


@pytest.mark.parametrize("width", [40, 60, 80])
def test_requested_hints_are_whole_whatever_room_there_is(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nnkata.reports.width._room", width)
    clause = next(clause for clause in known_clauses() if clause.tag == "activations-6")
    failure = ClauseResult(clause=clause.tag, name=clause.name, status="failed", message="came: 1")
    lines = failed_clause(failure, clause, Look(hints=9), room=1)
    told = "".join("".join(lines).split())
    for _label, text in hints(failure):
        assert "".join(text.split()) in told
    assert max(map(columns, lines)) <= width
