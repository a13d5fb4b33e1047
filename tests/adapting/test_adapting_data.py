"""Where a network's data come from, and what it leaves behind: sets at the top level, widths, options, limits."""

import signal
import time
from pathlib import Path

import numpy as np
import pytest

from nnkata.katas.mlp.adapt.files import Foreign
from nnkata.katas.mlp.adapt.search import checked
from nnkata.katas.mlp.adapt.text import adapter
from nnkata.worker.deadline import NEVER, TooLong, limited, until
from tests.adapting.test_adapting_frames import KEEPS_DATA, found

#: Loaded modules are foreign, and those of another test may have the same name.
pytestmark = pytest.mark.usefixtures("modules_as_before")
ADAM = """
import numpy as np
class Net:
    def __init__(self, sizes=(784, 24, 10)):
        self.W = [np.random.randn(n, m) / np.sqrt(n) for n, m in zip(sizes, sizes[1:])]
        self.momentum = [np.zeros_like(w) for w in self.W]
        self.variance = [np.zeros_like(w) for w in self.W]
    def forward(self, x):
        self.a = [x, np.tanh(x @ self.W[0])]
        return self.a[1] @ self.W[1]
    def backward(self, y, lr=0.001):
        d = self.a[1] @ self.W[1] - y
        for n in (1, 0):
            slope = self.a[n].T @ d
            d = d @ self.W[n].T * (1 - self.a[n] ** 2)
            self.momentum[n] = 0.9 * self.momentum[n] + 0.1 * slope
            self.variance[n] = 0.999 * self.variance[n] + 0.001 * slope ** 2
            self.W[n] = self.W[n] - lr * self.momentum[n] / (np.sqrt(self.variance[n]) + 1e-8)
"""
FROM_DATA = """
import numpy as np
with np.load("digits.npz") as f:
    images, labels = f["x_train"], f["y_train"]
layer = images.shape[1], 20, 15, 10
w0 = np.random.uniform(-0.1, 0.1, (layer[0], layer[1]))
w1 = np.random.uniform(-0.3, 0.3, (layer[1], layer[2]))
w2 = np.random.uniform(-0.3, 0.3, (layer[2], layer[3]))
def train(x, y):
    global w0, w1, w2
    a1 = np.tanh(x @ w0)
    a2 = np.tanh(a1 @ w1)
    out = a2 @ w2
    d2 = out - y
    d1 = d2 @ w2.T * (1 - a2 ** 2)
    d0 = d1 @ w1.T * (1 - a1 ** 2)
    w2 -= 0.1 * a2.T @ d2
    w1 -= 0.1 * a1.T @ d1
    w0 -= 0.1 * x.T @ d0
"""
ELSEWHERE = """
import numpy as np
class Net:
    def __init__(self):
        self.W1, self.W2 = np.random.randn(784, 20) * 0.05, np.random.randn(20, 10) * 0.2
    def forward(self, x):
        return np.tanh(x @ self.W1) @ self.W2
    def update(self, y):
        self.W1 += np.cos(y.sum() + np.arange(self.W1.size)).reshape(self.W1.shape)
        self.W2 += np.sin(y[0, 0] + np.arange(self.W2.size)).reshape(self.W2.shape)
    def backward(self, memory_of_clock):
        raise KeyError("clock")
"""


def test_a_running_mean_is_cleared_and_holds_a_tenth_of_the_gradient(tmp_path: Path) -> None:
    recipe = found(tmp_path, ADAM)
    assert "array[...] = 0" in recipe["gradients"][0]
    assert "net.momentum[0] / 0.1" in recipe["gradients"][-1]
    assert "0.1 of a new one in a running mean" in recipe["why_gradients"]


def test_the_widths_of_a_script_follow_from_its_data(tmp_path: Path) -> None:
    recipe = found(tmp_path, FROM_DATA)
    assert (recipe["alike"], len(recipe["parameters"])) == (True, 3), recipe
    assert "images=np.zeros((10, 784))" in recipe["new"][-1]


def test_labels_that_a_network_keeps_are_all_set(tmp_path: Path) -> None:
    """If one keeps those of its making, the step is that of other labels: such an adapter fails a right network."""
    assert "net.y = net.labels = y" in found(tmp_path, KEEPS_DATA)["gradients"]


def test_a_step_in_no_direction_of_a_loss_is_no_gradient_and_is_told(tmp_path: Path) -> None:
    recipe = found(tmp_path, ELSEWHERE)
    assert "gradients" not in recipe
    files = Foreign(tmp_path, (str(recipe["file"]),), (str(recipe["file"]),))
    text = adapter(checked({"recipe": recipe, "troubles": {}}), "nnkata adapt their_frame.py", files)
    assert "#   tried net.backward(" in text
    assert "KeyError: 'clock'" in text
    assert "none of its arrays is the slope of a usual loss" in text


def test_an_alarm_during_the_clearing_up_of_a_limit_leaves_no_timer() -> None:
    before = signal.getsignal(signal.SIGALRM)
    for pause in np.linspace(1e-3, 1.5e-3, 200):
        until(time.monotonic() + float(pause))
        try:
            with limited(20), limited(20):
                time.sleep(1.2e-3)
        except TooLong:
            pass
        finally:
            until(NEVER)
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0.0
    assert signal.getsignal(signal.SIGALRM) is before
    with limited(20):
        time.sleep(0.01)


def test_a_limit_is_kept_by_code_that_catches_its_exception_once() -> None:
    def stubborn() -> None:
        try:
            while True:
                pass
        except TooLong:
            while True:
                pass

    begun = time.process_time()
    with pytest.raises(TooLong), limited(0.1):
        stubborn()
    assert time.process_time() - begun < 3


