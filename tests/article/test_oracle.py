"""The oracle against independent measures: complex numbers, central differences and scikit-learn.

Tests also show that each measure rejects wrong gradients.
"""

import warnings
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from nnkata.katas.article import oracle
from tests.support.late import Late

metrics, model_selection = Late("sklearn.metrics"), Late("sklearn.model_selection")
neural_network = Late("sklearn.neural_network")

Floats = NDArray[np.float64]
Params = Mapping[str, Floats]

WIDTHS = [[5, 4, 3, 2], [3, 6, 4, 5], [4, 4, 4, 4], [30, 12, 8, 10]]


@pytest.fixture(params=WIDTHS, ids=str)
def sizes(request: pytest.FixtureRequest) -> list[int]:
    widths: list[int] = request.param
    return widths


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(20240607)


def sample(sizes: list[int], rng: np.random.Generator) -> tuple[dict[str, Floats], Floats, Floats]:
    """Weights, an input and a one-hot label."""
    params = oracle.initial(sizes, rng)
    return params, rng.random(sizes[0]), np.eye(sizes[-1])[rng.integers(sizes[-1])]


def loss(params: Mapping[str, NDArray[Any]], x: Floats, y: Floats) -> Any:
    """The cross-entropy, written again without `abs` and `max`, so that it accepts complex weights."""
    a = x
    for key in ("W1", "W2"):
        a = 1 / (1 + np.exp(-(params[key] @ a)))
    logits = params["W3"] @ a
    return np.log(np.exp(logits).sum()) - y @ logits


def differentiated(
    params: Params, slope: Callable[[Callable[[complex], dict[str, NDArray[Any]]]], float]
) -> dict[str, Floats]:
    """Every weight's derivative; `slope` gets a function from h to the params with this weight moved by h."""
    result = {key: np.empty_like(W) for key, W in params.items()}
    for key, W in params.items():
        for index in np.ndindex(W.shape):

            def moved(h: complex, key: str = key, index: tuple[int, ...] = index) -> dict[str, NDArray[Any]]:
                new: NDArray[Any] = params[key].astype(type(h))
                new[index] += h
                return {**params, key: new}

            result[key][index] = slope(moved)
    return result


def complex_step(params: Params, x: Floats, y: Floats) -> dict[str, Floats]:
    """Im loss(W + ih) / h: no subtraction, so h may be tiny and the result is exact to rounding."""
    return differentiated(params, lambda moved: float(loss(moved(1e-30j), x, y).imag / 1e-30))


def central_differences(params: Params, x: Floats, y: Floats, h: float = 1e-5) -> dict[str, Floats]:
    """(loss(W + h) - loss(W - h)) / 2h of the *oracle's* loss: error about h² + eps/h, a few 1e-11."""

    def oracle_loss(p: Params) -> float:
        return oracle.cross_entropy(oracle.forward(p, x).output, y)

    return differentiated(params, lambda moved: (oracle_loss(moved(h)) - oracle_loss(moved(-h))) / (2 * h))


def agree(found: Params, wanted: Params, tolerance: float) -> bool:
    """Whether each matrix has the expected shape and is within tolerance times the largest expected element."""
    return found.keys() == wanted.keys() and all(
        found[key].shape == W.shape and np.abs(found[key] - W).max() <= tolerance * np.abs(W).max()
        for key, W in wanted.items()
    )


WRONG: dict[str, Callable[[dict[str, Floats]], dict[str, Floats]]] = {
    "zero": lambda g: {key: 0 * G for key, G in g.items()},
    "negated": lambda g: {key: -G for key, G in g.items()},
    "doubled": lambda g: {key: 2 * G for key, G in g.items()},
    "a millionth too large": lambda g: {key: (1 + 1e-6) * G for key, G in g.items()},
    "W1 transposed in place": lambda g: {**g, "W1": g["W1"].T.reshape(g["W1"].shape)},
    "W2 transposed in place": lambda g: {**g, "W2": g["W2"].T.reshape(g["W2"].shape)},
    "W3 transposed": lambda g: {**g, "W3": np.ascontiguousarray(g["W3"].T)},
    "W1 a scalar": lambda g: {**g, "W1": np.array(g["W1"].mean())},
    "W2 missing": lambda g: {"W1": g["W1"], "W3": g["W3"]},
}


def test_gradients_agree_with_complex_step_derivatives(sizes: list[int], rng: np.random.Generator) -> None:
    params, x, y = sample(sizes, rng)
    assert agree(oracle.gradients(params, x, y), complex_step(params, x, y), 1e-13)


def test_gradients_agree_with_central_differences_of_the_oracles_own_loss(
    sizes: list[int], rng: np.random.Generator
) -> None:
    params, x, y = sample(sizes, rng)
    assert agree(oracle.gradients(params, x, y), central_differences(params, x, y), 1e-7)


