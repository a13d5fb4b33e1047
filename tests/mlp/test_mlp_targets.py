"""Losses with sums of absolute weights, labels that stand for other values than 0 and 1, and losses rarely used."""

from pathlib import Path

import numpy as np
import pytest

from nnkata.katas.mlp.description import described_loss
from nnkata.katas.mlp.layout import layouts
from nnkata.katas.mlp.oracle import Rule
from nnkata.katas.mlp.reading import Batch, gradients_of, loss_of
from tests.mlp.test_mlp_empty import clauses
from tests.mlp.test_mlp_forms import BOTH, states


def _with(first: str, more: str = "0.02 * np.sign(net.w[1])") -> str:
    return f"[{BOTH[0]} + 0.003 * net.w[0] + {first}, {BOTH[1]} + 0.003 * net.w[1] + {more}]"


def test_sums_of_absolute_and_of_squared_weights_are_part_of_a_loss(tmp_path: Path) -> None:
    found = clauses(tmp_path, GRADIENTS=_with("0.02 * np.sign(net.w[0])"))
    assert states(found) <= {"passed", "skipped"}
    assert {found[f"gradients-{n}"]["status"] for n in (2, 3, 5)} == {"passed"}


@pytest.mark.parametrize(
    "first", ["0.02 * np.sign(net.w[0] - 0.01)", "0.02 * np.sign(x.T @ d)[:, :1]", "0.01 * net.w[0] ** 2"]
)
def test_another_addition_to_a_gradient_is_none(first: str, tmp_path: Path) -> None:
    found = clauses(tmp_path, GRADIENTS=_with(first))
    assert found["gradients-2"]["status"] == "failed"


#: A sigmoid at the output, and squared errors of other values than 0 and 1.
SIGMOID = {
    "e = np.exp": "return a, 1 / (1 + np.exp(-(a @ net.w[1])))\n    e = np.exp",
}


@pytest.mark.parametrize(
    ("low", "high", "status"),
    [(0.01, 0.99, "passed"), (0.1, 0.9, "passed"), (0.13, 0.7, "failed"), (0.2 / 9, 0.8, "passed")],
)
def test_labels_may_stand_for_other_values(low: float, high: float, status: str, tmp_path: Path) -> None:
    d = f"d = (out - ({low} + {high - low} * y)) / len(x)"
    found = clauses(tmp_path, GRADIENTS=f"[{BOTH[0]}, {BOTH[1]}]", **SIGMOID, **{"d = (out - y) / len(x)": d})
    assert found["gradients-2"]["status"] == status


#: No function at the output.
LINEAR = {"e = np.exp": "return a, a @ net.w[1]\n    e = np.exp"}
#: The slope of hinge loss, from the shares of the wrong classes.
HINGE = "(lambda m: m - y * m.sum(1, keepdims=True))((out - (out * y).sum(1, keepdims=True) + 1 > 0) * (1 - y))"


@pytest.mark.parametrize(
    ("error", "status"),
    [
        ("np.clip(out - y, -1, 1)", "passed"),
        ("np.sign(out - y)", "passed"),
        (HINGE, "passed"),
        ("np.clip(out - y, -1, 1) * (1 - y)", "failed"),
    ],
)
def test_a_loss_that_is_rarely_used_is_inferred(error: str, status: str, tmp_path: Path) -> None:
    changes = {**LINEAR, "GRADIENTS": f"[{BOTH[0]}, {BOTH[1]}]", "d = (out - y) / len(x)": f"d = {error} / len(x)"}
    found = clauses(tmp_path, **changes)
    assert found["gradients-2"]["status"] == status


def _over(first: str, second: str) -> str:
    return f"[{BOTH[0]} + {first} * net.w[0], {BOTH[1]} + {second} * net.w[1]]"


def test_weights_may_decay_by_a_share_divided_by_the_samples(tmp_path: Path) -> None:
    found = clauses(tmp_path, GRADIENTS=_over("0.7 / len(x)", "0.7 / len(x)"))
    assert states(found) <= {"passed", "skipped"}
    found = clauses(tmp_path, GRADIENTS=_over("0.7 / len(x)", "1.4 / len(x)"))
    assert found["gradients-2"]["status"] == "failed"


def test_a_share_divided_by_the_samples_is_inferred_from_batches_of_two_sizes() -> None:
    rng, rule = np.random.default_rng(4), Rule(("tanh",), "softmax", "cross-entropy", decay=0.7, spread=True)
    (layout, *_others) = layouts([(9, 8), (8,), (8, 5), (5,)])
    batches = []
    for n in (6, 4):
        parameters = [rng.normal(size=shape) / 3 for shape in layout.shapes]
        batch = Batch(parameters, rng.random((n, 9)), np.eye(5)[rng.integers(0, 5, n)], None)
        batches.append(Batch(parameters, batch.x, batch.y, None, gradients_of(layout, rule, batch)))
    found = loss_of(layout, rule.hidden, rule.output, batches, 1e-5).rule
    assert (found.spread, found.mean) == (True, True)
    assert "weights decay by 0.7 / n" in described_loss(found)


def test_a_division_by_a_width_shows_in_a_network_as_wide_as_a_batch(tmp_path: Path) -> None:
    second = "(d * len(x) / 6)"  # the mean over the hidden units, of which the usual batch has as many
    found = clauses(tmp_path, **{"784, 20": "784, 6", "20, 10": "6, 10"}, GRADIENTS=f"[{BOTH[0]}, a.T @ {second}]")
    assert (found["gradients-2"]["status"], found["gradients-3"]["status"]) == ("failed", "failed")
