"""Frameworks whose samples are tensors, and layers that return their gradients beside the error."""

from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from nnkata.worker.adapting.networks.tensor_frameworks import losses
from nnkata.worker.adapting.search import search
from nnkata.worker.foreign import slopes, zeroed
from tests.adapting.foreign_beginning import COMMON

#: Loaded modules are foreign, and those of another test may have the same name.
pytestmark = pytest.mark.usefixtures("modules_as_before")
ENGINE = """
import numpy as np
class Tensor:
    def __init__(self, data, sources=(), back=lambda g: ()):
        self.data, self.grad = np.asarray(data, float), None
        self.sources, self.back = sources, back
    def backward(self, g=None):
        g = np.ones_like(self.data) if g is None else g
        self.grad = g if self.grad is None else self.grad + g
        for source, part in zip(self.sources, self.back(g)):
            source.backward(part)
    def __matmul__(self, o):
        return Tensor(self.data @ o.data, (self, o), lambda g: (g @ o.data.T, self.data.T @ g))
    def __add__(self, o): return Tensor(self.data + o.data, (self, o), lambda g: (g, g.sum(0)))
    def __sub__(self, o): return Tensor(self.data - o.data, (self, o), lambda g: (g, -g))
    def __mul__(self, o): return Tensor(self.data * o.data, (self, o), lambda g: (g * o.data, g * self.data))
    def sum(self): return Tensor(self.data.sum(), (self,), lambda g: (g * np.ones_like(self.data),))
    def relu(self): return Tensor(np.maximum(0, self.data), (self,), lambda g: (g * (self.data > 0),))
"""
LAYERS = """
class Linear:
    def __init__(self, n_in, n_out):
        self.weight = Tensor(np.random.randn(n_in, n_out) / n_in ** 0.5)
        self.bias = Tensor(np.zeros(n_out))
    def __call__(self, x): return x @ self.weight + self.bias
class ReLU:
    def __call__(self, x): return x.relu()
class Sequential:
    def __init__(self, *layers): self.layers = layers
    def __call__(self, x):
        for layer in self.layers: x = layer(x)
        return x
"""
MODEL = """
class Model:
    def __init__(self, n_in=2, n_hidden=4, n_out=1):
        self.one, self.two = Linear(n_in, n_hidden), Linear(n_hidden, n_out)
    def forward(self, x):
        x = x if isinstance(x, Tensor) else Tensor(x)
        return self.two(self.one(x).relu())
"""
#: Numbers in, a tensor out, whose class the file does not know.
HIDDEN = "from engine import Linear\nclass Model:\n" + MODEL.partition("class Model:\n")[2].replace(
    "x if isinstance(x, Tensor) else Tensor(x)", "self.one.weight.__class__(x)"
)


def found(text: str, tmp_path: Path, **files: str) -> dict[str, object]:
    for name, content in {"net": text, **files}.items():
        (tmp_path / f"{name}.py").write_text(content, encoding="utf-8")
    recipe = search(str(tmp_path), ["net.py"])["recipe"]
    assert isinstance(recipe, dict)
    return recipe


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (ENGINE + LAYERS, "return theirs.Sequential(theirs.Linear(784, 24), theirs.ReLU(), theirs.Linear(24, 10))"),
        (ENGINE + LAYERS + MODEL, "return theirs.Model(n_in=784, n_out=10)"),
        (HIDDEN, "return theirs.Model(n_in=784, n_out=10)"),
    ],
)
def test_the_gradients_that_tensors_keep_are_found_and_fit(text: str, wanted: str, tmp_path: Path) -> None:
    recipe = found(text, tmp_path, engine=ENGINE + LAYERS)
    assert recipe["new"] == [wanted]
    assert recipe["alike"] is True
    assert recipe["why_gradients"] == "kept by its tensors"
    assert "zeroed(net)" in str(recipe["gradients"])


@pytest.mark.parametrize("name", ["mse_loss", "criterion"])
def test_the_losses_of_the_framework_are_tried(name: str, tmp_path: Path) -> None:
    more = f"def {name}(out, wanted):\n    d = out - Tensor(wanted)\n    return (d * d).sum()\n"
    recipe = found(ENGINE + LAYERS + MODEL + more, tmp_path)
    assert recipe["alike"] is True
    assert f"theirs.{name}(" in str(recipe["gradients"])


def test_a_tensor_with_a_wrong_way_back_has_no_slopes(tmp_path: Path) -> None:
    recipe = found((ENGINE + LAYERS + MODEL).replace("(self.data > 0)", "(self.data < 0)"), tmp_path)
    assert recipe["gradients"]
    assert recipe["alike"] is False


def test_gradients_of_tensors_are_set_to_zero_wherever_they_are() -> None:
    class Tensor:
        def __init__(self) -> None:
            self.data, self.grad = np.ones(3), np.ones(3)

    class Net:
        def __init__(self) -> None:
            self.parts = {"a": [Tensor()], "b": (Tensor(), np.ones(2), "text")}
            self.own = self

    net = Net()
    zeroed(net)
    tensors = [*net.parts["a"], net.parts["b"][0]]
    assert all(isinstance(tensor, Tensor) and not tensor.grad.any() for tensor in tensors)


RETURNED = """
class Dense:
    def __init__(self, n_inputs, n_neurons): self.W, self.b = matrix(n_inputs, n_neurons), np.zeros(n_neurons)
    def forward(self, x):
        self.x = x
        return x @ self.W + self.b
    def backward(self, d): return d @ self.W.T, (self.x.T @ d, d.sum(axis=0))
class Relu:
    def forward(self, x):
        self.on = x > 0
        return x * self.on
    def backward(self, d): return d * self.on
"""


def test_gradients_returned_beside_the_error_are_collected(tmp_path: Path) -> None:
    recipe = found(COMMON + RETURNED, tmp_path)
    assert "slopes(net, " in str(recipe["gradients"])
    assert recipe["alike"] is True
    assert found(COMMON + RETURNED.replace("d * self.on", "d"), tmp_path)["alike"] is False


def test_layers_without_gradients_give_none() -> None:
    class Relu:
        def backward(self, error: float) -> float:
            return error

    class Dense:
        def backward(self, error: float) -> tuple[float, dict[str, object]]:
            return error, {"W": np.full(2, error), "kind": "dense"}

    assert slopes([Relu()], 1.0) == []
    assert np.array_equal(slopes([Dense(), Relu(), Dense()], 3.0), [np.full(2, 3.0), np.full(2, 3.0)])


def test_a_loss_may_be_a_method_of_the_tensor_whatever_else_the_file_holds() -> None:
    theirs = ModuleType("theirs")
    exec(ENGINE + "    def mse_loss(self, o): return ((self - o) * (self - o)).sum()\nLAST = 3\n", vars(theirs))
    texts = list(losses(theirs, "net(x)", theirs.Tensor(np.ones((2, 3))), ["y"]))
    assert "(net(x)).mse_loss(theirs.Tensor(y))" in texts
