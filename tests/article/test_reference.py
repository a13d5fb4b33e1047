"""The reference's promises beyond the contract: dtypes, no aliasing, and exact per-sample steps."""

import numpy as np
import pytest
from numpy.typing import DTypeLike, NDArray

from nnkata.katas.article import oracle
from nnkata.katas.article.protocol import WEIGHTS, Network
from reference import network as reference
from reference.network import Array, DeepNeuralNetwork, preprocess

WIDTHS = [[784, 128, 64, 10], [6, 6, 6, 6], [5, 4, 3, 2]]
SMALL = [5, 4, 3, 2]

#: float32 has 24 bits, 6e-8; sums of a few hundred products lose up to two more digits.
TOLERANCE = {np.dtype(np.float32): 1e-5, np.dtype(np.float64): 1e-12}


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(7)


def exact(network: DeepNeuralNetwork) -> dict[str, NDArray[np.float64]]:
    """A float64 copy of the weights."""
    return {key: network.params[key].astype(np.float64) for key in WEIGHTS}


def assert_close(found: Array, wanted: Array) -> None:
    """Check equality up to rounding in found's dtype, relative to the largest element."""
    np.testing.assert_allclose(found, wanted, rtol=0, atol=TOLERANCE[found.dtype] * float(np.abs(wanted).max()))


def data(sizes: list[int], n: int, rng: np.random.Generator) -> tuple[Array, Array]:
    """n inputs in [0, 1] and one-hot labels, both float32."""
    x = rng.random((n, sizes[0]), dtype=np.float32)
    return x, np.eye(sizes[-1], dtype=np.float32)[rng.integers(sizes[-1], size=n)]


def give(network: DeepNeuralNetwork, dtype: DTypeLike, rng: np.random.Generator) -> None:
    """Replace every weight matrix."""
    for key in WEIGHTS:
        network.params[key] = rng.normal(size=network.params[key].shape).astype(dtype)


def test_it_satisfies_the_protocol() -> None:
    network: Network = DeepNeuralNetwork(SMALL)
    assert (network.sizes, network.epochs, network.l_rate) == (SMALL, 10, 0.001)


def test_the_reference_does_not_import_nnkata() -> None:
    assert not any(getattr(value, "__module__", "").startswith("nnkata") for value in vars(reference).values())
    assert "nnkata" not in vars(reference)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("sizes", WIDTHS, ids=str)
def test_forward_and_backward_agree_with_the_oracle_in_the_dtype_of_the_weights(
    sizes: list[int], dtype: DTypeLike, rng: np.random.Generator
) -> None:
    network = DeepNeuralNetwork(sizes)
    give(network, dtype, rng)
    for input_dtype in (np.float32, np.float64):
        x, y = (column[0].astype(input_dtype) for column in data(sizes, 1, rng))
        output = network.forward_pass(x)
        gradient = network.backward_pass(y, output)
        assert {output.dtype, *(G.dtype for G in gradient.values())} == {np.dtype(dtype)}
        seen = x.astype(dtype)
        assert_close(output, oracle.forward(exact(network), seen).output)
        for key, wanted in oracle.gradients(exact(network), seen, y).items():
            assert_close(gradient[key], wanted)


def test_one_wide_matrix_makes_everything_as_wide(rng: np.random.Generator) -> None:
    network = DeepNeuralNetwork(SMALL)
    network.params["W2"] = rng.normal(size=(3, 4))
    x, y = (column[0] for column in data(SMALL, 1, rng))
    output = network.forward_pass(x)
    assert output.dtype == np.float64
    assert_close(output, oracle.forward(exact(network), x).output)
    for key, wanted in oracle.gradients(exact(network), x, y).items():
        assert_close(network.backward_pass(y, output)[key], wanted)


def test_a_float64_label_or_change_does_not_widen_float32_weights(rng: np.random.Generator) -> None:
    network = DeepNeuralNetwork(SMALL, l_rate=float(np.float64(0.1)))
    output = network.forward_pass(rng.random(5))
    changes = network.backward_pass(np.array([1.0, 0.0]), output.astype(np.float64))
    network.update_network_parameters({key: G.astype(np.float64) for key, G in changes.items()})
    assert {G.dtype for G in changes.values()} == {W.dtype for W in network.params.values()} == {np.dtype(np.float32)}


def test_replaced_and_overwritten_weights_are_used(rng: np.random.Generator) -> None:
    network = DeepNeuralNetwork(SMALL)
    x, y = data(SMALL, 3, rng)
    network.params["W1"] = np.zeros((4, 5), np.float32)
    assert_close(network.forward_pass(x[0]), oracle.forward(exact(network), x[0]).output)
    network.params["W3"][...] = 0
    assert_close(network.forward_pass(x[0]), np.array([0.5, 0.5]))
    network.params = dict(DeepNeuralNetwork(SMALL).params)
    assert_close(network.forward_pass(x[1]), oracle.forward(exact(network), x[1]).output)
    assert network.compute_accuracy(x, y) == oracle.accuracy(exact(network), x, y)


