"""Forms of parameters, gradients and losses that a right module of the kata mlp may have."""

from pathlib import Path

import numpy as np
import pytest

from nnkata.katas.mlp.clipping import cut_off
from nnkata.katas.mlp.world import in_order
from tests.mlp.test_mlp_empty import clauses

BOTH = ("x.T @ (d @ net.w[1].T * (1 - a * a))", "a.T @ d")
TWO = f"[{BOTH[0]}, {BOTH[1]}]"
LOSS = "\ndef loss(net, x, y): return RETURNED(-np.sum(np.log(both(net, x)[1]) * y) / len(x))"


def states(found: dict[str, dict[str, str]]) -> set[str]:
    return {clause["status"] for clause in found.values()}


@pytest.mark.parametrize(
    ("parameters", "gradients"),
    [
        ("{'W1': net.w[0], 'W2': net.w[1]}", "{'W2': %s, 'W1': %s}"),
        ("{'W1': net.w[0], 'W2': net.w[1]}", "{'dW2': %s, 'dW1': %s}"),
        ("type(type.__dict__)({'W1': net.w[0], 'W2': net.w[1]})", "{'W2': %s, 'W1': %s}"),  # a mapping, and no dict
        ("{'a': {'w': net.w[0]}, 'b': {'w': net.w[1]}}", "{'b': {'w': %s}, 'a': {'w': %s}}"),
    ],
)
def test_gradients_are_matched_to_parameters_by_name(parameters: str, gradients: str, tmp_path: Path) -> None:
    found = clauses(tmp_path, PARAMETERS=parameters, GRADIENTS=gradients % BOTH[::-1])
    assert states(found) <= {"passed", "skipped"}
    assert found["gradients-3"]["status"] == "passed"


def test_names_that_do_not_match_one_by_one_keep_their_order() -> None:
    assert in_order([("W2", 2), ("W1", 1)], ("W1", "W2")) == [1, 2]
    assert in_order([("W2", 2), ("V", 1)], ("W1", "W2")) == [2, 1]
    assert in_order([("[0]", 2), ("[1]", 1)], ("W1", "W2")) == [2, 1]
    assert in_order([("d", 2), ("dd", 1)], ("d", "dd")) == [2, 1]


@pytest.mark.parametrize(
    ("returned", "status"), [("float", "passed"), ("np.array", "passed"), ("(lambda v: np.array([[v]]))", "passed")]
)
def test_a_loss_may_be_an_array_of_one_number(returned: str, status: str, tmp_path: Path) -> None:
    found = clauses(tmp_path, GRADIENTS=TWO + LOSS.replace("RETURNED", returned))
    assert (found["gradients-2"]["status"], found["gradients-13"]["status"]) == (status, status)


@pytest.mark.parametrize("returned", ["str", "(lambda v: [v, v])", "(lambda v: np.array([v, v]))"])
def test_another_loss_is_the_modules_fault(returned: str, tmp_path: Path) -> None:
    found = clauses(tmp_path, GRADIENTS=TWO + LOSS.replace("RETURNED", returned))
    assert found["gradients-2"]["status"] == "failed"
    assert "a single number" in found["gradients-2"]["message"]


@pytest.mark.parametrize(
    ("made", "said"),
    [
        ("np.clip(len(x) * g, -0.5, 0.5)", "cut off at ±0.5"),
        ("g * len(x) * min(1, 0.5 / np.sqrt(sum(float((a * a).sum()) for a in whole)) / len(x))", "to the length 0.5"),
    ],
)
def test_gradients_that_are_made_smaller_are_not_judged_as_slopes(made: str, said: str, tmp_path: Path) -> None:
    found = clauses(tmp_path, GRADIENTS=f"[{made} for whole in [{TWO}] for g in whole]")
    assert states(found) <= {"passed", "skipped"}
    assert said in found["gradients-2"]["message"]


@pytest.mark.parametrize(
    "arrays",
    [
        [np.eye(3, 4) / 3, np.ones((1, 4))],  # biases count samples
        [np.eye(3, 4) + 0.5 * np.eye(3, 4, 1), np.ones(4) / 2, np.full((3, 4), np.nan)],
        [np.ones((3, 4)), np.ones(4)],  # nearly all: signs
        [np.eye(3, 4) / 7, np.ones(4) / 9],
        [np.zeros((3, 4))],
        [],
    ],
)
def test_gradients_with_equal_elements_are_not_cut_off_for_that(arrays: list[np.ndarray]) -> None:
    assert cut_off([arrays]) == ""
    assert cut_off([[np.eye(3, 4) / 4, np.ones((1, 4)) / 5]]) != ""


