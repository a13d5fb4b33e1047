"""Warnings that a submission chooses to ignore are none of it, in each process and at each call."""

import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnkata.subject import InProcess, Isolated, Subject, locate

FILTERED = """
import warnings
import numpy as np
{}
class DeepNeuralNetwork:
    def __init__(self, sizes, epochs=10, l_rate=0.001):
        self.params = {{}}
    def sigmoid(self, x, derivative=False):
        {}
        return 1 / (1 + np.exp(-x))
"""
CHOSEN = {
    "none": ("", "pass", 1),
    "all": ("warnings.filterwarnings('ignore')", "pass", 0),
    "all by another function": ("warnings.simplefilter('ignore')", "pass", 0),
    "the kind": ("warnings.filterwarnings('ignore', category=RuntimeWarning)", "pass", 0),
    "the message": ("warnings.filterwarnings('ignore', message='overflow')", "pass", 0),
    "in the method": ("", "warnings.filterwarnings('ignore')", 0),
    "another kind": ("warnings.filterwarnings('ignore', category=DeprecationWarning)", "pass", 1),
    "another message": ("warnings.filterwarnings('ignore', message='invalid')", "pass", 1),
    "once": ("warnings.filterwarnings('once')", "pass", 1),
    "as errors": ("warnings.filterwarnings('error')", "pass", 1),
    "seen again": ("warnings.filterwarnings('ignore'); warnings.filterwarnings('always', 'overflow')", "pass", 1),
    "rubbish": ("warnings.filters.append(('ignore', 3, int, None, ''))", "pass", 1),
}


@pytest.mark.parametrize("chosen", CHOSEN)
@pytest.mark.parametrize("transport", [InProcess, Isolated])
def test_warnings_that_a_submission_ignores_are_none(chosen: str, transport: Any, tmp_path: Path) -> None:
    top, inside, count = CHOSEN[chosen]
    path = tmp_path / "network.py"
    path.write_text(FILTERED.format(top, inside), encoding="utf-8")
    subject = Subject(transport.open(locate(str(path))))
    filters = list(warnings.filters)
    try:
        net = subject.network([7, 6, 5, 4])
        outcomes = [net.call("sigmoid", np.array([-1000.0])) for _ in range(2)]
    finally:
        subject.transport.close()
    assert [len(outcome.warnings) for outcome in outcomes] == [count, count]
    assert [outcome.value.item() for outcome in outcomes] == [0, 0]
    assert warnings.filters == filters
