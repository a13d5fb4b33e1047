"""An interrupt at the start of the program ends it without a traceback."""

import signal
import subprocess
import sys

import pytest

#: A program that is interrupted as it imports a module.
AT_IMPORT = """
import os, signal, sys
class Interrupt:
    def find_spec(self, name, path=None, target=None):
        if name == "{name}":
            os.kill(os.getpid(), signal.SIGINT)
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.meta_path.insert(0, Interrupt())
from nnkata.start import main
main()
"""


def run(program: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, "-c", program, "--version"], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", ["nnkata.cli", "click"])
def test_an_interrupt_as_the_modules_load_ends_the_program_as_any_other(name: str) -> None:
    done = run(AT_IMPORT.format(name=name))
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGINT, "", "")


def test_an_interrupt_before_the_command_is_chosen_ends_it_with_the_status_of_a_shell() -> None:
    program = "import nnkata.cli, nnkata.start\ndef stop(): raise KeyboardInterrupt\nnnkata.cli.main = stop\n"
    done = run(program + "nnkata.start.main()")
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_a_program_that_ignores_interrupts_goes_on() -> None:
    ignoring = AT_IMPORT.format(name="nnkata.cli").replace("signal.default_int_handler", "signal.SIG_IGN")
    done = run(ignoring)
    assert (done.returncode, done.stderr) == (0, "")


def test_python_without_docstrings_is_refused_with_status_2() -> None:
    command = [sys.executable, "-OO", "-c", "from nnkata.start import main; main()", "--version"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "unset PYTHONOPTIMIZE=2 or -OO" in done.stderr


#: A command whose interrupt Python ignores: it arrives in a finalizer, as others do in the importer's callbacks.
IGNORED = """
import nnkata.cli, nnkata.start, signal, time
signal.signal(signal.SIGINT, signal.default_int_handler)
class Finalized:
    def __del__(self):
        signal.raise_signal(signal.SIGINT)
def command():
    Finalized()
    time.sleep(20)
    print("went on")
nnkata.cli.main = command
nnkata.start.main()
"""


def test_an_interrupt_that_python_ignores_ends_the_command_a_moment_later() -> None:
    done = run(IGNORED)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")
