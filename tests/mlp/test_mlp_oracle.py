"""The mathematics of the kata `mlp` against complex steps, central differences and scikit-learn."""

import warnings
from typing import Any

import numpy as np
import pytest

from nnkata.katas.mlp.functions import ACTIVATIONS, RARE, USUAL
from nnkata.katas.mlp.oracle import Layer, Pass, Rule
from tests.support.late import Late

sklearn = Late("sklearn.neural_network")
STEP = 1e-20
#: Not for complex numbers: `erf` and `logaddexp` do not accept them.
REAL = ("GELU", "softplus")


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_slope_of_an_activation_is_its_derivative(name: str) -> None:
    activation, z = ACTIVATIONS[name], np.random.default_rng(1).normal(size=60) * 2
    central = (activation.value(z + 1e-6) - activation.value(z - 1e-6)) / 2e-6
    np.testing.assert_allclose(central, activation.slope(z), rtol=1e-6, atol=1e-7)
    if name not in REAL:
        np.testing.assert_allclose(
            activation.value(z + 1j * STEP).imag / STEP, activation.slope(z), rtol=1e-12, atol=1e-14
        )


def layers(rng: np.random.Generator) -> list[Layer]:
    shapes = [(7, 6), (6, 5), (5, 4)]
    return [(rng.normal(size=s) * 0.4, None if s[0] == 6 else rng.normal(size=s[1]) * 0.3) for s in shapes]


@pytest.mark.parametrize(
    ("output", "loss"), [(output, loss) for output in USUAL for loss in (*USUAL[output], *RARE[output])]
)
@pytest.mark.parametrize(("mean", "more"), [(True, (0.0, (0.0, 1.0))), (False, (0.2, (0.1, 0.9)))])
def test_every_gradient_is_the_complex_step_of_the_loss(
    output: str, loss: str, mean: bool, more: tuple[float, tuple[float, float]]
) -> None:
    rng = np.random.default_rng(2)
    rule = Rule(("tanh", "sigmoid"), output, loss, mean, 0.5, 0.3, *more)
    net, x, y = layers(rng), rng.random((3, 7)), np.eye(4)[[0, 3, 1]]
    found = Pass(rule, net, x).gradients(y)
    for place, pair in enumerate(net):
        for part, array in enumerate(pair):
            for at in [] if array is None else list(np.ndindex(array.shape))[::5]:
                moved: list[list[Any]] = [list(p) for p in net]
                moved[place][part] = np.asarray(array, complex)
                moved[place][part][at] += 1j * STEP
                slope = Pass(rule, [(p[0], p[1]) for p in moved], x).loss(y).imag / STEP
                assert slope == pytest.approx(found[place][part][at], rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(("activation", "name"), [("relu", "ReLU"), ("logistic", "sigmoid"), ("tanh", "tanh")])
def test_output_and_gradients_are_those_of_scikit_learn(activation: str, name: str) -> None:
    rng = np.random.default_rng(3)
    x, labels = rng.random((20, 6)), np.arange(20) % 4
    model = sklearn.MLPClassifier(
        (5, 5), activation=activation, solver="sgd", alpha=0.01, learning_rate_init=0.1, momentum=0
    )
    model.set_params(batch_size=20, max_iter=1, shuffle=False, nesterovs_momentum=False, random_state=1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.partial_fit(x, labels, classes=range(4))
    before = [(w.copy(), b.copy()) for w, b in zip(model.coefs_, model.intercepts_, strict=True)]
    rule = Rule((name, name), "softmax", "cross-entropy", decay=0.01, spread=True)
    passed = Pass(rule, before, x)
    np.testing.assert_allclose(passed.output, model.predict_proba(x), rtol=1e-10)
    model.partial_fit(x, labels)
    for place, (weights, bias) in enumerate(passed.gradients(np.eye(4)[labels])):
        np.testing.assert_allclose((before[place][0] - model.coefs_[place]) / 0.1, weights, rtol=1e-6, atol=1e-9)
        np.testing.assert_allclose((before[place][1] - model.intercepts_[place]) / 0.1, bias, rtol=1e-6, atol=1e-9)
