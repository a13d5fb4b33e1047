"""Forms of parameters, gradients and losses that a right module of the kata mlp may have."""

from pathlib import Path

import pytest

from nnkata.katas.mlp.world import in_order
from tests.test_mlp_empty import clauses

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
