"""The stage mnist trains until a network is good enough, or so bad that it cannot be right; no longer."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnkata.katas.article.misconceptions import CATALOGUE
from nnkata.katas.article.misconceptions.right import Right
from nnkata.katas.mnist import load
from tests.conftest import PLAIN, Run
from tests.support.memory import judged


@pytest.mark.parametrize(
    ("network", "epochs", "status"),
    [
        (Right, 1, "passed"),
        (CATALOGUE["gradients-zero"].module.DeepNeuralNetwork, 1, "failed"),
        (
            CATALOGUE["divided-by-batch"].module.DeepNeuralNetwork,
            3,
            "failed",
        ),  # it learns too slowly: 57 %, 69 %, 75 %
    ],
)
def test_training_ends_once_its_outcome_is_clear(network: Any, epochs: int, status: str) -> None:
    trained = []

    class Counting(network):  # type: ignore[misc]  # a class that is a parameter
        def train(self, x_train: Any, y_train: Any, x_val: Any, y_val: Any) -> None:
            trained.append(len(x_train))
            super().train(x_train, y_train, x_val, y_val)

    found = judged(Counting, frozenset(["mnist-2"]))
    assert [count for count in trained if count > 2000] == [4250] * epochs  # a diagnosis trains on fewer, afterwards
    assert [clause.status for clause in found.clauses if clause.clause == "mnist-2"] == [status]


#: A network that answers 3, whatever the image.
THREE = """

class Any(DeepNeuralNetwork):
    def forward_pass(self, x_train):
        return np.eye(10)[3]


DeepNeuralNetwork = Any
"""


def test_a_failure_with_few_images_says_that_the_threshold_needs_more(nnkata: Run, tmp_path: Path) -> None:
    (tmp_path / "three.py").write_text(PLAIN.read_text() + THREE)
    for count, said in ((20, True), (5000, False)):
        np.savez(tmp_path / "some.npz", images=load("bundled").images[:count], labels=np.full(count, 3))
        done = nnkata("check", tmp_path / "three.py", "--clause", "mnist-1", "--data", tmp_path / "some.npz")
        told = " ".join(done.stdout.split())
        assert "the accuracy of a new network" in told
        assert ("with 5000 images or more; here are 20" in told) is said, told
