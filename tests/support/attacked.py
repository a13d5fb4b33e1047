"""A network with a method `attack` of any text, in a worker; `subject` is a fixture."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from nnkata.subject import Isolated, Subject, locate

BODY = """
import os, sys, time, signal
import numpy as np

def preprocess(images, labels):
    return images, labels

class DeepNeuralNetwork:
    def __init__(self, sizes, epochs=10, l_rate=0.001):
        self.sizes = sizes
        self.params = {"W1": np.zeros((2, 2))}
    def works(self, x):
        print("noise")
        return x + 1
    def attack(self):
"""


@pytest.fixture
def subject(tmp_path: Path) -> Iterator[Callable[[str], Subject]]:
    opened: list[Isolated] = []

    def make(attack: str) -> Subject:
        path = tmp_path / "network.py"
        path.write_text(BODY + "\n".join(f"        {line}" for line in attack.split("\n")) + "\n")
        opened.append(Isolated.open(locate(str(path))))
        return Subject(opened[-1])

    yield make
    for transport in opened:
        transport.close()


def attack(subject: Subject, seconds: float = 5.0) -> Any:
    return subject.network([2, 2, 2, 2]).call("attack", seconds=seconds).value
