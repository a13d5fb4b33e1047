"""Further kinds of mistakes: of each, what its numbers show is said, and a name that they contradict is not."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from nnkata.katas.article.misconceptions.right import Right
from tests.support.readings import read

Changes = dict[str, Any]


def read_with(network: type, seed: int, clause: str) -> str:
    """The reading of a clause with this seed."""
    found = read(network, clause, seed=seed).get(clause)
    return (found.reading or "") if found else ""


def changed(way: Callable[[Changes], Changes]) -> type[Right]:
    """A network whose backward_pass returns other gradients."""

    class Changed(Right):
        def backward_pass(self, y_train: Any, output: Any) -> Any:
            return way(super().backward_pass(y_train, output))

    return Changed


def updating(step: Callable[[Any, str, Any], Any]) -> type[Right]:
    """A network whose update moves W by another step."""

    class Updating(Right):
        def update_network_parameters(self, changes_to_w: Any) -> None:
            for key, value in changes_to_w.items():
                self.params[key] = step(self, key, value)

    return Updating


def test_a_factor_of_each_gradient_is_not_called_one_of_the_error() -> None:
    by_rows = read(changed(lambda c: {k: v / len(v) for k, v in c.items()}), "backward-2", "backward-4", "backward-5")
    assert {one.name for one in by_rows.values()} == {None}
    assert "change[W3]: you compute 1/n · δ3 ⊗ A2" in by_rows["backward-2"].reading
    assert "change[W2]: you compute 1/n2 · δ2 ⊗ A1" in by_rows["backward-4"].reading
    assert "change[W1]: you compute 1/n1 · δ1 ⊗ x" in by_rows["backward-5"].reading
    by_size = read(changed(lambda c: {k: v / v.size for k, v in c.items()}), "backward-2")
    assert "1/(n · n2) · δ3 ⊗ A2" in by_size["backward-2"].reading


def test_a_delta_below_an_unread_gradient_is_not_called_wrong() -> None:
    found = read(changed(lambda c: {**c, "W2": c["W2"] ** 3 + 0.1 * c["W2"].mean()}), "backward-4", "backward-5")
    assert all("δ1: you" not in (one.reading or "") for one in found.values())


def test_gradients_of_one_length_and_shortened_ones_are_both_said_where_both_fit() -> None:
    def unit(changes: Changes) -> Changes:
        return {k: v / np.linalg.norm(v) for k, v in changes.items()}

    def short(changes: Changes) -> Changes:
        return {k: v / max(1.0, np.linalg.norm(v) / 0.25) for k, v in changes.items()}

    for way, said in ((unit, "(δ3 ⊗ A2) / |δ3 ⊗ A2|"), (short, "made shorter where |δ3 ⊗ A2| > 0.25")):
        for seed in range(3):
            assert said in read_with(changed(way), seed, "backward-2")


@pytest.mark.parametrize(
    ("order", "said"),
    [
        (("W2", "W1", "W3"), "change[W1]: you compute δ2 ⊗ A1"),
        (("W3", "W2", "W1"), "change[W1]: you compute δ3 ⊗ A2"),
    ],
)
def test_gradients_under_each_others_keys_are_read(order: tuple[str, ...], said: str) -> None:
    swapped = changed(lambda c: dict(zip(("W1", "W2", "W3"), (c[key] for key in order), strict=True)))
    assert said in read(swapped, "backward-1")["backward-1"].reading


@pytest.mark.parametrize(("way", "said"), [(np.mean, "mean(σ'(Z2))"), (np.max, "max(σ'(Z2))"), (np.min, "min(σ'(Z2))")])
def test_one_number_for_the_slopes_of_a_layer_is_read(way: Callable[[Any], Any], said: str) -> None:
    class OneSlope(Right):
        def backward_pass(self, y_train: Any, output: Any) -> Any:
            changes = super().backward_pass(y_train, output)
            slopes = self.sigmoid(self.Z2, derivative=True)
            delta = (self.params["W3"].T @ (output - y_train)) * way(slopes)
            first = (self.params["W2"].T @ delta) * self.sigmoid(self.Z1, derivative=True)
            return {**changes, "W2": np.outer(delta, self.A1), "W1": np.outer(first, self.A0)}

    found = read(OneSlope, "backward-4", "backward-5")
    assert f"δ2: you compute W3ᵀ·δ3 ⊙ {said}; it should be" in found["backward-4"].reading
    assert "δ1: you compute" not in (found["backward-5"].reading or "")


def test_a_step_of_one_length_is_told_from_a_shortened_one() -> None:
    unit = updating(lambda net, key, g: net.params[key] - net.l_rate * g / np.linalg.norm(g))
    for bound in (1.0, 5.0):

        def shorter(net: Any, key: str, g: Any, bound: float = bound) -> Any:
            return net.params[key] - net.l_rate * g / max(1, np.linalg.norm(g) / bound)

        short = updating(shorter)
        found = read(short, "update-6")["update-6"]
        assert found.name is None
        assert f"made shorter where |change[W]| > {bound:g}" in found.reading
    assert read(unit, "update-6")["update-6"].name == "step-normalised"


def test_weights_of_one_length_and_shortened_ones_are_both_said() -> None:
    def step(net: Any, key: str, g: Any) -> Any:
        after = net.params[key] - net.l_rate * g
        return after / max(1.0, np.linalg.norm(after))

    found = read(updating(step), "update-1")["update-1"].reading
    assert "W - l_rate · change[W], made shorter where |W - l_rate · change[W]| > 1, or (W - l_rate" in found


def test_a_running_mean_of_the_gradients_is_read() -> None:
    class Averaged(Right):
        def update_network_parameters(self, changes_to_w: Any) -> None:
            self.v = {k: 0.75 * getattr(self, "v", {}).get(k, 0.0) + 0.25 * g for k, g in changes_to_w.items()}
            super().update_network_parameters(self.v)

    found = read(Averaged, "update-1")["update-1"]
    assert "v = 0.75 v + (1 - 0.75) change[W], W - l_rate · v" in found.reading
    scaled = updating(lambda net, key, g: net.params[key] - 0.25 * net.l_rate * g)
    assert "v =" not in read(scaled, "update-1")["update-1"].reading


def pixels(way: Callable[[Any], Any]) -> str:
    """The reading of a preprocess that makes x of the images (N, 784) in this way."""

    def preprocess(images: Any, labels: Any) -> Any:
        x = way(np.asarray(images).reshape(len(images), -1))
        return np.asarray(x, np.float32), np.eye(10, dtype=np.float32)[np.asarray(labels).astype(int)]

    found = read(Right, "preprocessing-5", preprocess=preprocess).get("preprocessing-5")
    return (found.reading or "") if found else ""


@pytest.mark.parametrize(
    ("way", "said"),
    [
        (lambda v: v.reshape(-1, 28, 28)[:, :, ::-1].reshape(-1, 784) / 255, "left and right exchanged"),
        (lambda v: v.reshape(-1, 28, 28)[:, ::-1].reshape(-1, 784) / 255, "top and bottom exchanged"),
        (lambda v: np.rot90(v.reshape(-1, 28, 28), 1, (1, 2)).reshape(-1, 784) / 255, "each image turned left"),
        (lambda v: np.rot90(v.reshape(-1, 28, 28), 3, (1, 2)).reshape(-1, 784) / 255, "each image turned right"),
        (lambda v: v.reshape(-1, 28, 28).transpose(0, 2, 1).reshape(-1, 784) / 255, "the pixels column by column"),
        (lambda v: np.roll(v, 1, axis=1) / 255, "shifted by one pixel; it should be"),
        (lambda v: v[::-1] / 255, "the images in reverse order"),
        (lambda v: (v - v.mean()) / 255, "(pixel - mean of the set) / 255"),
        (lambda v: (v - v.mean(1, keepdims=True)) / 255, "(pixel - mean of its image) / 255"),
        (lambda v: (v - v.mean(0)) / 255, "(pixel - mean of each pixel) / 255"),
        (lambda v: v * 2 / 510, "(2 · pixel) · 0.00196078 (in uint8"),
        (lambda v: (v + 1) / 256, "(pixel + 1) · 0.00390625 (in uint8"),
        (lambda v: (v - 128) / 255, "(pixel - 128) · 0.00392157 (in uint8"),
        (lambda v: v.astype(np.int8) / 255, "(pixel - 256 [pixel > 127]) / 255"),
        (lambda v: v / 255, ""),
    ],
)
def test_pixels_that_are_turned_moved_or_wrapped_around_are_read(way: Callable[[Any], Any], said: str) -> None:
    found = pixels(way)
    assert (said in found) if said else not found


class DecaysFirst(Right):
    factor = 0.9

    def train(self, x_train: Any, y_train: Any, x_val: Any, y_val: Any) -> None:
        for _epoch in range(self.epochs):
            self.l_rate *= self.factor
            self.epoch(x_train, y_train)


def test_a_rate_that_decays_before_each_epoch_is_no_share_of_a_step() -> None:
    found = read(DecaysFirst, "training-2")["training-2"].reading
    assert "Σ l_rate: you compute 0.9 · l_rate for epochs = 1; 1.71 · l_rate for epochs = 2" in found


def test_steps_by_a_function_of_the_rate_that_is_no_power_are_told_one_by_one() -> None:
    found = read(updating(lambda net, key, g: net.params[key] - net.l_rate / (1 + net.l_rate) * g), "update-1")
    text = found["update-1"].reading
    assert "W - 1/3 · change[W] for l_rate = 0.5, epochs = 10; W - 1/9 · change[W] for l_rate = 0.125" in text
    assert found["update-1"].name is None
    noisy = updating(lambda net, key, g: net.params[key] - net.l_rate * np.tanh(g))
    assert "epochs" not in (read(noisy, "update-1")["update-1"].reading or "")


def test_a_gradient_without_its_input_is_not_said_to_look_at_its_sign_alone() -> None:
    ones = changed(lambda c: {**c, "W1": np.tile(c["W1"].sum(axis=1, keepdims=True), (1, c["W1"].shape[1]))})

    class NoInput(ones):  # type: ignore[misc, valid-type]  # a class computed here
        def backward_pass(self, y_train: Any, output: Any) -> Any:
            changes = super().backward_pass(y_train, output)
            return {**changes, "W1": changes["W1"] / (self.A0.sum() or 1.0)}

    found = read(NoInput, "backward-5")["backward-5"].reading
    assert "δ1 ⊗ [x > 0], or δ1 ⊗ ones" in found


def test_a_softmax_of_single_numbers_is_read_as_one() -> None:
    """A column along its last axis: each number is divided by itself."""

    class Alone(Right):
        def forward_pass(self, x_train: Any) -> Any:
            column = super().forward_pass(x_train)[:, None]
            return (column / column.sum(axis=-1, keepdims=True)).ravel()

    assert read(Alone, "forward-2")["forward-2"].reading == "output: you compute 1; it should be softmax(Z3)"


def test_one_value_in_place_of_another_on_the_way_back_has_no_name() -> None:
    """A2 kept as A1 is one mistake, in the gradient above and in the slope; each layer's own are another."""

    class Kept(Right):
        def backward_pass(self, y_train: Any, output: Any) -> Any:
            self.A1 = self.A2
            return super().backward_pass(y_train, output)

        def slope(self, layer: int) -> Any:
            a = self.A1 if layer == 1 else self.A2
            return a * (1 - a)

    class Own(Right):
        def gradient(self, layer: int, delta: Any, activations: Any) -> Any:
            return np.outer(delta, (self.A1, self.A2, self.A3)[layer - 1])

    class OneForAll(Right):
        def gradient(self, layer: int, delta: Any, activations: Any) -> Any:
            return np.outer(delta, self.A2)

    square, shared = read(Kept, "backward-6")["backward-6"], read(OneForAll, "backward-6")["backward-6"]
    assert square.name is shared.name is None
    assert "change[W2]: you compute δ2 ⊗ A2" in square.reading
    assert "change[W1]: you compute δ1 ⊗ A2" in shared.reading
    assert read(Own, "backward-6")["backward-6"].name == "wrong-layers-activations"


def test_a_sigmoid_that_raises_without_its_flag_does_not_ignore_it() -> None:
    class Exchanged(Right):
        def sigmoid(self, x: Any, derivative: bool = False) -> Any:
            if derivative:
                return super().sigmoid(x)
            raise RecursionError("maximum recursion depth exceeded")

    class Ignored(Right):
        def sigmoid(self, x: Any, derivative: bool = False) -> Any:
            return super().sigmoid(x)

    assert read(Exchanged, "activations-3")["activations-3"].name is None
    assert read(Ignored, "activations-3")["activations-3"].name == "derivative-flag-ignored"
