"""Epochs without a step, one sample alone, texts as settings: what they are not called, and what is said of them."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnkata.diagnosis import Diagnosed
from nnkata.katas.article.misconceptions.right import Right
from tests.article.lines.test_lines_in_place import LAYERS
from tests.support.pointed import line_of
from tests.support.readings import read


class Skips(Right):
    """Every fifth epoch makes no step: of twelve epochs ten do, as if they ended after the tenth."""

    every = 5

    def train(self, x_train: Any, y_train: Any, x_val: Any, y_val: Any) -> None:
        for number in range(self.epochs):
            if (number + 1) % self.every:
                self.epoch(x_train, y_train)


class SkipsTheOther(Skips):
    every = 2


class SkipsTheFourth(Skips):
    every = 4


class SkipsTheSeventieth(Skips):
    every = 70


@pytest.mark.parametrize(
    ("network", "clause", "listed"),
    [
        (Skips, "training-15", "n = 1, epochs = 25: 20"),
        (SkipsTheFourth, "training-15", "n = 1, epochs = 25: 19"),
        (SkipsTheOther, "training-3", "n = 1, epochs = 25: 13"),
        (SkipsTheSeventieth, "training-16", "n = 1, epochs = 100: 99"),
    ],
)
def test_a_training_that_skips_epochs_has_not_ended_early(network: type, clause: str, listed: str) -> None:
    found: Diagnosed = read(network, clause)[clause]
    assert found.name is None
    assert (found.reading or "").startswith("train goes through some epochs without a step")
    assert listed in (found.reading or "")


def test_one_sample_in_all_steps_is_not_called_drawn_with_repetition() -> None:
    class OneSample(Right):
        def epoch(self, x_train: Any, y_train: Any) -> None:
            first = np.random.permutation(len(x_train))[0]
            for _ in x_train:
                super().epoch(x_train[first : first + 1], y_train[first : first + 1])

    np.random.seed(1)  # the second training has another sample
    found = read(OneSample, "training-4")["training-4"]
    assert found.name is None
    assert "0, 0, 0, 0, 0, 7, 0" in found.reading


def test_a_text_as_a_setting_stands_in_quotes() -> None:
    class Text(Right):
        def __init__(self, sizes: Any, epochs: Any = 10, l_rate: Any = 0.001) -> None:
            super().__init__(sizes, epochs, l_rate)
            kept: Any = str(epochs)
            self.epochs = kept

    found = read(Text, "initialization-4")["initialization-4"]
    assert found.reading == "epochs: you compute '3'; it should be 3"


def test_shorter_epochs_after_the_first_are_no_early_end() -> None:
    class Shorter(Right):
        def train(self, x_train: Any, y_train: Any, x_val: Any, y_val: Any) -> None:
            for number in range(self.epochs):
                part = slice(1 if number else None)
                self.epoch(x_train[part], y_train[part])

    found: Diagnosed = read(Shorter, "training-3")["training-3"]
    assert found.name is None
    assert found.reading == "steps on n samples: you make n = 4, epochs = 2: 5; it should be epochs · n"


def test_params_that_are_a_list_are_not_called_empty() -> None:
    class Listed(Right):
        def update_network_parameters(self, changes_to_w: Any) -> None:
            moved: Any = [W - self.l_rate * changes_to_w[key] for key, W in self.params.items()]
            self.params = moved

    found = read(Listed, "update-1")["update-1"]
    assert found.reading == "params: yours has none of the keys W1, W2 and W3"


def test_a_gradient_of_none_has_the_line_of_its_loop(tmp_path: Path) -> None:
    wrong = LAYERS.replace("reversed(self.layers)", "reversed(self.layers[1:])").replace(
        "self.net, self.key = net, key", "self.net, self.key, self.change = net, key, None"
    )
    line = line_of(tmp_path / "network.py", wrong, "backward-1")
    assert line == wrong[: wrong.index("reversed(")].count("\n") + 1