GLOBAL_DATA = """
import numpy as np
train_x, train_y = np.load("x.npy"), np.load("y.npy")
class Net:
    def __init__(self):
        self.W1, self.W2 = np.random.randn(784, 20) * 0.05, np.random.randn(20, 10) * 0.2
    def forward(self, x):
        self.a = np.tanh(x @ self.W1)
        return self.a @ self.W2
    def backward(self):
        d = self.forward(train_x)
        d[np.arange(len(train_y)), train_y] -= 1
        return {"W1": train_x.T @ (d @ self.W2.T * (1 - self.a ** 2)), "W2": self.a.T @ d}
"""
METHODS = """
import numpy as np
class Net:
    def __init__(self, n_in, n_out, nonlinearity):
        self.nonlinearity = nonlinearity
        if nonlinearity not in ("tanh", "ramp"):
            raise ValueError(nonlinearity)
        self.W1, self.W2 = np.random.randn(n_in, 20) * 0.05, np.random.randn(20, n_out) * 0.2
    def forward(self, x):
        self.x, z = x, x @ self.W1
        self.a = np.tanh(z) if self.nonlinearity == "tanh" else np.maximum(z, 0)
        return self.a @ self.W2
    def error(self, method, out, y):
        if method == "SSE":
            return out - y
        raise ValueError(method)
    def back_prop(self, loss_method, y_hat, y):
        d = self.error(loss_method, y_hat, y)
        slope = 1 - self.a ** 2 if self.nonlinearity == "tanh" else self.a > 0
        return self.x.T @ (d @ self.W2.T * slope), self.a.T @ d
"""


def test_data_of_the_top_level_are_given_in_the_form_that_fits(tmp_path: Path) -> None:
    recipe = found(tmp_path, GLOBAL_DATA)
    assert recipe["alike"], recipe
    assert {"theirs.train_x = x", "theirs.train_y = y.argmax(1)"} <= set(recipe["gradients"])


def test_an_option_is_one_of_the_strings_with_which_it_is_compared(tmp_path: Path) -> None:
    recipe = found(tmp_path, METHODS)
    assert recipe["alike"], recipe
    assert recipe["new"] == ["return theirs.Net(784, 10, 'tanh')"]
    assert "net.back_prop('SSE', v, y)" in str(recipe["gradients"])


TURNS = """
import numpy as np
W1, W2 = np.random.randn(20, 784) * 0.05, np.random.randn(10, 20) * 0.2
def feed_forward(data):
    a1 = np.tanh(W1 @ data.T)
    return data.T, a1, W2 @ a1
def batch_descent(epochs, datasize, batch_size, learning_rate):
    global W1, W2
    for epoch in range(epochs):
        for i in range(0, datasize, batch_size):
            x, a1, out = feed_forward(train_images[i : i + batch_size])
            d = out - np.eye(10)[train_labels[i : i + batch_size]].T
            back = W2.T @ d * (1 - a1**2)
            W2 -= learning_rate * d @ a1.T
            W1 -= learning_rate * back @ x.T
"""


def test_rows_that_come_out_as_columns(tmp_path: Path) -> None:
    recipe = found(tmp_path, TURNS)
    assert (recipe["form"], recipe["output"]) == ("turned", "return theirs.feed_forward(x)[2].T")
    assert recipe["alike"], recipe
    assert "theirs.train_labels = y.argmax(1)" in recipe["gradients"]


CLASSES = """
import numpy as np
class Net:
    def __init__(self, sizes, loss="mse", output_activation=None):
        self.loss, self.output_activation = loss, output_activation
        self.W = [np.random.randn(n, m) / np.sqrt(n) for n, m in zip(sizes, sizes[1:])]
    def forward(self, x):
        self.a = [x, np.tanh(x @ self.W[0])]
        z = self.a[1] @ self.W[1]
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.a.append(e / e.sum(axis=1, keepdims=True) if self.output_activation == "softmax" else z)
        return self.a[-1]
    def backward(self, y):
        if self.loss == "cross_entropy":
            d = (self.a[-1] - y) / len(y)
        else:
            d = (self.a[-1] - y.reshape(-1, 1)) / len(y)
        return [self.a[0].T @ (d @ self.W[1].T * (1 - self.a[1] ** 2)), self.a[1].T @ d]
"""
BATCHES = """
import numpy as np
BATCH_SIZE = 100
w1, w2 = np.random.randn(784, 20) * 0.05, np.random.randn(20, 10) * 0.2
for i in range(0, 60000, BATCH_SIZE):
    x, y = X_train[i : i + BATCH_SIZE], y_train[i : i + BATCH_SIZE]
    a = np.tanh(x @ w1)
    out = a @ w2
    d = (out - y) / BATCH_SIZE
    dw2, dw1 = a.T @ d, x.T @ (d @ w2.T * (1 - a * a))
    w1 -= 0.1 * dw1
    w2 -= 0.1 * dw2
"""


def test_options_for_several_classes_are_tried_where_the_defaults_are_for_one_number(tmp_path: Path) -> None:
    recipe = found(tmp_path, CLASSES)
    assert recipe["new"] == ["return theirs.Net([784, 24, 10], loss='cross_entropy', output_activation='softmax')"]
    assert recipe["alike"]


def test_the_size_of_a_scripts_batches_is_that_of_the_batch(tmp_path: Path) -> None:
    """Else the gradient is divided by a size that the batch does not have, which is no fault of the script."""
    recipe = found(tmp_path, BATCHES)
    assert recipe["alike"], recipe
    assert "BATCH_SIZE=len(x)" in recipe["gradients"][0]
