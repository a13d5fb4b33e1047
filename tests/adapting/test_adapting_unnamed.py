"""Networks whose names say nothing, as in another language: their methods are found by what they do."""

from pathlib import Path

import pytest

from nnkata.katas.mlp.adapt.files import foreign
from tests.adapting.adapted import Recipe, recipe_of
from tests.support import forks

#: Loaded modules are foreign, and those of another test may have the same name.
pytestmark = pytest.mark.usefixtures("modules_as_before")
REDE = """
import numpy as np
class Rede:
    def __init__(self, entradas=784, ocultos=20, saidas=10):
        self.p1, self.p2 = np.random.randn(entradas, ocultos) / 28, np.random.randn(ocultos, saidas) / 5
        self.v1, self.v2 = np.zeros(ocultos), np.zeros(saidas)
    def calcular(self, dados):
        self.e, self.o = dados, np.tanh(dados @ self.p1 + self.v1)
        z = np.exp(self.o @ self.p2 + self.v2)
        return z / z.sum(axis=1, keepdims=True)
    def corrigir(self, alvo):
        d = (self.calcular(self.e) - alvo) / len(alvo)
        f = d @ self.p2.T * (1 - self.o * self.o)
        return [self.e.T @ f, f.sum(axis=0), self.o.T @ d, d.sum(axis=0)]
"""
TABELA = """
class Tabela:
    def __init__(self): self.linhas = {}
    def somar(self, dados): return dados
"""


def found(text: str, folder: Path) -> Recipe:
    return recipe_of(text, folder, "rede.py")


def test_methods_are_found_by_what_they_do(tmp_path: Path) -> None:
    recipe = found(TABELA + REDE, tmp_path)
    assert recipe["output"] == "return net.calcular(x)"
    assert recipe["alike"] is True
    assert "net.corrigir(y)" in str(recipe["gradients"])


def test_wrong_gradients_of_them_are_not_called_right(tmp_path: Path) -> None:
    assert found(REDE.replace("(1 - self.o * self.o)", "(1 - self.o)"), tmp_path).get("alike") is not True


def test_a_class_without_weights_is_no_network(tmp_path: Path) -> None:
    assert "new" not in found("import numpy as np" + TABELA, tmp_path)


NO_ADAPTER = """
import numpy as np
class Layer:
    def forward_one(self, x): return x
class Model:
    def predict_slowly(self, vec, clock): return clock["now"] @ vec
    def train_slowly(self, xs, ys, clock): clock["later"] += 1
"""


def test_without_a_network_the_stub_names_the_candidates_and_says_how_to_call_them(tmp_path: Path) -> None:
    (tmp_path / "model.py").write_text(NO_ADAPTER, encoding="utf-8")
    done = forks.run(["adapt", "model.py", "--isolation", "process"], tmp_path)
    assert done.returncode == 1, done.stderr
    stub = (tmp_path / "adapter.py").read_text(encoding="utf-8")
    for text in (stub, done.stdout):
        assert "its own: Model.predict_slowly(vec, clock), model.py:6; Layer.forward_one(x), model.py:4" in text
        assert "such as: return net.predict_slowly(x, clock)" in text
        assert "such as: return moved(parameters, net, lambda: net.train_slowly(x, y, clock), 0.1)" in text
    assert "nnkata check adapter.py --kata mlp" in done.stdout


MANY_STEPS = """
import numpy as np
class Model:
    def compute_cost(self, out, y): return clock["cost"]
    def relu_backward(self, slope, cache): return clock["relu"]
    def whole_backward(self, out, y, caches): return clock["back"]
    def forward(self): return clock["kept"]
    def predict(self, X, Y): return clock["digits"]
    def forward_all(self, X): return clock["now"] @ X
"""


