"""The file of a submission that is judged, where its class and its functions stand in several files."""

import pytest

from nnkata.grading.submission.entry import entry

CLASS = b"class DeepNeuralNetwork:\n    def train(self, a, b, c, d):\n        self.a = a\n"
FUNCTION = b"def preprocess(images, labels):\n    return images, labels\n"
BESIDE = {"model.py": CLASS, "data.py": FUNCTION}
STARS = b"from model import *\nfrom data import *\n"
NAMES = b'"""All."""\nfrom model import DeepNeuralNetwork\nfrom data import preprocess\n__all__ = ["preprocess"]\n'


@pytest.mark.parametrize("door", [STARS, NAMES])
@pytest.mark.parametrize("name", ["network.py", "main.py", "__init__.py"])
def test_a_file_that_imports_the_class_and_the_function_from_two_files_is_judged(name: str, door: bytes) -> None:
    assert entry({**BESIDE, name: door})[0] == name


def test_star_imports_are_followed_through_a_package() -> None:
    package = {"mynet/__init__.py": b"from .model import *\nfrom .data import *\n"}
    files = {f"mynet/{name}": content for name, content in BESIDE.items()}
    assert entry({**files, **package, "network.py": b"from mynet import *\n"})[0] == "network.py"
    assert entry({**files, **package})[0] == "mynet/__init__.py"


@pytest.mark.parametrize(
    "other",
    [
        NAMES + b"x, y = preprocess(open('mnist.csv'), [])\n",  # it trains at import
        b"from data import *\n",
        b"from model import *\nfrom absent import *\n",
        b"import model, data\n",
    ],
)
def test_the_file_with_the_class_is_judged_beside_one_that_does_something_else(other: bytes) -> None:
    assert entry({**BESIDE, "main.py": other})[0] == "model.py"


def test_a_file_with_class_and_function_is_judged_and_none_that_only_imports_them() -> None:
    assert entry({"model.py": CLASS + FUNCTION, "main.py": b"from model import *\n"})[0] == "model.py"
