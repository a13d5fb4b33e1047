"""The walkthrough is the output of its script: the commands run again and show the same."""

import os
import re
import shlex
from pathlib import Path

import pytest
import walkthrough
from walkthrough import PAGE, Part, blocks, section

from tests.support import forks

WRITTEN = PAGE.read_text(encoding="utf-8").removeprefix(walkthrough.MADE).strip()
PARTS = walkthrough.parts()
AGAIN = "run python scripts/walkthrough.py"
SCREEN = re.compile(r"(^```console\n\$ [^\n]*\n).*?(^```$)", re.MULTILINE | re.DOTALL)


def sections() -> list[str]:
    """The parts of the page."""
    return [part.strip() for part in re.split(r"^(?=## )", WRITTEN, flags=re.MULTILINE)]


def title(part: Part) -> str:
    return part.title.partition(":")[0]


def test_the_walkthrough_goes_from_init_through_every_stage() -> None:
    assert [part.chapter for part in PARTS] == list(range(11))
    assert len(sections()) == len(PARTS), AGAIN


def forked(command: str, folder: Path) -> str:
    """What the script's own `run` does, begun as most commands of the suite are."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("NNKATA", "PYTEST"))}
    done = forks.run(shlex.split(command)[1:], folder, environment | {"COLUMNS": "80", "NO_COLOR": "1"})
    assert (done.returncode in (0, 1), done.stderr) == (True, ""), command
    return done.stdout


def test_the_script_and_a_fork_show_the_same(tmp_path: Path) -> None:
    part = PARTS[0]
    assert part.repeats
    shown = "\n\n".join(blocks(part, tmp_path, forked))
    assert section(part) == shown


@pytest.mark.parametrize("part", [part for part in PARTS if part.repeats], ids=title)
def test_a_part_shows_the_output_of_its_commands(part: Part, tmp_path: Path) -> None:
    assert "\n\n".join(blocks(part, tmp_path, forked)) == sections()[part.chapter], AGAIN


@pytest.mark.parametrize("part", [part for part in PARTS if not part.repeats], ids=title)
def test_a_part_with_varying_numbers_has_the_storys_text(part: Part, tmp_path: Path) -> None:
    told = "\n\n".join(blocks(part, tmp_path, lambda command, folder: ""))
    assert SCREEN.sub(r"\1\2", told) == SCREEN.sub(r"\1\2", sections()[part.chapter]), AGAIN


def test_every_mistake_is_seen_and_every_stage_ends_well() -> None:
    for part, text in zip(PARTS[1:], sections()[1:], strict=True):
        ends = re.findall(
            r"^(?:Conforms|Does not conform|All \d+ of the clauses asked for pass|The clause asked for passes)\b",
            text,
            re.MULTILINE,
        )
        assert "Does not conform" in ends, part.title
        well = ends[-1].endswith("pass") or ends[-1] == "Conforms"
        assert well or part.chapter == 9, part.title  # the last part shows that typing passes again


def test_a_command_that_gives_no_verdict_stops_the_script(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="exit status 2"):
        walkthrough.run("nnkata check missing.py", tmp_path)


def test_a_whole_screen_lacks_only_differences_between_machines() -> None:
    end = "\n\n  - forward  8 skipped\n\nConforms: 1 of 1 clauses in"
    screen = f"nnkata: x\nPython 3.11.7, NumPy 2.4.6, mypy 2.4.1, seed 7{end} 0.2 s.\n"
    whole = f"nnkata: x\nPython …, NumPy …, mypy …, seed 7{end} … s."
    assert walkthrough.trimmed(screen, whole=True) == whole
    assert walkthrough.trimmed(screen, whole=False) == "  …\n\nConforms: 1 of 1 clauses in … s."
