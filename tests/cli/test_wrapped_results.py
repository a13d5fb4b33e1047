"""Results on a terminal of 80 columns: no word is broken, commands and tables stay whole."""

import sys

import pytest

from nnkata.cli.failures import on_terminal
from nnkata.reports.width import columns

LINES = ["short:  two blanks stay", "", "  nnkata adapt " + "a" * 90, "Not judged: " + "word " * 30]


def test_long_lines_are_wrapped_at_words_on_a_terminal_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    assert on_terminal(LINES) == LINES
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    shown = on_terminal(LINES)
    assert shown[:3] == LINES[:3]
    assert len(shown) > len(LINES)
    assert all(len(line) <= 80 and not line.rstrip().endswith("wor") for line in shown[3:])
    assert " ".join(" ".join(shown[3:]).split()) == LINES[3].strip()


def test_a_result_is_wrapped_to_a_narrow_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "40")
    shown = on_terminal(["x" + " word" * 20, "存疑：" + "把它作为另一份提交" * 6])
    assert max(map(columns, shown)) <= 40
    assert all(line.startswith("  ") for line in shown[1:3])
    monkeypatch.setenv("COLUMNS", "200")
    assert max(map(columns, on_terminal(["x" + " word" * 40]))) <= 80
