"""Imports of other libraries than NumPy are found if every run makes them."""

import pytest

from nnkata.katas.article.steps.imports import dynamic_calls, foreign


@pytest.mark.parametrize(
    "text",
    [
        "import numpy as np",
        "import json, os.path",
        "from . import x",
        "from helper import y",
        "from typing_extensions import override",
    ],
)
def test_imports_of_the_standard_library_numpy_and_ones_own_are_fine(text: str) -> None:
    assert list(foreign(text, {"network.py": "", "helper.py": ""})) == []


@pytest.mark.parametrize(
    "text",
    [
        "import sklearn",
        "from torch.nn import Linear",
        "class A:\n    import jax",
        "import scipy.special as s",
        "with open('x'):\n    import keras",
        "try:\n    import keras\nexcept ValueError:\n    pass",
        "try:\n    pass\nexcept ImportError:\n    pass\nfinally:\n    import keras",
    ],
)
def test_other_imports_are_found_if_every_run_makes_them(text: str) -> None:
    assert len(list(foreign(text, {"network.py": ""}))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "if __name__ == '__main__':\n    import sklearn",
        "def plot():\n    import matplotlib.pyplot as plt",
        "class A:\n    def plot(self):\n        from matplotlib import pyplot",
        "try:\n    import tqdm\nexcept ImportError:\n    tqdm = None",
        "try:\n    import tqdm\nexcept (ModuleNotFoundError, ValueError):\n    tqdm = None",
        "try:\n    import tqdm\nexcept:\n    tqdm = None",
        "import contextlib\nwith contextlib.suppress(ImportError):\n    import tqdm",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import pandas",
    ],
)
def test_dispensable_imports_are_accepted(text: str) -> None:
    assert list(foreign(text, {"network.py": ""})) == []


@pytest.mark.parametrize(
    "text", ["__import__('x')", "importlib.import_module('x')", "exec('import x')", "builtins.eval('1')"]
)
def test_calls_that_import_by_name_are_found(text: str) -> None:
    assert len(list(dynamic_calls(text))) == 1


def test_other_calls_are_fine() -> None:
    assert list(dynamic_calls("there = importlib.util.find_spec('tqdm') is not None")) == []
    assert list(dynamic_calls("print(len('exec'))\nself.evaluate(1)")) == []
    assert list(dynamic_calls("network.eval()\ndef eval(x): ...\neval(1)")) == []
    assert list(dynamic_calls("if __name__ == '__main__':\n    exec('1')")) == []
