"""Networks of other data than MNIST, made by functions or with unusual arguments: their widths become MNIST's."""

from pathlib import Path

import numpy as np
import pytest

from nnkata.katas.mlp.adapt.files import foreign
from nnkata.worker.adapting.gradients.assigned_gradients import matched
from nnkata.worker.adapting.search import search
from tests.adapting.adapted import Recipe, recipe_of
from tests.adapting.foreign_beginning import COMMON

#: Loaded modules are foreign, and those of another test may have the same name.
pytestmark = pytest.mark.usefixtures("modules_as_before")
NET = """
class Net:
    def __init__(self, ARGUMENTS):
        SIZES
        self.W = [matrix(n, m) for n, m in zip(sizes, sizes[1:])]
    def forward(self, x):
        self.a = [x]
        for W in self.W[:-1]: self.a.append(np.tanh(self.a[-1] @ W))
        return softmax(self.a[-1] @ self.W[-1])
    def backward(self, x, y):
        d, found = (self.forward(x) - y) / len(x), []
        for a, W in zip(reversed(self.a), reversed(self.W)):
            found.insert(0, a.T @ d)
            d = d @ W.T * (1 - a * a)
        return found
"""
#: The arguments of a constructor, its sizes from them, and the call that makes MNIST's network.
WIDTHS = {
    "defaults of other data": (
        "input_dim, hidden_dim=3, output_dim=1",
        "sizes = [input_dim, hidden_dim, output_dim]",
        "theirs.Net(784, output_dim=10)",
    ),
    "defaults for all": (
        "n_in=2, n_hidden=4, n_out=1",
        "sizes = [n_in, n_hidden, n_out]",
        "theirs.Net(n_in=784, n_out=10)",
    ),
    "a default list": ("layers=(2, 3, 1)", "sizes = layers", "theirs.Net(layers=[784, 24, 10])"),
    "sizes one by one": ("*layer_sizes", "sizes = layer_sizes", "theirs.Net(784, 24, 10)"),
    "a number of hidden layers": (
        "inp_shape, nhidden, width, num_classes",
        "assert nhidden % 24 == 1; sizes = [inp_shape, *[width] * nhidden, num_classes]",
        "theirs.Net(784, 1, 24, 10)",
    ),
}
OF_PAIRS = NET.replace("x, y", "input, output").replace("(x)", "(input)").replace("- y", "- output")


def found(text: str, tmp_path: Path) -> Recipe:
    return recipe_of(COMMON + text, tmp_path)


def made(arguments: str, sizes: str, more: str = "") -> str:
    return (
        NET.replace("ARGUMENTS", arguments.replace("width", "hidden_width")).replace(
            "SIZES", sizes.replace("width", "hidden_width")
        )
        + more
    )


@pytest.mark.parametrize("kind", WIDTHS)
def test_a_network_of_other_widths_becomes_one_of_mnist(kind: str, tmp_path: Path) -> None:
    arguments, sizes, wanted = WIDTHS[kind]
    recipe = found(made(arguments, sizes, "model = Net(2, 3, 1)\n"), tmp_path)
    assert recipe["new"] == [f"return {wanted}"]
    assert recipe["alike"] is True


def test_wrong_gradients_of_it_are_found_but_are_no_slopes(tmp_path: Path) -> None:
    text = made("n_in=2, n_out=1", "sizes = [n_in, 9, n_out]").replace("(1 - a * a)", "(1 + a * a)")
    recipe = found(text, tmp_path)
    assert recipe["gradients"]
    assert recipe["alike"] is False


def test_a_default_that_is_no_width_of_the_data_is_left(tmp_path: Path) -> None:
    text = made("n_in=784, hidden=5, n_out=10, depth=2", "sizes = [n_in, *[hidden] * depth, n_out]")
    assert found(text, tmp_path)["new"] == ["return theirs.Net()"]


def test_a_function_that_returns_the_network_makes_it(tmp_path: Path) -> None:
    more = "def get_model(config):\n    return Net(config.get('sizes') or [784, 30, 10])\n"
    assert found(made("shapes", "sizes = shapes", more), tmp_path)["new"] == ["return theirs.get_model({})"]


def test_a_training_pair_may_be_called_input_and_output(tmp_path: Path) -> None:
    text = OF_PAIRS.replace("ARGUMENTS", "layers").replace("SIZES", "sizes = layers")
    assert found(text, tmp_path)["alike"] is True