def test_a_callers_own_arrays_are_never_written(rng: np.random.Generator) -> None:
    network = DeepNeuralNetwork(SMALL, epochs=1, l_rate=1.0)
    mine = {key: rng.normal(size=network.params[key].shape) for key in WEIGHTS}
    copies = {key: W.copy() for key, W in mine.items()}
    network.params.update(mine)
    x, y = data(SMALL, 40, rng)
    network.update_network_parameters(network.backward_pass(y[0], network.forward_pass(x[0])))
    network.params.update(mine)
    network.train(x, y, x, y)
    for key in WEIGHTS:
        np.testing.assert_array_equal(mine[key], copies[key])
        assert not np.array_equal(network.params[key], copies[key])


def test_results_do_not_change_in_later_calls(rng: np.random.Generator) -> None:
    network = DeepNeuralNetwork(SMALL, epochs=2, l_rate=1.0)
    x, y = data(SMALL, 40, rng)
    output = network.forward_pass(x[0])
    gradient = network.backward_pass(y[0], output)
    kept = [output, *gradient.values()]
    copies = [array.copy() for array in kept]
    network.backward_pass(y[1], network.forward_pass(x[1]))
    network.update_network_parameters(gradient)
    network.train(x, y, x, y)
    for array, copy in zip(kept, copies, strict=True):
        np.testing.assert_array_equal(array, copy)


def test_the_gradient_is_that_of_the_latest_forward_pass_whatever_happened_to_its_arrays(
    rng: np.random.Generator,
) -> None:
    network = DeepNeuralNetwork(SMALL)
    x, y = data(SMALL, 5, rng)
    sample = x[0].copy()
    output = network.forward_pass(sample)
    given = output.copy()
    sample[:] = 9
    output[:] = 9
    network.compute_accuracy(x, y)
    network.initialization()
    for key, wanted in oracle.gradients(exact(network), x[0], y[0], given).items():
        assert_close(network.backward_pass(y[0], given)[key], wanted)


def test_the_given_output_counts_not_the_computed_one(rng: np.random.Generator) -> None:
    network = DeepNeuralNetwork(SMALL)
    network.forward_pass(rng.random(5))
    assert not any(G.any() for G in network.backward_pass([0, 1], [0, 1]).values())


def test_backward_before_forward_says_what_is_missing() -> None:
    with pytest.raises(RuntimeError, match="forward_pass"):
        DeepNeuralNetwork(SMALL).backward_pass([1, 0], [0.5, 0.5])


@pytest.mark.parametrize("n", [1, 31, 32, 33, 100])
def test_training_in_blocks_equals_single_steps_in_the_same_order(n: int, rng: np.random.Generator) -> None:
    network, twin = (DeepNeuralNetwork(SMALL, epochs=2, l_rate=0.5, seed=3) for _ in range(2))
    x, y = data(SMALL, n, rng)
    give(network, np.float64, rng)  # float64, so that only the order of summation is left
    weights = exact(network)
    network.train(x, y, x, y)
    for _ in range(2):
        order = twin._rng.permutation(n)  # the same seed draws the same orders
        weights = oracle.train(weights, x[order], y[order], epochs=1, l_rate=0.5)
    for key in WEIGHTS:
        assert_close(network.params[key], weights[key])


def test_training_at_full_size_equals_the_oracle_in_float32(rng: np.random.Generator) -> None:
    sizes = [784, 128, 64, 10]
    network = DeepNeuralNetwork(sizes, epochs=2, l_rate=0.1, seed=1)
    weights = exact(network)
    x, y = (np.repeat(column, 50, axis=0) for column in data(sizes, 1, rng))
    network.train(x, y, x, y)
    for key, wanted in oracle.train(weights, x, y, epochs=2, l_rate=0.1).items():
        assert network.params[key].dtype == np.float32
        # 100 steps, each of which rounds a weight below 2 to 24 bits, an error of 6e-8 at most
        np.testing.assert_allclose(network.params[key], wanted, rtol=0, atol=6e-6)
        assert np.abs(wanted - weights[key]).max() > 0.005  # the effect itself is a thousand times larger


def test_a_seed_repeats_weights_and_training_and_no_seed_does_not(rng: np.random.Generator) -> None:
    x, y = data(SMALL, 50, rng)
    trained = [DeepNeuralNetwork(SMALL, 1, 0.1, seed=seed) for seed in (5, 5, 6, None, None)]
    for network in trained:
        network.train(x, y, x, y)
    first, same, *others = [network.params["W1"] for network in trained]
    np.testing.assert_array_equal(first, same)
    assert not any(np.array_equal(first, W) for W in others)
    assert not np.array_equal(others[1], others[2])


