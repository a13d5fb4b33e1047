"""Networks with private methods, and with weights in containers of their class."""

import signal
from pathlib import Path

import numpy as np
import pytest

from nnkata.worker.adapting import graph
from nnkata.worker.adapting.calls import bare
from nnkata.worker.adapting.networks.makers import of_own_widths
from nnkata.worker.foreign import code_of, loaded
from tests.adapting.adapted import recipe_of

#: Loaded modules are foreign, and those of another test may have the same name.
pytestmark = pytest.mark.usefixtures("modules_as_before")
NETWORK = """
import numpy as np
class Net:
    first, second = {}, {}
    def __init__(self, n_in, n_hidden, n_out):
        self.first["w"], self.first["b"] = np.random.randn(n_in, n_hidden) / 20, np.zeros(n_hidden)
        self.second["w"], self.second["b"] = np.random.randn(n_hidden, n_out) / 4, np.zeros(n_out)
    def __forward(self, x):
        h = np.tanh(x @ self.first["w"] + self.first["b"])
        return 1 / (1 + np.exp(-(h @ self.second["w"] + self.second["b"]))), h
    def __back(self, x, y, h, out):
        d = (out - y) / len(x)
        e = d @ self.second["w"].T * (1 - h * h)
        return e, d
    def train(self, x, y, rate=0.1):
        out, h = self.__forward(x)
        e, d = self.__back(x, y, h, out)
        self.first["w"] -= rate * x.T @ e
        self.first["b"] -= rate * e.sum(axis=0)
        self.second["w"] -= rate * h.T @ d
        self.second["b"] -= rate * d.sum(axis=0)
"""


def test_private_methods_and_weights_of_the_class_are_found(tmp_path: Path) -> None:
    recipe = recipe_of(NETWORK, tmp_path)
    assert recipe["output"] == "return net._Net__forward(x)[0]"
    assert recipe["parameters"] == ["net.first['w']", "net.first['b']", "net.second['w']", "net.second['b']"]
    assert "net.train(x, y" in recipe["gradients"][-1]
    assert recipe["alike"]


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("_Net__forward", "__forward"),
        ("_my_net__back_prop", "__back_prop"),
        ("__forward", "__forward"),
        ("__call__", "__call__"),
        ("_forward", "_forward"),
        ("_Net__init__", "_Net__init__"),
        ("forward", "forward"),
    ],
)
def test_a_private_name_is_read_as_its_class_writes_it(name: str, own: str) -> None:
    assert bare(name) == own


def test_a_container_of_the_class_that_the_object_hides_is_not_its_own() -> None:
    class Net:
        weights = [np.ones((2, 3))]  # noqa: RUF012  # as the networks that it stands for
        size = 3

        def __init__(self, hidden: bool) -> None:
            if hidden:
                self.weights = [np.zeros((4, 5))]

    assert [array.shape for array in graph.arrays(Net(False), "net").values()] == [(2, 3)]
    assert [array.shape for array in graph.arrays(Net(True), "net").values()] == [(4, 5)]


def test_no_limit_of_a_trial_outlives_it(tmp_path: Path) -> None:
    (tmp_path / "net.py").write_text(NETWORK, encoding="utf-8")
    theirs = loaded(tmp_path / "net.py", tmp_path)
    for maker in of_own_widths(theirs, code_of(tmp_path / "net.py")):
        assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0), maker.lines