DECAYING = """
class Dense:
    def __init__(self, n_inputs, n_neurons, l1, l2): self.W, self.l1, self.l2 = matrix(n_inputs, n_neurons), l1, l2
    def forward(self, x):
        self.x = x
        return x @ self.W
    def backward(self, d):
        self.dW = self.x.T @ d + self.l1 * np.sign(self.W) + 2 * self.l2 * self.W
        return d @ self.W.T
class Relu:
    def forward(self, x):
        self.on = x > 0
        return x * self.on
    def backward(self, d): return d * self.on
"""


def test_layers_are_put_together_without_weight_decay(tmp_path: Path) -> None:
    recipe = found(DECAYING, tmp_path)
    assert "theirs.Dense(784, 24, 0.0, 0.0)" in str(recipe["new"])
    assert recipe["alike"] is True


def test_an_array_named_as_a_gradient_is_taken_before_one_of_its_shape() -> None:
    held = {"net[0].B": np.zeros((1, 4)), "net[1].B": np.zeros((1, 3))}
    parts = {"net[0].x": np.ones((1, 4)), "net[0].B_grad": np.ones((1, 1)), "net[1].B_grad": np.ones((1, 1))}
    first = next(matched(iter(parts.items()), held))[0]
    assert first == ["net[0].B_grad", "net[1].B_grad"]


def test_files_that_import_each_other_by_their_folder_are_read_from_above(tmp_path: Path) -> None:
    folder = tmp_path / "src"
    folder.mkdir()
    (folder / "parts.py").write_text(COMMON, encoding="utf-8")
    text = made("layers", "sizes = layers")
    (folder / "net.py").write_text(f"from src.parts import np, softmax, matrix\n{text}", encoding="utf-8")
    assert foreign(folder).base == tmp_path.resolve()
    (folder / "net.py").write_text(f"from .parts import np, softmax, matrix\n{text}", encoding="utf-8")
    assert foreign(folder).base == tmp_path.resolve()
    (folder / "net.py").write_text(f"from parts import np, softmax, matrix\n{text}", encoding="utf-8")
    assert foreign(folder).base == folder.resolve()


def test_a_class_without_weights_for_an_image_is_no_network(tmp_path: Path) -> None:
    base = "class Layer:\n    def forward(self, x): raise NotImplementedError\n"
    base += "class Neuron:\n    def __init__(self, units): self.w = np.ones((units, 3))\n"
    base += "    def forward(self, x): return x\n"
    assert "new" not in found(base, tmp_path)


def test_a_network_whose_output_is_not_found_is_still_made(tmp_path: Path) -> None:
    text = made("layers", "sizes = layers").replace("return softmax(self.a[-1] @ self.W[-1])", "return None")
    assert found(text.replace("self.a.append", "(lambda a: None)"), tmp_path)["new"] == [
        "return theirs.Net([784, 24, 10])"
    ]


GROWING = """
class Linear:
    def __init__(self, in_features, out_features):
        self.W, self.b = matrix(in_features, out_features), np.zeros((1, out_features))
    def forward(self, x):
        self.x = x
        return x @ self.W + self.b
    def backward(self, d):
        self.W -= 0.1 * self.x.T @ d
        self.b = self.b - 0.1 * d
"""


def test_a_layer_alone_is_no_network_also_if_its_bias_grows_to_a_matrix(tmp_path: Path) -> None:
    assert "new" not in found(GROWING, tmp_path)


def test_a_script_that_makes_the_network_is_tried_first_also_if_it_is_called_test(tmp_path: Path) -> None:
    (tmp_path / "net.py").write_text(COMMON + made("shapes", "sizes = shapes"), encoding="utf-8")
    script = "from net import Net\nfrom keras.datasets import mnist\nmodel = Net([784, 30, 10])\n"
    (tmp_path / "test_net.py").write_text(script, encoding="utf-8")
    (tmp_path / "test_other.py").write_text(script.replace("from net", "from elsewhere"), encoding="utf-8")
    found = foreign(tmp_path)
    assert found.tried == ("test_net.py", "net.py")
    assert search(str(tmp_path), list(found.tried))["recipe"]["file"] == "test_net.py"


def test_weights_made_from_the_data_have_ten_classes(tmp_path: Path) -> None:
    start = "def _initialize(self, X, y):\n        sizes = [X.shape[1], 20, len(set(y))]"
    text = NET.replace("def __init__(self, ARGUMENTS):", start).replace("        SIZES\n", "")
    assert found(text, tmp_path)["alike"] is True
