"""Completion, typed into a real bash; and the scripts of other shells."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest

from tests.support.terminals import killed

BIN = Path(sys.executable).parent


class Bash:
    """A bash at a terminal, with the script loaded and without start-up files."""

    def __init__(self, folder: Path) -> None:
        environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith(("NNKATA", "PROMPT"))},
            "PATH": f"{BIN}:{os.environ['PATH']}",
            "TERM": "dumb",
            "LC_ALL": "C.UTF-8",
        }
        self.child: pexpect.spawn[str] = pexpect.spawn(
            "bash", ["--norc", "--noprofile"], cwd=str(folder), env=environment, encoding="utf-8", timeout=60
        )
        self.child.setwinsize(200, 120)
        for line in ("PS1=READY", "bind 'set enable-bracketed-paste off'", "bind 'set show-all-if-ambiguous on'"):
            self.child.sendline(line)
        # the quotes distinguish its output from the typed text, which is on the screen too
        self.child.sendline('eval "$(nnkata completion bash)"; echo LOAD""ED')
        self.child.expect("LOADED\r\n")
        self.child.expect("READY")

    def completed(self, typed: str) -> str:
        """The screen after a tab: bash handles keys in order, so the mark appears last."""
        self.child.send(f"{typed}\t#END")
        self.child.expect("#END")
        seen = self.child.before or ""
        self.child.sendcontrol("u")
        return seen


@pytest.fixture(scope="module")
def bash(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bash]:
    folder = tmp_path_factory.mktemp("here")
    (folder / "my_network.py").write_text("")
    shell = Bash(folder)
    yield shell
    killed(shell.child)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("nnkata ch", "nnkata check "),
        ("nnkata check --stage backw", "--stage backward "),
        ("nnkata check --clause training-17", "--clause training-17 "),
        ("nnkata check --skip initialization-11", "--skip initialization-11 "),
        ("nnkata explain from-scratch-3", "from-scratch-3 "),
        ("nnkata explain scalar-gradient-w1", "scalar-gradient-w1 "),
        ("nnkata export grade", "nnkata export gradescope "),
        ("nnkata check my_n", "my_network.py "),
        ("nnkata completion f", "nnkata completion fish "),
    ],
)
def test_a_tab_completes_a_unique_name(bash: Bash, typed: str, expected: str) -> None:
    assert bash.completed(typed).endswith(expected)


def test_a_tab_lists_the_choices(bash: Bash) -> None:
    seen = bash.completed("nnkata check --clause backward-1")
    assert set(re.findall(r"backward-\d+", seen)) >= {"backward-1", "backward-10", "backward-11", "backward-12"}
    assert "forward" not in seen.replace("backward", "")


def test_a_tab_adds_nothing_without_a_match(bash: Bash) -> None:
    assert bash.completed("nnkata check --clause sideways").rstrip("\x07").endswith("--clause sideways")


@pytest.mark.parametrize(("shell", "sign"), [("bash", "complete "), ("zsh", "compdef"), ("fish", "complete --")])
def test_each_shell_gets_a_script_of_its_own(shell: str, sign: str) -> None:
    done = subprocess.run([BIN / "nnkata", "completion", shell], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert sign in done.stdout


def test_help_and_the_names_of_the_commands_import_no_command() -> None:
    heavy = {"numpy", "pytest", "mypy", "nnkata.runner", "nnkata.reports.report"}
    for extra in ({}, {"_NNKATA_COMPLETE": "bash_complete", "COMP_WORDS": "nnkata ", "COMP_CWORD": "1"}):
        command = [sys.executable, "-X", "importtime", str(BIN / "nnkata"), *([] if extra else ["--help"])]
        done = subprocess.run(command, env={**os.environ, **extra}, capture_output=True, text=True, check=True)
        assert "check" in done.stdout
        loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
        assert not heavy & loaded
