"""mypy sees a submission of several files as Python imports it."""

from pathlib import Path

from nnkata.runner.submission.source import sources
from nnkata.runner.typecheck.check import TypeCheck
from nnkata.subject import locate
from tests.subject.packed import REFERENCE, put


def test_mypy_finds_the_same_modules(tmp_path: Path) -> None:
    text = "import queue\nfrom .layers import Rate\nfrom random import Kind as K\nimport statistics as s\n" + REFERENCE
    text += "\nRATE: Rate = queue.rate(K(), s.ONE)\n"
    put(
        tmp_path, {"network.py": text.replace("from __future__ import annotations\n", ""), "statistics.py": "ONE = 1\n"}
    )
    rate = "def rate(k: Kind, one: int) -> Rate:\n    return Rate()\n"
    put(tmp_path, {"queue.py": f"from layers import Rate\nfrom random import Kind\n\n\n{rate}"})
    put(tmp_path, {"random.py": "class Kind:\n    pass\n", "layers.py": "class Rate:\n    pass\n"})
    implementation = locate(str(tmp_path / "network.py"))
    types = TypeCheck(implementation, sources(implementation))
    try:
        assert types.trouble() == []
        assert [str(finding) for finding in types.findings()] == []
        assert [difference.evidence for difference in types.differences()] == []
    finally:
        types.close()


def test_mypy_sees_a_folder_that_is_a_package_as_its_files_do(tmp_path: Path) -> None:
    softmax = "from . import kinds\nfrom . import (\n    SCALE,\n    kinds as others,  # twice\n)\n\n\n"
    softmax += "def scaled(x: kinds.Rate) -> others.Rate:\n    return x * SCALE\n"
    put(
        tmp_path,
        {
            "net/__init__.py": "from .network import DeepNeuralNetwork as DeepNeuralNetwork\nSCALE: float = 1.0\n",
            "net/kinds.py": "Rate = float\n",
            "net/scaled.py": softmax,
            "net/network.py": "from .scaled import scaled as scaled\n" + REFERENCE,
        },
    )

    def found(name: str) -> list[str]:
        implementation = locate(str(tmp_path / name))
        types = TypeCheck(implementation, sources(implementation))
        try:
            assert types.trouble() == []
            return [str(one) for one in (*types.findings(), *types.differences())]
        finally:
            types.close()

    assert found("net") == []
    assert found("net/__init__.py") == [
        "preprocess: missing; expected def preprocess(images: Any, labels: Any) -> tuple[NDArray[np.floating[Any]], "
        "NDArray[np.floating[Any]]]"
    ]
    put(tmp_path, {"net/scaled.py": softmax.replace("x * SCALE", "str(x * SCALE)")})
    assert [line.partition(": error")[0] for line in found("net")] == ["scaled.py:9"]
    put(tmp_path, {"net/__init__.py": "SCALE: float = '1'\n", "net/scaled.py": softmax})
    assert [line.partition(": error")[0] for line in found("net")] == ["__init__.py:1"]


def test_a_class_that_is_continued_is_one_class_for_mypy(tmp_path: Path) -> None:
    start, end = REFERENCE.index("    def compute_accuracy"), REFERENCE.index("    def train")
    later = "\n\nclass DeepNeuralNetwork(DeepNeuralNetwork):\n" + REFERENCE[start:end]
    text = REFERENCE[:start] + REFERENCE[end:] + later

    def found(text: str) -> list[str]:
        put(tmp_path, {"network.py": text})
        implementation = locate(str(tmp_path / "network.py"))
        types = TypeCheck(implementation, sources(implementation))
        try:
            assert types.trouble() == []
            return [str(one).partition(": error")[0] for one in types.findings()]
        finally:
            types.close()

    again = "\n\nclass DeepNeuralNetwork(DeepNeuralNetwork): pass\n"
    assert found(text) == found(text + again) == []
    line = text[: text.index("return float(")].count("\n") + 1
    assert found(text.replace("return float(", "return str(")) == [f"network.py:{line}"]
    after = text.count("\n") + 4
    instead = "\n\nclass DeepNeuralNetwork:\n    def train(self): pass\n"
    assert set(found(text + instead)) == {f"network.py:{after}"}


def test_the_last_of_several_definitions_is_the_one_whose_types_count(tmp_path: Path) -> None:
    def found(text: str) -> tuple[list[str], list[str]]:
        put(tmp_path, {"network.py": text})
        implementation = locate(str(tmp_path / "network.py"))
        types = TypeCheck(implementation, sources(implementation))
        try:
            assert types.trouble() == []
            return [one.message for one in types.findings()], [one.member for one in types.differences()]
        finally:
            types.close()

    start = REFERENCE.index("class DeepNeuralNetwork")
    wrong = REFERENCE[start:].replace("-> float:", "-> str:")
    function = "def preprocess(a: int, b: int) -> int:\n    return 1\n\n\n"
    assert found(REFERENCE[:start] + wrong + "\n\n" + REFERENCE[start:]) == ([], [])
    assert found(REFERENCE[:start].replace("def preprocess", function + "def preprocess") + REFERENCE[start:]) == (
        [],
        [],
    )
    messages, members = found(REFERENCE + "\n\n" + wrong)
    assert (bool(messages), members) == (True, ["compute_accuracy"])
    assert found(REFERENCE + "\n\n" + function) == ([], ["preprocess"])
    method = "    def train(self, *data: str) -> int:\n        return 1\n\n"
    assert found(REFERENCE.replace("    def train(", method + "    def train(")) == ([], [])
    after = "\n\ndef _floating("
    assert found(REFERENCE.replace(after, f"\n{method}{after}"))[1] == ["train"]
