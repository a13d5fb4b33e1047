"""A clause fails for its own reason only: a hanging, raising or unwritten method costs the clauses that call it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from nnkata.cli import main
from nnkata.runner.submission.unfilled import unwritten
from nnkata.subject import NetworkFace, TimedOut
from nnkata.subject.timeouts import PATIENCE, Patient

Run = Callable[..., Any]
Write = Callable[..., Path]

SKELETON = Path(__file__).parents[2] / "solutions" / "skeleton.py"
PLAIN = SKELETON.with_name("correct") / "plain.py"


def failed(text: str) -> dict[str, str]:
    """The judged clauses that did not pass, with their messages."""
    found = [clause for stage in json.loads(text)["stages"] for clause in stage["clauses"]]
    return {c["clause"]: c["message"] for c in found if c["status"] not in ("passed", "skipped")}


def test_a_backward_pass_that_hangs_costs_the_clauses_that_call_it(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(NetworkFace.call, "__kwdefaults__", {"rows": False, "seconds": 0.3})
    end = "import time\nDeepNeuralNetwork.backward_pass = lambda self, y, output: time.sleep(100)\n"
    stages = [part for stage in ("backward", "update", "typing") for part in ("--stage", stage)]
    skipped = [part for clause in ("typing-1", "typing-2") for part in ("--skip", clause)]
    path = write(end=end)
    result = CliRunner().invoke(main, ["check", str(path), *stages, *skipped, "--format", "json", "--laws"])
    assert set(failed(result.stdout)) == {"backward-1", *(f"backward-{n}" for n in range(8, 14)), "update-5"}


class Hangs:
    """A transport on which some calls time out."""

    def __init__(self, *names: str) -> None:
        self.names, self.asked = names, 0

    def ready(self) -> None: ...

    def begin(self) -> None: ...

    def close(self) -> None: ...

    def ask(self, op: str, args: Any, seconds: float) -> str:
        self.asked += 1
        if (args[1] if op == "call" else op) in self.names:
            raise TimedOut("no answer")
        return "answer"


def test_a_hanging_method_is_called_three_times_later_ones_once_and_the_rest_is_judged() -> None:
    hanging = Hangs("backward_pass", "train")
    patient = Patient(hanging)
    for name, times in (("backward_pass", PATIENCE), ("train", 1)):
        for _ in range(5):
            with pytest.raises(TimedOut):
                patient.ask("call", [0, name, []], 1)
        assert hanging.asked == times
        hanging.asked = 0
    for _ in range(5):
        assert patient.ask("call", [0, "sigmoid", []], 1) == "answer"
        assert patient.ask("new", [[], {}], 1) == "answer"
    with pytest.raises(TimedOut, match="not run: train had no answer in time 1 times before"):
        patient.ask("call", [0, "train", []], 1)


def test_a_derivative_that_hangs_does_not_cost_the_sigmoid() -> None:
    class OfTwo(Hangs):
        def ask(self, op: str, args: Any, seconds: float) -> str:
            if len(args[2]) == 2:
                raise TimedOut("no answer")
            return "answer"

    patient = Patient(OfTwo())
    for _ in range(5):
        with pytest.raises(TimedOut):
            patient.ask("call", [0, "sigmoid", [1.0, True]], 1)
        assert patient.ask("call", [0, "sigmoid", [1.0]], 1) == "answer"


def test_a_method_that_hangs_among_several_requests_counts_as_itself() -> None:
    hanging = Hangs("several", "sigmoid")
    patient = Patient(hanging)
    requests = [("assign", [0, {}, False]), ("call", [0, "sigmoid", [1.0]])]
    for _ in range(PATIENCE - 1):
        with pytest.raises(TimedOut):
            patient.ask("call", [0, "sigmoid", [1.0]], 1)
    for _ in range(3):
        with pytest.raises(TimedOut):
            patient.ask("several", [requests], 1)
    assert hanging.asked == PATIENCE
    hanging.names = ()
    assert patient.ask("several", [requests[:1]], 1) == "answer"
    with pytest.raises(TimedOut, match="not run: sigmoid had no answer in time 3 times before"):
        patient.ask("call", [0, "sigmoid", [1.0]], 1)


@pytest.mark.parametrize("name", ["preprocess", "DeepNeuralNetwork.train", "DeepNeuralNetwork.__init__"])
def test_ending_the_process_does_not_fail_from_scratch(nnkata: Run, write: Write, name: str) -> None:
    path = write(end=f"def ends(*arguments, **options):\n    import os\n    os._exit(3)\n\n{name} = ends\n")
    done = nnkata("check", path, "--clause", "from-scratch-2", "--isolation", "process", "--format", "json")
    assert (done.returncode, failed(done.stdout)) == (0, {})
    path = write(
        end=f"import pluggy\n\ndef ends(*arguments, **options):\n    import os\n    os._exit(3)\n\n{name} = ends\n"
    )
    done = nnkata("check", path, "--clause", "from-scratch-2", "--isolation", "process", "--format", "json")
    assert set(failed(done.stdout)) == {"from-scratch-2"}


@pytest.mark.parametrize("name", ["preprocess", "compute_accuracy"])
def test_an_exception_does_not_fail_from_scratch(nnkata: Run, write: Write, name: str) -> None:
    path = write(end=f"def broken(*arguments):\n    raise ValueError\n\nDeepNeuralNetwork.{name} = broken\n"
                 if name != "preprocess" else "def preprocess(*arguments):\n    raise ValueError\n")  # fmt: skip
    done = nnkata("check", path, "--stage", "from-scratch", "--format", "json")
    assert (done.returncode, failed(done.stdout)) == (0, {})


#: `yaml` and `pluggy` are installed wherever the tests run.
OPTIONAL = """
try:
    import yaml
    from pluggy import (
        HookimplMarker,
    )
