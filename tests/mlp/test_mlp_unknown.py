"""Right networks of kata mlp that the formulas do not know: an odd output, a one added to the input alone."""

from pathlib import Path

import numpy as np
import pytest

from nnkata.katas.mlp.layout import layouts
from tests.mlp.test_mlp_empty import clauses

#: The probabilities of positive logits, by cross-entropy.
ODD = {
    "OUTPUT": "odd(net, x)[1]",
    "GRADIENTS": "[x.T @ (d @ net.w[1].T * (1 - a * a)), a.T @ d]\n"
    "def odd(net, x):\n"
    "    a = np.tanh(x @ net.w[0])\n"
    "    e = np.exp(np.maximum(a @ net.w[1], 0))\n"
    "    return a, e / e.sum(axis=1, keepdims=True)",
    "(out - y) / len(x)": "SIGN(odd(net, x)[1] - y) / len(x) * (a @ net.w[1] > 0)",
}


def judged(folder: Path, sign: str) -> dict[str, str]:
    changes = {name: value.replace("SIGN", sign) for name, value in ODD.items()}
    return {tag: clause["status"] for tag, clause in clauses(folder, **changes).items()}


def test_a_step_down_the_slope_of_an_unknown_output_lowers_some_loss(tmp_path: Path) -> None:
    found = judged(tmp_path, "")
    assert (found["gradients-2"], found["gradients-13"]) == ("passed", "passed")
    assert "failed" not in found.values()


def test_a_step_up_lowers_none(tmp_path: Path) -> None:
    assert judged(tmp_path, "-")["gradients-13"] == "failed"


def test_classes_of_the_smallest_output_have_no_name_where_the_outputs_may_be_wrong(tmp_path: Path) -> None:
    predict = ODD["GRADIENTS"].replace("SIGN", "") + "\ndef predict(net, x): return output(net, x).argmin(axis=1)"
    squares = predict.replace("np.exp(np.maximum(a @ net.w[1], 0))", "(a @ net.w[1]) ** 2")
    changes = {name: value.replace("SIGN", "") for name, value in ODD.items()} | {"GRADIENTS": squares}
    found = clauses(tmp_path, stage="accuracy", **changes)["accuracy-1"]
    assert (found["status"], found["misconception"]) == ("failed", None)


#: A one is added to the input; the widths of the hidden layers count a unit more, as in a much copied class.
ONCE = {
    "np.random.randn(784, 20) / 28": "np.random.randn(785, 20) / 28",
    "np.tanh(x @ net.w[0])": "np.tanh(with_one(x) @ net.w[0])",
    "GRADIENTS": "[with_one(x).T @ (d @ net.w[1].T * (1 - a * a)), a.T @ d]\n"
    "def with_one(x): return np.c_[x, np.ones(len(x))]",
}


def test_a_one_added_to_the_input_alone_is_the_bias_of_the_first_layer(tmp_path: Path) -> None:
    found = clauses(tmp_path, **ONCE)
    assert {clause["status"] for clause in found.values()} <= {"passed", "skipped"}
    assert found["gradients-2"]["status"] == "passed"
    wrong = {**ONCE, "GRADIENTS": ONCE["GRADIENTS"].replace("with_one(x).T @ (d", "0.5 * with_one(x).T @ (d")}
    assert clauses(tmp_path, **wrong)["gradients-2"]["status"] == "failed"


@pytest.mark.parametrize(
    ("first", "second", "status"), [("1e-3", "1e-3", "passed"), ("1e-6", "1e-6", "passed"), ("1e-3", "0", "failed")]
)
def test_weights_decay_without_the_bias_in_their_matrix(first: str, second: str, status: str, tmp_path: Path) -> None:
    text = ONCE["GRADIENTS"].replace("a.T @ d]", f"a.T @ d + {second} * net.w[1]]")
    decay = f"(1 - a * a)) + {first} * np.r_[net.w[0][:-1], 0 * net.w[0][-1:]]"
    found = clauses(tmp_path, **{**ONCE, "GRADIENTS": text.replace("(1 - a * a))", decay)})
    assert found["gradients-2"]["status"] == status


