"""Results on a terminal of 80 columns: no word is broken, commands and tables stay whole."""

import sys

import pytest

from nnkata.cli.trouble import on_terminal

LINES = ["short:  two blanks stay", "", "  nnkata adapt " + "a" * 90, "Not judged: " + "word " * 30]


def test_long_lines_are_wrapped_at_words_on_a_terminal_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    assert on_terminal(LINES) == LINES
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    shown = on_terminal(LINES)
    assert shown[:3] == LINES[:3]
    assert len(shown) > len(LINES)
    assert all(len(line) <= 80 and not line.rstrip().endswith("wor") for line in shown[3:])
    assert " ".join(" ".join(shown[3:]).split()) == LINES[3].strip()