except ImportError:
    yaml = None

assert yaml is None


def plot():
    import pluggy


if __name__ == "__main__":
    import pluggy
"""


@pytest.mark.parametrize("isolation", ["process", "sandbox"])
def test_a_dispensable_import_is_not_counted_behind_any_wall(nnkata: Run, write: Write, isolation: str) -> None:
    path = write(end=OPTIONAL)
    done = nnkata("check", path, "--stage", "from-scratch", "--isolation", isolation, "--format", "json")
    if isolation == "sandbox" and done.returncode == 2:
        pytest.skip(done.stderr)
    assert (done.returncode, failed(done.stdout)) == (0, {}), done.stderr


@pytest.mark.parametrize("isolation", ["process", "sandbox"])
def test_typing_extensions_is_not_a_library_behind_any_wall(nnkata: Run, write: Write, isolation: str) -> None:
    later = (
        "try:\n    from typing import NobodyHasThis\nexcept ImportError:\n    from typing_extensions import override\n"
    )
    done = nnkata("check", write(end=later), "--stage", "from-scratch", "--isolation", isolation, "--format", "json")
    if isolation == "sandbox" and "sandbox" in done.stderr:
        pytest.skip(done.stderr)
    assert (done.returncode, failed(done.stdout)) == (0, {}), done.stderr


def test_a_needed_import_is_made_and_reported(nnkata: Run, write: Write) -> None:
    path = write(end="import pluggy\n")
    done = nnkata("check", path, "--stage", "from-scratch", "--isolation", "process", "--format", "json")
    assert set(failed(done.stdout)) == {"from-scratch-1", "from-scratch-2"}
    path = write(end="def preprocess(images, labels):\n    import pluggy\n")
    done = nnkata("check", path, "--stage", "from-scratch", "--isolation", "process", "--format", "json")
    assert set(failed(done.stdout)) == {"from-scratch-2"}


def test_an_untouched_skeleton_scores_0_and_can_be_checked(nnkata: Run, tmp_path: Path) -> None:
    done = nnkata("check", SKELETON, "--format", "json", "--skip", "mnist-1", "--skip", "mnist-2")
    assert done.returncode == 1
    assert json.loads(done.stdout)["score"] == 0
    assert failed(done.stdout)["typing-3"] == "nothing is written yet: only the skeleton's own code would pass"
    assert failed(done.stdout)["preprocessing-1"].startswith("not written yet: flatten and scale the images")
    assert failed(done.stdout)["activations-13"].startswith("not written yet: the sigmoid")  # of several calls at once
    assert nnkata("check", SKELETON, "--clause", "activations-13").returncode == 1


def test_the_first_written_function_counts(nnkata: Run, tmp_path: Path) -> None:
    plain = PLAIN.read_text()
    written = plain[plain.index("def preprocess") : plain.index("class ")]
    text = SKELETON.read_text()
    path = tmp_path / "network.py"
    path.write_text(text[: text.index("def preprocess")] + written + text[text.index("class ") :])
    done = nnkata("check", path, "--stage", "preprocessing", "--stage", "from-scratch", "--format", "json")
    assert (done.returncode, failed(done.stdout)) == (0, {})


HOLES = [
    "raise NotImplementedError",
    "raise NotImplementedError('x')",
    "pass",
    "...",
    "return {}",
    "return",
    "return 0",
]


@pytest.mark.parametrize("hole", HOLES)
def test_a_class_with_only_holes_is_unwritten(hole: str) -> None:
    made = "class Net:\n    def __init__(self):\n        self.x = 1\n"
    text = f"{made}    def f(self):\n        '''Doc.'''\n        {hole}\n"
    assert unwritten({"a.py": text}, "a.py", "Net", ["g"])
    assert unwritten({"a.py": text + f"def g():\n    {hole}\n"}, "a.py", "Net", ["g"])
    assert not unwritten({"a.py": text + "def g():\n    return f()\n"}, "a.py", "Net", ["g"])


@pytest.mark.parametrize("body", ["return 1", "return {'W1': 2}", "self.x = 1", "raise ValueError", "print()"])
def test_a_class_that_does_anything_is_written(body: str) -> None:
    assert not unwritten({"a.py": f"class Net:\n    def f(self):\n        {body}\n"}, "a.py", "Net", [])


@pytest.mark.parametrize(
    "text", ["", "class Other:\n    def f(self): ...\n", "class Net(Base):\n    def f(self): ...\n"]
)
def test_other_files_are_not_called_a_skeleton(text: str) -> None:
    assert not unwritten({"a.py": text}, "a.py", "Net", [])
