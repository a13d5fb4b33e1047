"""The stage mnist trains until a network is good enough, or so bad that it cannot be right; no longer."""

from typing import Any

import pytest

from nnkata.katas.article.misconceptions import CATALOGUE
from nnkata.katas.article.misconceptions.right import Right
from tests.memory import judged


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
