"""The help of a command fits a terminal of 80 columns and 24 lines, or stands in groups that do."""

import re

import click
import pytest

from nnkata.cli import commands, main
from nnkata.cli.export import command as export
from nnkata.cli.options import Grouped, OneOf
from nnkata.reports.formats import FORMATS
from nnkata.reports.width import columns
from tests.conftest import Run

PARTS = [(name,) for name in commands()] + [("export", name) for name in export.commands]
#: Lines of a terminal, less the prompt.
SCREEN = 23


def groups(text: str) -> dict[str, list[str]]:
    """The lines below each heading."""
    found = [block.splitlines() for block in re.split(r"\n\n(?=\S)", text.strip())]
    return {block[0].rstrip(":"): block[1:] for block in found}


@pytest.mark.parametrize("words", PARTS, ids=" ".join)
def test_the_help_fits_a_screen_or_is_grouped(nnkata: Run, words: tuple[str, ...]) -> None:
    text = nnkata(*words, "--help", LANGUAGE="en").stdout
    assert max(map(len, text.splitlines())) <= 80
    if len(text.splitlines()) > SCREEN:
        assert "Options" not in groups(text)
        assert all(len(lines) <= SCREEN for lines in groups(text).values())


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize("kata", ["article", "mlp"])
def test_the_list_of_commands_fits_a_screen_with_every_command(nnkata: Run, kata: str, language: str) -> None:
    lines = nnkata("--kata", kata, "--language", language, "--help").stdout.splitlines()
    assert len(lines) <= SCREEN
    assert max(map(columns, lines)) <= 80
    listed = [line.split()[0] for line in lines if re.match(r"  [a-z]", line)]
    assert listed == [name for name in commands() if kata == "article" or name in listed]
    assert {"check", "grade", "adapt", "completion"} <= set(listed)


def test_every_option_of_a_grouped_help_stands_in_one_group(nnkata: Run) -> None:
    command = main.get_command(click.Context(main), "grade")
    assert isinstance(command, Grouped)
    text = nnkata("grade", "--help", LANGUAGE="en").stdout
    shown = re.findall(r"^  (?:-h, )?(--[-\w]+)", text, re.MULTILINE)
    options = [param for param in command.params if isinstance(param, click.Option)]
    assert sorted(shown) == sorted([*(option.opts[0] for option in options), "--help"])
    assert list(groups(text))[1:] == ["Contract", "Submissions", "Run", "Output", "Values"]
    assert "  FOLDER\n" not in text


def test_long_lists_of_values_are_complete(nnkata: Run) -> None:
    values = " ".join(" ".join(groups(nnkata("check", "--help", LANGUAGE="en").stdout)["Values"]).split())
    assert "FORMAT " + ", ".join(FORMATS) in values
    assert "STAGE preprocessing, " in values
    other = " ".join(nnkata("check", "--kata", "mlp", "--help", LANGUAGE="en").stdout.split())
    assert "STAGE parameters, start, " in other
    assert "preprocessing" not in other


def test_a_short_list_of_values_stands_at_its_option(nnkata: Run) -> None:
    assert "--isolation [sandbox|process]" in nnkata("adapt", "--help", LANGUAGE="en").stdout
    assert OneOf(["a", "b"]).get_metavar(click.Option(["--x"])) == "[a|b]"
    assert OneOf(["a", "b"], "LETTER").get_metavar(click.Option(["--x"])) == "LETTER"
