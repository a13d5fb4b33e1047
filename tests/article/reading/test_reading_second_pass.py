"""An accuracy by another forward pass is read as that; a saturated network, weights of nan and whole outputs are not.

Those got readings that were not true: a change that is none, memory that is not shared, all or nothing.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from benchmarks.naming import described
from nnkata.katas.article import oracle
from nnkata.katas.article.misconceptions.catalogue import module_of
from nnkata.katas.article.misconceptions.right import Right
from nnkata.katas.article.reading import fit
from nnkata.katas.article.reading.training import second_pass
from nnkata.runner.prepared import Prepared
from nnkata.runner.run import judge
from nnkata.runner.settings import Settings
from nnkata.runner.submission.facts import Facts
from nnkata.subject.inprocess import subject_of
from tests.support.readings import read

Way = Callable[[Any, Any], Any]
OWN = "accuracy-by-own-pass"


def measuring(answers: Way) -> type[Right]:
    """A network whose compute_accuracy takes the answers from its weights and samples alone."""

    class Measuring(Right):
        def compute_accuracy(self, x_val: Any, y_val: Any) -> float:
            return float(np.mean(answers(self.params, np.asarray(x_val)) == np.argmax(y_val, axis=1)))

    return Measuring


def own(first: Callable[[Any], Any], second: Callable[[Any], Any]) -> Way:
    """Answers of a forward pass with these functions in the hidden layers."""
    return lambda w, xs: np.argmax(second(first(xs @ w["W1"].T) @ w["W2"].T) @ w["W3"].T, axis=1)


def flat(w: Any, xs: Any) -> Any:
    """The place of the largest output of all samples, for each of them."""
    return np.argmax(oracle.outputs(w, xs))


@pytest.mark.parametrize(
    ("answers", "said", "name"),
    [
        (own(oracle.sigmoid, lambda z: z), "W3·Z2", OWN),
        (own(lambda z: z, oracle.sigmoid), "W3·σ(W2·Z1)", OWN),
        (own(lambda z: np.maximum(z, 0), lambda z: np.maximum(z, 0)), "W3·max(0, W2·max(0, Z1))", OWN),
        (lambda w, xs: oracle.outputs(w, xs / 255).argmax(axis=1), "output(x / 255)", None),
        (lambda w, xs: oracle.sigmoid(oracle.sigmoid(xs @ w["W1"].T) @ w["W2"].T).argmax(axis=1), "A2", None),
        (flat, "the whole of output", None),
        (lambda w, xs: np.round(oracle.outputs(w, xs)).argmin(axis=1), "argmin(round(output))", None),
    ],
)
def test_an_accuracy_by_other_answers_is_read(answers: Way, said: str, name: str | None) -> None:
    found = read(measuring(answers), "training-9", "training-10", "training-14", "training-19")["training-19"]
    meant = "mean(argmax(output) = argmax(y))"
    said = said if said.startswith("argmin") else f"argmax({said})"
    assert found.reading == f"compute_accuracy: you compute mean({said} = argmax(y)); it should be {meant}"
    assert found.name == name


class Reversed(Right):
    """The labels are compared from the last to the first."""

    def compute_accuracy(self, x_val: Any, y_val: Any) -> float:
        return oracle.hits([self.forward_pass(x) for x in x_val], np.asarray(y_val)[::-1])


class Latest(Right):
    """No sample goes forward: the latest output answers for all."""

    def compute_accuracy(self, x_val: Any, y_val: Any) -> float:
        answer = np.argmax(getattr(self, "A3", np.zeros(1)))
        return float(np.mean(np.argmax(y_val, axis=1) == answer))


def test_labels_in_reverse_order_and_one_answer_for_all_are_read() -> None:
    for network, said in (
        (Reversed, "argmax(output) = argmax(y[n - 1 - i])"),
        (Latest, "argmax(output[-1]) = argmax(y)"),
    ):
        found = read(network, "training-9")["training-9"]
        assert found.name is None
        assert (found.reading or "").startswith(f"compute_accuracy: you compute mean({said});")


def test_a_right_pass_of_its_own_gets_no_reading_and_passes() -> None:
    right = measuring(own(oracle.sigmoid, oracle.sigmoid))
    assert read(right, "training-19")["training-19"].reading is None
    wrong = measuring(own(oracle.sigmoid, np.tanh))
    for network, passed in ((right, True), (wrong, False)):
        for seed in (1, 2, 3):
            settings = Settings("in memory", isolation="none", seed=seed, only=frozenset(["training-19"]))
            subject = subject_of(module_of(network), "DeepNeuralNetwork")
            prepared = Prepared(settings, subject, Facts(settings, None), subject.transport)
            assert judge(settings, prepared=prepared).passed is passed


def test_the_measurement_evaluates_these_readings() -> None:
    generator = np.random.default_rng(5)
    weights = {f"W{i}": generator.normal(0, 2.0, shape) for i, shape in ((1, (6, 7)), (2, (5, 6)), (3, (4, 5)))}
    xs = generator.random((3, 7))
    for text, values in second_pass.answers(weights, xs).items():
        for x, meant in zip(xs, values, strict=True):
            assert np.allclose(np.asarray(described.value_of(text, weights, x)), meant), text


class Powers(Right):
    """Its sigmoid has no bound, so that the outputs are 0 and 1."""

    def sigmoid(self, x: Any, derivative: bool = False) -> Any:
        return super().sigmoid(x, derivative) if derivative else 1 + np.exp(-np.asarray(x, np.float64))


def test_a_right_gradient_of_saturated_outputs_is_not_called_a_changed_one() -> None:
    found = read(Powers, "activations-1", "backward-2", "backward-4", "backward-5")
    assert found["activations-1"].reading == "sigmoid(x): you compute 1 + e^-x; it should be 1 / (1 + e^-x)"
    assert all("change[W" not in (one.reading or "") for one in found.values())


def test_a_change_that_changes_nothing_is_none() -> None:
    balanced = np.array([[1.0, -1.0], [2.0, -2.0]])
    ended = np.array([[1.0, 3.0], [0.0, 0.0]])
    assert fit.distorted([balanced], [balanced], 1e-6) is None
    assert fit.rows([ended], [ended], 1e-6) == ""
    assert fit.distorted([balanced - 0.5], [balanced + 0.5], 1e-6) is None
    assert fit.rows([ended], [np.array([[1.0, 3.0], [2.0, 1.0]])], 1e-6) == "all rows but the last"


class Rooted(Right):
    """The roots of normal numbers in one layer: half of them are nan."""

    def initialization(self) -> Any:
        found = super().initialization()
        with np.errstate(invalid="ignore"):
            return found | {"W2": np.sqrt(found["W2"])}


def test_weights_of_nan_are_said_and_not_called_shared() -> None:
    found = read(Rooted, "initialization-1", "initialization-6", "initialization-10")
    assert found["initialization-1"].reading == "W2: yours is not finite everywhere (nan or inf)"
    assert {one.name for one in found.values()} == {None}