@pytest.mark.parametrize("wrong", WRONG)
def test_both_derivatives_reject_a_wrong_gradient(wrong: str, rng: np.random.Generator) -> None:
    params, x, y = sample([4, 4, 4, 4], rng)
    bad = WRONG[wrong](oracle.gradients(params, x, y))
    assert not agree(bad, complex_step(params, x, y), 1e-13)
    assert not agree(bad, central_differences(params, x, y), 1e-7)


def test_complex_steps_reject_the_gradient_of_another_sample(rng: np.random.Generator) -> None:
    params, x, y = sample([5, 4, 3, 2], rng)
    assert not agree(oracle.gradients(params, x[::-1], y), complex_step(params, x, y), 1e-13)
    assert not agree(oracle.gradients(params, x, y[::-1]), complex_step(params, x, y), 1e-13)


def test_sigmoid_derivative_agrees_with_its_complex_step(rng: np.random.Generator) -> None:
    z = np.concatenate([rng.normal(0, 5, 200), [-30.0, 0.0, 30.0]])
    wanted = (1 / (1 + np.exp(-(z + 1e-30j)))).imag / 1e-30
    np.testing.assert_allclose(oracle.sigmoid_derivative(z), wanted, rtol=1e-13)
    with pytest.raises(AssertionError):  # at the activation instead of the pre-activation
        np.testing.assert_allclose(oracle.sigmoid_derivative(oracle.sigmoid(z)), wanted, rtol=1e-13)


def test_output_minus_label_is_the_losss_derivative_at_the_last_pre_activation(rng: np.random.Generator) -> None:
    z, y = rng.normal(size=10), np.eye(10)[3]
    by_complex_step = [(np.log(np.exp(moved).sum()) - y @ moved).imag / 1e-30 for moved in z + 1e-30j * np.eye(10)]
    np.testing.assert_allclose(oracle.softmax(z) - y, by_complex_step, rtol=1e-12)


def test_gradients_use_the_given_output(rng: np.random.Generator) -> None:
    params, x, y = sample([5, 4, 3, 2], rng)
    assert all(not G.any() for G in oracle.gradients(params, x, y, output=y).values())


def sklearn_network(params: Params, classes: int, l_rate: float = 0.1) -> Any:
    """scikit-learn's classifier with the same weights, in its transposed layout, and zero biases."""
    sizes = [params["W1"].shape[1], *(W.shape[0] for W in params.values())]
    network = neural_network.MLPClassifier(
        sizes[1:-1], activation="logistic", solver="sgd", alpha=0.0, batch_size=1, learning_rate_init=l_rate, momentum=0
    )
    network.partial_fit(np.zeros((1, sizes[0])), [0], classes=range(classes))  # it makes the attributes
    network.coefs_ = [W.T.copy() for W in params.values()]
    network.intercepts_ = [np.zeros(n) for n in sizes[1:]]
    return network


def test_outputs_agree_with_scikit_learn(rng: np.random.Generator) -> None:
    params, x, _ = sample([30, 12, 8, 10], rng)
    network = sklearn_network(params, 10)
    np.testing.assert_allclose(oracle.forward(params, x).output, network.predict_proba([x])[0], rtol=1e-12)


def test_cross_entropy_agrees_with_scikit_learns_log_loss(rng: np.random.Generator) -> None:
    params, x, y = sample([30, 12, 8, 10], rng)
    output = oracle.forward(params, x).output
    assert oracle.cross_entropy(output, y) == pytest.approx(
        metrics.log_loss([y.argmax()], [output], labels=range(10)), 1e-12
    )


def test_one_step_agrees_with_scikit_learns(rng: np.random.Generator) -> None:
    params, x, y = sample([30, 12, 8, 10], rng)
    network = sklearn_network(params, 10, l_rate=0.1)
    network._optimizer.params = network.coefs_ + network.intercepts_  # the arrays that partial_fit moves
    network.partial_fit([x], [y.argmax()])
    theirs = {key: W.T for key, W in zip(params, network.coefs_, strict=True)}

    def steps(now: Params) -> dict[str, Floats]:
        return {key: now[key] - params[key] for key in params}

    gradients = oracle.gradients(params, x, y)
    assert agree(steps(oracle.step(params, gradients, 0.1)), steps(theirs), 1e-12)
    assert not agree(steps(oracle.step(params, gradients, 0.1001)), steps(theirs), 1e-12)
    assert oracle.cross_entropy(oracle.forward(params, x).output, y) == pytest.approx(network.loss_, rel=1e-12)


def test_training_is_a_step_for_each_sample_in_each_epoch(rng: np.random.Generator) -> None:
    params, *_ = sample([5, 4, 3, 2], rng)
    xs, ys = rng.random((3, 5)), np.eye(2)[[0, 1, 1]]
    wanted: dict[str, Floats] = params
    for i in (0, 1, 2, 0, 1, 2):
        wanted = oracle.step(wanted, oracle.gradients(wanted, xs[i], ys[i]), 0.5)
    before = {key: W.copy() for key, W in params.items()}
    assert agree(oracle.train(params, xs, ys, epochs=2, l_rate=0.5), wanted, 1e-14)
    assert not agree(oracle.train(params, xs[::-1], ys[::-1], epochs=2, l_rate=0.5), wanted, 1e-6)
    assert all(np.array_equal(params[key], before[key]) for key in params)


