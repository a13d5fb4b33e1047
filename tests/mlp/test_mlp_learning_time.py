"""The time for a network of kata mlp to learn MNIST: a busy machine refuses none that still improves."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from nnkata.katas.mlp.steps import mnist

LABELS = np.eye(10)[np.arange(1000) % 10]


def learned(monkeypatch: pytest.MonkeyPatch, seconds: float, shares: list[float]) -> tuple[float, int]:
    """The share and the epochs of a network with these seconds per epoch and these shares after each epoch."""
    now, epochs = [0.0], [0]

    def train(_x: Any, _y: Any, more: int) -> None:
        epochs[0] += more
        now[0] += seconds * more

    def output(_x: Any) -> Any:
        right = np.arange(1000) < 1000 * shares[min(epochs[0], len(shares)) - 1]
        return np.where(right[:, None], LABELS, np.roll(LABELS, 1, axis=1))

    monkeypatch.setattr("nnkata.katas.mlp.steps.mnist.time.monotonic", lambda: now[0])
    world: Any = SimpleNamespace(train=train, output=output, x=None, y=None, measured={})
    world.notes = {"test": (None, LABELS)}
    mnist.learn(world, 80)
    return world.notes["best"], int(world.measured["epochs"])


def test_a_network_that_still_improves_gets_more_time(monkeypatch: pytest.MonkeyPatch) -> None:
    share, epochs = learned(monkeypatch, 2.0, [0.02 * epoch for epoch in range(1, 51)])
    assert share >= 0.8
    assert 2.0 * epochs > mnist.SECONDS


def test_a_network_without_improvement_ends_at_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    share, epochs = learned(monkeypatch, 2.0, [0.1])
    assert share == 0.1
    assert mnist.SECONDS < 2.0 * epochs < mnist.GAINING_SECONDS


def test_a_network_that_improves_too_slowly_ends_at_the_longer_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    share, epochs = learned(monkeypatch, 8.0, [0.001 * epoch for epoch in range(1, 801)])
    assert share < 0.8
    assert epochs < mnist.EPOCHS