#: Few hidden units with ReLU: some are idle for a sample when it is visited, or all of them for a batch after a step.
NARROW = {
    "(784, 20)": "(784, UNITS)",
    "(20, 10) / 5]": "(UNITS, 10)]\n        self.b = [np.zeros(UNITS), np.zeros(10)]",
    "np.tanh(x @ net.w[0])": "np.maximum(x @ net.w[0] + net.b[0], 0)",
    "a @ net.w[1]": "a @ net.w[1] + net.b[1]",
    "PARAMETERS": "[net.w[0], net.b[0], net.w[1], net.b[1]]",
    "GRADIENTS": "[x.T @ (e := d @ net.w[1].T * (a > 0)), e.sum(axis=0), a.T @ d, d.sum(axis=0)]",
}
LEARN = """
def step(net, x, y):
    for w, g in zip(parameters(net), gradients(net, x, y)):
        w -= RATE * g
def train(net, x, y, epochs):
    order = np.random.default_rng(1).permutation(len(x))
    for _epoch in range(epochs):
        for i in range(0, len(x), 32):
            step(net, x[order[i : i + 32]], y[order[i : i + 32]])
"""


@pytest.mark.parametrize(("stage", "units", "rate"), [("step", "1", "2"), ("training", "3", "0.1")])
def test_a_narrow_network_is_not_blamed_for_idle_units(stage: str, units: str, rate: str, tmp_path: Path) -> None:
    changes = {**NARROW, "GRADIENTS": NARROW["GRADIENTS"] + LEARN, "UNITS": units, "RATE": rate}
    assert states(clauses(tmp_path, stage=stage, **changes)) <= {"passed", "skipped"}


#: All weights in one vector, of which the matrices are views.
FLAT = {
    "        self.w = [np.random.randn(784, 20) / 28, np.random.randn(20, 10) / 5]": "        self.all = "
    "np.random.randn(784 * 20 + 200) / 28\n        self.w = [self.all[:-200].reshape(784, 20), "
    "self.all[-200:].reshape(20, 10)]",
    "PARAMETERS": "[net.all]",
}


@pytest.mark.parametrize(("factor", "status"), [("1", "passed"), ("0.5", "failed")])
def test_parameters_may_lie_in_one_vector(factor: str, status: str, tmp_path: Path) -> None:
    gradients = f"[np.concatenate([np.ravel({BOTH[0]}), {factor} * np.ravel({BOTH[1]})])]"
    found = clauses(tmp_path, **FLAT, GRADIENTS=gradients)
    assert found["gradients-2"]["status"] == status
    (tmp_path / "net.py").unlink()
    found = clauses(tmp_path, stage="parameters", **FLAT, GRADIENTS=gradients)
    assert (found["parameters-1"]["status"], found["parameters-3"]["status"]) == ("passed", "skipped")


#: A vector that scales the hidden units, of `WIDTH` elements, of which the others do nothing.
SCALED = {
    "        self.w = [": "        self.scale = np.ones(WIDTH)\n        self.bias = np.zeros(20)\n        self.w = [",
    "PARAMETERS": "[*net.w, net.bias, net.scale]",
    "a = np.tanh(x @ net.w[0])": "a = np.tanh(x @ net.w[0] + net.bias) * net.scale[:20]",
}


@pytest.mark.parametrize(("width", "status"), [("20", "skipped"), ("23", "failed")])
def test_vectors_beside_a_chain_have_a_width_of_it(width: str, status: str, tmp_path: Path) -> None:
    changes = {name: value.replace("WIDTH", width) for name, value in SCALED.items()}
    assert clauses(tmp_path, stage="parameters", **changes)["parameters-3"]["status"] == status


#: Three words share the first matrix, each with a second one of its own: no chain, and no MNIST.
WORDS = {
    "self.w = [np.random.randn(784, 20) / 28, np.random.randn(20, 10) / 5]": "self.w = [np.random.randn(*shape) / 3 "
    "for shape in ((7, 4), (4, 20), (4, 20), (20, 7))]",
    "a = np.tanh(x @ net.w[0])": "a = np.tanh(x @ net.w[0] @ (net.w[1] + net.w[2]))",
    "a @ net.w[1]": "a @ net.w[3]",
    "GRADIENTS": "slopes(net, x, a, d)\n"
    "def slopes(net, x, a, d):\n"
    "    e = d @ net.w[3].T * (1 - a * a)\n"
    "    own = FACTOR * (x @ net.w[0]).T @ e\n"
    "    return [x.T @ e @ (net.w[1] + net.w[2]).T, own, own, a.T @ d]",
}


@pytest.mark.parametrize(("factor", "status"), [("1", "passed"), ("0.5", "failed")])
def test_shapes_without_a_chain_have_a_width_of_their_own(factor: str, status: str, tmp_path: Path) -> None:
    changes = {name: value.replace("FACTOR", factor) for name, value in WORDS.items()}
    found = clauses(tmp_path, **changes)
    assert found["gradients-2"]["status"] == status
    assert not {"error"} & {clause["status"] for clause in found.values()}


def test_gradients_of_other_shapes_than_the_parameters_are_no_fault_of_the_kit(tmp_path: Path) -> None:
    found = clauses(tmp_path, GRADIENTS=f"[{BOTH[1]}, {BOTH[0]}]" + LOSS.replace("RETURNED", "float"))
    assert (found["gradients-1"]["status"], found["gradients-2"]["status"]) == ("failed", "skipped")
    assert "error" not in states(found)