def test_outputs_of_many_samples_are_those_of_each(sizes: list[int], rng: np.random.Generator) -> None:
    params, xs = oracle.initial(sizes, rng), rng.normal(0.0, 3.0, (20, sizes[0]))
    each = [oracle.forward(params, x).output for x in xs]
    np.testing.assert_allclose(oracle.outputs(params, xs), each, rtol=1e-12)


def test_accuracy_agrees_with_scikit_learns_score(rng: np.random.Generator) -> None:
    params, *_ = sample([30, 12, 8, 10], rng)
    xs, labels = rng.random((200, 30)), rng.integers(10, size=200)
    ours = oracle.accuracy(params, xs, np.eye(10)[labels])
    assert ours == pytest.approx(sklearn_network(params, 10).score(xs, labels), abs=1e-12)


def test_hits_counts_rows_not_elements() -> None:
    assert oracle.hits([[0.9, 0.1], [0.4, 0.6], [0.8, 0.2], [0.7, 0.3]], [[1, 0], [0, 1], [0, 1], [0, 1]]) == 0.5


@pytest.mark.parametrize("n", [7, 20, 100, 101, 750, 4999, 5000, 5001])
def test_split_is_scikit_learns(n: int) -> None:
    train, test = model_selection.train_test_split(np.arange(n), test_size=0.15, random_state=42)
    ours = oracle.split(n)
    np.testing.assert_array_equal(ours[0], train)
    np.testing.assert_array_equal(ours[1], test)
    assert not np.array_equal(oracle.split(n, random_state=43)[0], train)


def test_split_of_5000_is_4250_and_750() -> None:
    assert [len(part) for part in oracle.split(5000)] == [4250, 750]


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_activations_are_right_at_extremes_and_do_not_warn(dtype: type[np.floating[Any]]) -> None:
    z = np.array([-1000, -40, 0, 40, 1000], dtype)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        sigmoid, slope = oracle.sigmoid(z), oracle.sigmoid_derivative(z)
        softmax = oracle.softmax(np.array([1000, 0], dtype)), oracle.softmax(np.array([-1000, -1000], dtype))
    e = np.exp(-40.0)
    np.testing.assert_allclose(sigmoid, [0, e, 0.5, 1, 1], rtol=1e-15)
    np.testing.assert_allclose(slope, [0, e, 0.25, e, 0], rtol=1e-15)
    np.testing.assert_array_equal(softmax, [[1, 0], [0.5, 0.5]])


def test_activations_keep_shapes_and_arguments() -> None:
    z = np.linspace(-3, 3, 12).reshape(2, 3, 2)
    before = z.copy()
    assert oracle.sigmoid(z).shape == oracle.sigmoid_derivative(z).shape == z.shape
    assert oracle.sigmoid(0).shape == ()
    oracle.softmax(z[0, 0])
    np.testing.assert_array_equal(z, before)


def test_softmax_is_unchanged_by_a_shift(rng: np.random.Generator) -> None:
    z = rng.normal(size=10)
    np.testing.assert_allclose(oracle.softmax(z + 123.0), oracle.softmax(z), rtol=1e-12)
    assert oracle.softmax(z).sum() == pytest.approx(1.0, abs=1e-15)


def test_pixels_are_divided_by_255_and_rounded_once() -> None:
    grey = np.resize(np.arange(256, dtype=np.uint8), (4, 28, 28))
    x = oracle.pixels(grey)
    assert x.shape == (4, 784)
    assert x.dtype == np.float32
    wanted = [np.float32(level / 255) for level in range(256)]
    np.testing.assert_array_equal(x.ravel()[:256], wanted)
    np.testing.assert_array_equal(oracle.pixels(grey.reshape(4, 784).astype(np.float64)), x)


@pytest.mark.parametrize("labels", [[3, 0, 8], ["3", "0", "8"], np.array(["3", "0", "8"], dtype=object)])
def test_one_hot_has_ten_columns_even_without_a_nine(labels: Any) -> None:
    y = oracle.one_hot(labels)
    assert y.shape == (3, 10)
    assert y.dtype == np.float32
    np.testing.assert_array_equal(np.argwhere(y), [[0, 3], [1, 0], [2, 8]])
    np.testing.assert_array_equal(y.sum(axis=1), 1)


def test_initial_weights_scale_with_the_square_root_of_the_rows(rng: np.random.Generator) -> None:
    params = oracle.initial([784, 128, 64, 10], rng)
    assert [W.shape for W in params.values()] == [(128, 784), (64, 128), (10, 64)]
    for W in params.values():  # the standard error of a standard deviation is 1 / sqrt(2n); six of them
        assert W.std() * np.sqrt(W.shape[0]) == pytest.approx(1, abs=6 / np.sqrt(2 * W.size))