def test_the_likeliest_candidate_takes_labels_for_gradients_and_none_for_the_output(tmp_path: Path) -> None:
    (tmp_path / "model.py").write_text(MANY_STEPS, encoding="utf-8")
    done = forks.run(["adapt", "model.py", "--isolation", "process"], tmp_path)
    assert done.returncode == 1, done.stderr
    stub = (tmp_path / "adapter.py").read_text(encoding="utf-8")
    assert "such as: return net.forward_all(x)  # or net.forward_all(x.T).T" in stub
    assert "such as: return moved(parameters, net, lambda: net.whole_backward(out, y, caches), 0.1)" in stub
    assert "lambda: net.whole_backward(out, b, caches)" in stub


STATE = """
import numpy as np
class Net:
    def __init__(self): self.p1 = self.p2 = None
    def begin(self, dados):
        self.p1, self.p2 = np.random.randn(dados.shape[1], 20) / 28, np.random.randn(20, 10) / 5
    def forward(self, dados): return np.tanh(dados @ self.p1) @ self.p2
"""


def test_an_output_that_needs_another_trial_before_is_none(tmp_path: Path) -> None:
    """`begin` is tried as a way forward, and makes the weights that a fresh network lacks."""
    assert "output" not in found(STATE, tmp_path)


THREE_CALLS = """
import numpy as np
class Net:
    def __init__(self, input_size, hidden_sizes, output_size, num_layers):
        assert len(hidden_sizes) == num_layers - 1
        sizes = [input_size, *hidden_sizes, output_size]
        self.W1, self.W2 = [np.random.randn(n, m) / np.sqrt(n) for n, m in zip(sizes, sizes[1:])]
    def forward(self, x):
        self.x, self.h = x, np.tanh(x @ self.W1)
        self.out = self.h @ self.W2
        return self.out
    def backward(self, y):
        self.d2 = self.out - y
        self.d1 = self.d2 @ self.W2.T * (1 - self.h ** 2)
    def compute_updates(self):
        self.step1, self.step2 = self.x.T @ self.d1, self.h.T @ self.d2
    def apply_updates(self, lr):
        self.W1, self.W2 = self.W1 - lr * self.step1, self.W2 - lr * self.step2
"""


@pytest.mark.parametrize(("slope", "right"), [("(1 - self.h ** 2)", True), ("(1 - self.h)", False)])
def test_the_gradients_may_need_three_calls(slope: str, right: bool, tmp_path: Path) -> None:
    recipe = found(THREE_CALLS.replace("(1 - self.h ** 2)", slope), tmp_path)
    assert recipe["new"] == ["return theirs.Net(784, [24], 10, 2)"]
    assert recipe.get("alike") is right
    assert "net.compute_updates()" in str(recipe["gradients"])


def test_one_call_without_the_other_gives_none(tmp_path: Path) -> None:
    text = THREE_CALLS.replace("self.step1, self.step2 = self.x.T @ self.d1, self.h.T @ self.d2", "pass")
    assert found(text, tmp_path).get("alike") is not True


COUNTED = """
import numpy as np  # mnist
class Net:
    def __init__(self):
        self.W1, self.W2 = np.random.randn(784, 20) / 28, np.random.randn(20, 10) / 5
    def forward(self, x):
        self.h = np.tanh(x @ self.W1)
        return self.h @ self.W2
    def step(self, x, y, lr):
        d = self.forward(x) - y
        d1 = d @ self.W2.T * (1 - self.h ** 2)
        self.W2 -= lr * self.h.T @ d
        self.W1 -= lr * x.T @ d1
    def fit(self, x, y, COUNT, batch_size, lr=0.01):
        for n in range(COUNT):
            some = np.random.choice(len(x), batch_size)
            self.step(x[some], y[some], lr)
net = Net()
"""


@pytest.mark.parametrize(("count", "written"), [("epochs", True), ("iterations", False), ("num_iters", False)])
def test_a_number_of_batches_is_no_number_of_epochs(count: str, written: bool, tmp_path: Path) -> None:
    """A right network that is asked for one iteration uses one batch, and would be blamed for the unused samples."""
    extras = found(COUNTED.replace("COUNT", count), tmp_path)["extras"]
    assert isinstance(extras, dict)
    assert ("train" in extras) is written


