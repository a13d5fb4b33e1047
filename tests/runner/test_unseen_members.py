"""Members that exist only at run time: mypy cannot judge them, so `typing-2` says that; one that is absent fails it."""

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.runner.typing_styles import RIGHT
from tests.support.checked import clauses

TEXT = next(iter(RIGHT.values())).text
KEPT = "        self.sizes = sizes\n        self.epochs = epochs\n        self.l_rate = l_rate\n"
SOFTMAX = "    def softmax(self, x: NDArray[np.float64])"
CLASS = "class DeepNeuralNetwork:"
DECORATOR = """
def with_softmax(cls: type) -> type:
    def softmax(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        e = np.exp(x - np.max(x))
        return e / e.sum()

    cls.softmax = softmax
    return cls


@with_softmax
"""
MADE = """
def with_init(cls: type) -> type:
    def __init__(self, sizes: list[int], epochs: int = 10, l_rate: float = 0.001) -> None:
        self.start(sizes, epochs, l_rate)

    cls.__init__ = __init__
    return cls


@with_init
"""
START = TEXT.replace("def __init__(", "def start(", 1)
OTHER = TEXT.replace(SOFTMAX, SOFTMAX.replace("softmax", "_other"))
UNSEEN = {
    "attributes by keywords": (
        TEXT.replace(KEPT, "        self.__dict__.update(sizes=sizes, epochs=epochs, l_rate=l_rate)\n"),
        "sizes, epochs, l_rate",
    ),
    "a decorated class": (OTHER.replace(CLASS, DECORATOR + CLASS), "softmax"),
    "attributes in a loop": (
        TEXT.replace(
            KEPT,
            "        for name in ('sizes', 'epochs', 'l_rate'):\n"
            "            setattr(self, name, {'sizes': sizes, 'epochs': epochs, 'l_rate': l_rate}[name])\n",
        ),
        "sizes, epochs, l_rate",
    ),
    "a constructor by a decorator": (START.replace(CLASS, MADE + CLASS), "DeepNeuralNetwork"),
    "a class made by type()": (
        TEXT.replace(CLASS, "class Plain:") + "\n\nDeepNeuralNetwork = type('DeepNeuralNetwork', (Plain,), {})\n",
        "DeepNeuralNetwork",
    ),
}
WRONG = {
    "an attribute that is never set": (
        TEXT.replace(KEPT, "        self.__dict__.update(sizes=sizes, rate=l_rate)\n        self.epochs = epochs\n"),
        "l_rate: missing",
    ),
    "a class without a constructor": (START, "DeepNeuralNetwork: expected"),
    "a constructor that takes nothing": (
        START.replace(CLASS, f"{CLASS}\n    def __init__(self) -> None:\n        self.start([4, 3, 3, 2])\n"),
        "got def __init__(self) -> None",
    ),
    "another member of another type": (
        UNSEEN["attributes by keywords"][0]
        .replace("return np.mean(hits)", "print(np.mean(hits))")
        .replace("-> float:", "-> None:"),
        "compute_accuracy: expected",
    ),
}
Run = Callable[..., "CompletedProcess[str]"]


@pytest.mark.parametrize("name", UNSEEN)
def test_members_that_mypy_does_not_see_are_said_and_fail_nothing(name: str, nnkata: Run, tmp_path: Path) -> None:
    text, members = UNSEEN[name]
    (tmp_path / "network.py").write_text(text, encoding="utf-8")
    done = nnkata("check", tmp_path / "network.py", "--stage", "typing", "--format", "json")
    clause = clauses(done.stdout)["typing-2"]
    assert (done.returncode, clause["status"]) == (0, "skipped"), done.stdout
    assert f"mypy does not see {members}" in clause["message"]


@pytest.mark.parametrize("name", WRONG)
def test_a_member_that_is_absent_or_of_another_type_fails(name: str, nnkata: Run, tmp_path: Path) -> None:
    text, says = WRONG[name]
    (tmp_path / "network.py").write_text(text, encoding="utf-8")
    clause = clauses(nnkata("check", tmp_path / "network.py", "--stage", "typing", "--format", "json").stdout)[
        "typing-2"
    ]
    assert clause["status"] == "failed"
    assert says in clause["message"]
