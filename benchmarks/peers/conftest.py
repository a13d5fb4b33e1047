"""The submission under test, named by PEER_SUBMISSION, and repeatable random numbers."""

import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks.peers.common import load


@pytest.fixture(scope="session")
def m() -> Any:
    """The submission, imported once."""
    return load(Path(os.environ["PEER_SUBMISSION"]))


@pytest.fixture
def rng() -> np.random.Generator:
    """Random numbers."""
    return np.random.default_rng(1)
