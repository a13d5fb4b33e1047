"""An accuracy that leaves samples out fails with every seed; the share that is right never does."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from nnkata.katas.article.misconceptions.forward import ForwardPilesUp
from nnkata.katas.article.misconceptions.right import Right
from tests.support.memory import judged
from tests.support.readings import read

Hits = NDArray[np.bool_]


def accuracy(share: Callable[[Hits], Any]) -> type[Right]:
    """A network whose accuracy is made of the hits by another rule."""

    class Counting(Right):
        def compute_accuracy(self, x_val: Any, y_val: Any) -> float:
            outputs = np.array([self.forward_pass(x) for x in x_val])
            return float(share(outputs.argmax(1) == np.argmax(y_val, axis=1)))

    return Counting


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (lambda hits: 1 - np.sum(~hits[:-1]) / len(hits), "1 - (wrong without the last sample) / n"),
        (lambda hits: 1 - np.sum(~hits[1:]) / len(hits), "1 - (wrong without the first sample) / n"),
        (lambda hits: np.sum(hits[:-1]) / len(hits), "the share without the last sample"),
        (lambda hits: np.mean(hits[:10]), "the share in the first 10 samples"),
        (lambda hits: np.mean(hits[-10:]), "the share in the last 10 samples"),
        (lambda hits: np.mean(hits[:32]), None),
    ],
)
def test_samples_that_are_left_out_of_the_accuracy_are_missed(share: Callable[[Hits], Any], said: str | None) -> None:
    clauses = frozenset(["training-9", "training-10"])
    assert all(judged(accuracy(share), clauses, seed=seed).failures for seed in range(3))
    if said is not None:
        assert said in read(accuracy(share), "training-9")["training-9"].reading


def test_the_share_of_all_samples_passes_with_every_seed() -> None:
    clauses = frozenset(["training-9", "training-10", "training-14"])
    assert not any(judged(accuracy(np.mean), clauses, seed=seed).failures for seed in range(8))


def test_an_accuracy_of_a_network_whose_outputs_pile_up_is_not_read() -> None:
    """Its outputs are not those of the questions, and may agree with the label of the sample before."""
    found = read(ForwardPilesUp, "forward-5", "training-9")
    assert found["training-9"].reading == found["forward-5"].reading == "Z1: you compute Z1 + W1·x; it should be W1·x"