def test_an_earlier_adapter_is_not_taken_for_the_network(tmp_path: Path) -> None:
    (tmp_path / "net.py").write_text(REDE.replace("calcular", "forward").replace("corrigir", "backward"), "utf-8")
    for name in ("adapter.py", "again.py"):
        done = forks.run(["adapt", ".", "--isolation", "process", "--output", name], tmp_path)
        assert done.returncode == 0, done.stderr
    again = (tmp_path / "again.py").read_text(encoding="utf-8")
    assert "load('net.py')" in again
    assert "adapter.py" not in foreign(tmp_path).names


RATES = """
import numpy as np
class Net:
    def __init__(self):
        self.W1, self.W2 = np.random.randn(784, 20) / 28, np.random.randn(20, 10) / 5
    def forward(self, x): return np.tanh(x @ self.W1) @ self.W2
    def train(self, x, y):
        h = np.tanh(x @ self.W1)
        d = h @ self.W2 - y
        d1 = d @ self.W2.T * (1 - h ** 2)
        self.W2 -= 0.01 * h.T @ d
        self.W1 -= FIRST * x.T @ d1
    def classes_of(self, out): return out.argmax(axis=1)
    get_predictions = classes_of
"""


@pytest.mark.parametrize(("first", "written"), [("0.01", True), ("0.3", False)])
def test_a_rate_for_each_layer_is_told_and_not_called_wrong(first: str, written: bool, tmp_path: Path) -> None:
    recipe = found(RATES.replace("FIRST", first), tmp_path)
    assert ("gradients" in recipe) is written
    assert written or "at one rate: divide each by its own" in str(recipe["tried"])


def test_a_prediction_of_outputs_is_none_of_samples(tmp_path: Path) -> None:
    extras = found(RATES.replace("FIRST", "0.01"), tmp_path)["extras"]
    assert isinstance(extras, dict)
    assert "predict" not in extras
    text = RATES.replace("FIRST", "0.01").replace("return out.argmax", "return self.forward(out).argmax")
    extras = found(text, tmp_path)["extras"]
    assert isinstance(extras, dict)
    assert extras["predict"] == ["return net.get_predictions(x)"]


KEPT = """
import numpy as np
class Net:
    def __init__(self):
        w = np.random.randn(20, 784) / 28, np.random.randn(20, 1), np.random.randn(10, 20) / 5, np.random.randn(10, 1)
        self.theta = w
    def forward(self, x):
        W1, b1, W2, b2 = self.theta
        self.h = np.tanh(W1 @ x + b1)
        z = W2 @ self.h + b2
        e = np.exp(z - z.max(axis=0))
        self.out = e / e.sum(axis=0)
        return self.out
    def backward(self, x, y):
        d = (self.out - y) / y.shape[1]
        e = self.theta[2].T @ d * (1 - self.h ** 2)
        self.grads = e @ x.T, np.sum(e), d @ self.h.T, np.sum(d)
"""


def test_single_numbers_that_a_network_keeps_are_its_wrong_gradients(tmp_path: Path) -> None:
    recipe = found(KEPT, tmp_path)
    assert "[net.grads[0], net.grads[1], net.grads[2], net.grads[3]]" in str(recipe["gradients"])
    assert recipe["alike"] is False


def test_a_method_that_keeps_what_it_is_handed_is_no_way_forward(tmp_path: Path) -> None:
    """The labels that `add` appends are an array on which the shape of an output depends."""
    text = (
        "import numpy as np\nclass Net:\n    def __init__(self): self.layers = [np.ones((784, 9)), np.ones((9, 10))]\n"
    )
    recipe = found(text + "    def add(self, layer): self.layers.append(np.tanh(layer))\nnet = Net()\n", tmp_path)
    assert "output" not in recipe