def test_the_global_random_state_is_left_alone(rng: np.random.Generator) -> None:
    x, y = data(SMALL, 5, rng)
    before = np.random.get_state(legacy=False)
    DeepNeuralNetwork(SMALL, 1, seed=1).train(x, y, x, y)
    after = np.random.get_state(legacy=False)
    np.testing.assert_equal(after, before)


def test_each_epoch_prints_a_line(capsys: pytest.CaptureFixture[str], rng: np.random.Generator) -> None:
    x, y = data(SMALL, 5, rng)
    DeepNeuralNetwork(SMALL, epochs=3).train(x, y, x, y)
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(",")[0] for line in lines] == ["Epoch: 1", "Epoch: 2", "Epoch: 3"]
    assert all("Accuracy: " in line for line in lines)


def test_a_set_of_no_samples_is_accepted(rng: np.random.Generator) -> None:
    network = DeepNeuralNetwork(SMALL, epochs=1)
    x, y = data(SMALL, 3, rng)
    network.train(x, y, [], [])
    network.train(x[:0], y[:0], x, y)
    assert network.compute_accuracy(x[:0], y[:0]) == 0.0


def test_lists_work_like_arrays(rng: np.random.Generator) -> None:
    network, twin = (DeepNeuralNetwork(SMALL, epochs=1, l_rate=0.1, seed=1) for _ in range(2))
    x, y = data(SMALL, 3, rng)
    network.train(x.tolist(), y.tolist(), x.tolist(), y.tolist())
    twin.train(x, y, x, y)
    np.testing.assert_array_equal(network.params["W1"], twin.params["W1"])
    np.testing.assert_array_equal(network.forward_pass(x[0].tolist()), twin.forward_pass(x[0]))


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64, np.longdouble])
def test_activations_keep_any_floating_dtype_and_are_right_at_extremes(dtype: DTypeLike) -> None:
    network = DeepNeuralNetwork(SMALL)
    z = np.array([[-1000, -2, 0], [2, 30, 1000]], dtype)
    for found, wanted in (
        (network.sigmoid(z), oracle.sigmoid(z)),
        (network.sigmoid(z, derivative=True), oracle.sigmoid_derivative(z)),
        (network.softmax(z[0]), oracle.softmax(z[0])),
    ):
        assert found.dtype == dtype
        np.testing.assert_allclose(found, wanted, rtol=4 * float(max(np.finfo(dtype).eps, 2e-16)), atol=1e-7)


def test_activations_in_float64_are_exact_to_rounding_in_both_tails() -> None:
    network = DeepNeuralNetwork(SMALL)
    z = np.linspace(-700, 700, 2801)
    np.testing.assert_allclose(network.sigmoid(z), oracle.sigmoid(z), rtol=1e-15)
    np.testing.assert_allclose(network.sigmoid(z, derivative=True), oracle.sigmoid_derivative(z), rtol=1e-15)


def test_activations_take_scalars_ints_and_lists() -> None:
    network = DeepNeuralNetwork(SMALL)
    assert network.sigmoid(0).shape == ()
    assert network.sigmoid(0) == 0.5
    assert network.sigmoid(0, derivative=True) == 0.25
    assert network.sigmoid([[0, 1]]).dtype == np.float64
    np.testing.assert_array_equal(network.softmax([1000, 0]), [1, 0])


@pytest.mark.parametrize("labels", [[0, 3], ["0", "3"], np.array(["0", "3"], object), np.array([0, 3], np.uint8)])
def test_preprocess_agrees_with_the_oracle(labels: list[int], rng: np.random.Generator) -> None:
    images = rng.integers(256, size=(2, 28, 28), dtype=np.uint8)
    for given in (images, images.reshape(2, 784), images.astype(np.float64), images.tolist()):
        x, y = preprocess(given, labels)
        assert {x.dtype, y.dtype} == {np.dtype(np.float32)}
        np.testing.assert_array_equal(x, oracle.pixels(images))
        np.testing.assert_array_equal(y, oracle.one_hot(labels))


def test_preprocess_gives_arrays_of_its_own(rng: np.random.Generator) -> None:
    images = rng.random((2, 784), dtype=np.float32)
    before = images.copy()
    x, _ = preprocess(images, [1, 2])
    x[:] = 7
    np.testing.assert_array_equal(images, before)


@pytest.mark.parametrize(
    ("shape", "labels", "message"),
    [
        ((2, 784), [1], "one label per image, please"),
        ((2, 783), [1, 2], "reshape"),  # NumPy's own message
        ((1, 784), [10], "labels go from 0 to 9; found 10 to 10"),
        ((1, 784), [-1], "labels go from 0 to 9; found -1 to -1"),
    ],
)
def test_preprocess_refuses_unsuitable_input(shape: tuple[int, ...], labels: list[int], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        preprocess(np.zeros(shape, np.uint8), labels)