@pytest.mark.parametrize("place", [-1, 0])
def test_its_row_goes_back_into_the_first_matrix(place: int) -> None:
    way = next(w for w in layouts([(5, 4), (4, 3)]) if w.once and w.joined == place)
    assert (way.widths, way.biased) == ((4, 4, 3), (True, False))
    arrays = [np.arange(20.0).reshape(5, 4), np.arange(12.0).reshape(4, 3)]
    (first, bias), (second, none) = way.whole(arrays)
    assert (first.shape, second.shape, none) == ((4, 4), (4, 3), None)
    assert bias is not None
    assert np.array_equal(bias, arrays[0][place])
    assert all(map(np.array_equal, way.taken_apart(way.whole(arrays)), arrays))


def test_a_one_added_to_the_hidden_values_alone_is_the_bias_of_the_later_layers() -> None:
    ways = [way for way in layouts([(3, 5), (6, 1)]) if way.later]
    assert [(way.widths, way.biased, way.joined) for way in ways] == [
        ((3, 5, 1), (False, True), -1),
        ((3, 5, 1), (False, True), 0),
    ]
    arrays = [np.arange(15.0).reshape(3, 5), np.arange(6.0).reshape(6, 1)]
    for way in ways:
        (first, none), (second, bias) = way.whole(arrays)
        assert (first.shape, second.shape, none) == ((3, 5), (5, 1), None)
        assert bias is not None
        assert bias.size == 1
        assert all(map(np.array_equal, way.taken_apart(way.whole(arrays)), arrays))


#: The sign of the way turns where the weights are far from the network's own start, as a rate that is too high does.
TRAINED = {
    "GRADIENTS": "[x.T @ (d @ net.w[1].T * (1 - a * a)), a.T @ d]\n"
    "def train(net, x, y, epochs):\n"
    "    rate = 0.1 if np.abs(net.w[0]).max() < LIMIT else -0.1\n"
    "    for _ in range(epochs):\n"
    "        for w, g in zip(net.w, gradients(net, x, y)): w -= rate * g",
}


@pytest.mark.parametrize(("limit", "status"), [("9", "passed"), ("0.2", "passed"), ("0", "failed")])
def test_training_may_lower_the_loss_from_the_networks_own_start_alone(limit: str, status: str, tmp_path: Path) -> None:
    changes = {name: value.replace("LIMIT", limit) for name, value in TRAINED.items()}
    assert clauses(tmp_path, stage="training", **changes)["training-4"]["status"] == status


#: A sigmoid of logits from which each row's largest is taken off, by the cube of the error: no formula, no usual loss.
SHIFTED = {
    "OUTPUT": "shifted(net, x)[1]",
    "GRADIENTS": "[x.T @ (d @ net.w[1].T * (1 - a * a)), a.T @ d]\n"
    "def shifted(net, x):\n"
    "    a = np.tanh(x @ net.w[0])\n"
    "    z = a @ net.w[1]\n"
    "    return a, 1 / (1 + np.exp(-(z - z.max(axis=1, keepdims=True))))",
    "a, out = both(net, x)": "a, out = shifted(net, x)",
    "    d = (out - y) / len(x)": "    d = (out - y) ** 3 * out * (1 - out) / len(x)\n"
    "    top = (out == out.max(axis=1, keepdims=True))\n"
    "    LOST",
}


@pytest.mark.parametrize(
    ("lost", "status"), [("d = d - top * d.sum(axis=1, keepdims=True)", "skipped"), ("pass", "failed")]
)
def test_gradients_of_no_function_of_the_output_fail_whatever_the_loss(lost: str, status: str, tmp_path: Path) -> None:
    changes = {name: value.replace("LOST", lost) for name, value in SHIFTED.items()}
    found = clauses(tmp_path, **changes)["gradients-2"]
    assert found["status"] == status
    assert status == "skipped" or "slope of no function of the output" in found["message"]


@pytest.mark.parametrize("decay", ["", " + 0.01 * net.w[1]"])
def test_weight_decay_is_beyond_no_output(decay: str, tmp_path: Path) -> None:
    changes = {
        name: value.replace("LOST", "d = d - top * d.sum(axis=1, keepdims=True)") for name, value in SHIFTED.items()
    }
    changes["GRADIENTS"] = changes["GRADIENTS"].replace("a.T @ d]", f"a.T @ d{decay}]")
    assert clauses(tmp_path, **changes)["gradients-2"]["status"] == "skipped"


