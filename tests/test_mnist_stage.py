"""The stage mnist trains until a network is good enough, or so bad that it cannot be right; no longer."""

from typing import Any

import pytest

from nnkata.misconceptions import CATALOGUE
from nnkata.misconceptions.catalogue import right_preprocess
from nnkata.misconceptions.right import Right, reseed
from nnkata.runner.prepared import Facts, Prepared
from nnkata.runner.run import judge
from nnkata.runner.settings import Settings
from nnkata.subject.inprocess import subject_of


@pytest.mark.parametrize(
    ("network", "epochs", "status"),
    [
        (Right, 1, "passed"),
        (CATALOGUE["gradients-zero"].network, 1, "failed"),
        (CATALOGUE["divided-by-batch"].network, 3, "failed"),  # it learns, too slowly: 57 %, 69 %, 75 %
    ],
)
def test_training_ends_once_it_is_clear_how_it_ends(network: Any, epochs: int, status: str) -> None:
    trained = []

    class Counting(network):  # type: ignore[misc]  # a class that is a parameter
        def train(self, x_train: Any, y_train: Any, x_val: Any, y_val: Any) -> None:
            trained.append(len(x_train))
            super().train(x_train, y_train, x_val, y_val)

    reseed(20)
    settings = Settings("in memory", isolation="none", seed=20, only=frozenset(["mnist-2"]))
    subject = subject_of(Counting, right_preprocess)
    found = judge(settings, prepared=Prepared(settings, subject, Facts(settings, None), subject.transport))
    assert trained == [4250] * epochs
    assert [clause.status for clause in found.clauses if clause.clause == "mnist-2"] == [status]