#: Weights that decay more than a batch's samples move them.
DECAYING = {
    "GRADIENTS": "[x.T @ (d @ net.w[1].T * (1 - a * a)) + 0.1 * net.w[0], a.T @ d + 0.1 * net.w[1]]\n"
    "def train(net, x, y, epochs):\n"
    "    for first in [*range(0, MOST, 10)] * epochs:\n"
    "        some = np.arange(first, min(first + 10, len(x)))\n"
    "        for w, g in zip(net.w, gradients(net, x[some], y[LABELS])): w -= 0.1 * g",
}


@pytest.mark.parametrize(
    ("labels", "most", "failed"),
    [
        ("some", "len(x)", set()),
        ("(some + 3) % 300", "len(x)", {"training-2"}),
        ("some", "len(x) - 9", {"training-1"}),
    ],
)
def test_weights_that_decay_hide_no_mistake(labels: str, most: str, failed: set[str], tmp_path: Path) -> None:
    changes = {name: value.replace("LABELS", labels).replace("MOST", most) for name, value in DECAYING.items()}
    found = clauses(tmp_path, stage="training", **changes)
    assert {tag for tag, clause in found.items() if clause["status"] == "failed"} == failed


#: A rate for images, of which one pixel in five is lit: it turns where all are.
BRIGHT = TRAINED["GRADIENTS"].replace("np.abs(net.w[0]).max() < LIMIT", "np.mean(x > 0) < LIMIT")


@pytest.mark.parametrize(("limit", "status"), [("0.5", "passed"), ("0.05", "failed")])
def test_training_may_lower_the_loss_of_samples_as_dark_as_mnist_alone(limit: str, status: str, tmp_path: Path) -> None:
    changes = {"GRADIENTS": BRIGHT.replace("LIMIT", limit)}
    assert clauses(tmp_path, stage="training", **changes)["training-4"]["status"] == status


#: Sample 5 is left out of the trainings that `LEFT` names, as if it activated no unit then.
LEAVING = {
    "GRADIENTS": "[x.T @ (d @ net.w[1].T * (1 - a * a)), a.T @ d]\n"
    "trained = []\n"
    "def train(net, x, y, epochs):\n"
    "    trained.append(1)\n"
    "    for n in range(len(x)):\n"
    "        if n == 5 and LEFT: continue\n"
    "        for w, g in zip(net.w, gradients(net, x[n:n + 1], y[n:n + 1])): w -= 0.1 * g",
}


@pytest.mark.parametrize(("left", "status"), [("len(trained) == 1", "passed"), ("True", "failed")])
def test_a_sample_that_activates_no_unit_once_is_not_unused(left: str, status: str, tmp_path: Path) -> None:
    changes = {name: value.replace("LEFT", left) for name, value in LEAVING.items()}
    assert clauses(tmp_path, stage="training", **changes)["training-1"]["status"] == status


#: Steps so long that little is left of the weights from which they went on; and a new start.
LONG = {
    "GRADIENTS": "[x.T @ (d @ net.w[1].T * (1 - a * a)), a.T @ d]\n"
    "def train(net, x, y, epochs):\n"
    "    for w in net.w: w[...] = w * KEPT + np.random.randn(*w.shape) * SIZE",
}


@pytest.mark.parametrize(
    ("kept", "size", "status", "name"),
    [
        ("1", "9", "skipped", None),
        ("1", "np.nan", "skipped", None),
        ("0", "0.04", "failed", "starts-again"),
        ("1", "0.01", "passed", None),
        ("1", "0.15 * (len(x) > 1)", "skipped", None),  # one sample leaves them as they were
    ],
)
def test_weights_that_went_far_are_no_new_start(
    kept: str, size: str, status: str, name: str | None, tmp_path: Path
) -> None:
    changes = {key: value.replace("KEPT", kept).replace("SIZE", size) for key, value in LONG.items()}
    found = clauses(tmp_path, stage="training", **changes)["training-3"]
    assert (found["status"], found["misconception"]) == (status, name)
