"""Other names than the contract's give one line, with the present names; an unfinished network is judged."""

import csv
import json
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import nnkata
from nnkata.katas.article import STAGES
from nnkata.katas.article.names import absent, request, unfit
from nnkata.worker.offers import offers

Run = Callable[..., Any]
Write = Callable[..., Path]

ROOT = Path(__file__).parents[2]
PLAIN = (ROOT / "solutions" / "correct" / "plain.py").read_text()
SKELETON = (ROOT / "solutions" / "skeleton.py").read_text()


def told(text: str) -> Any:
    """The worker's report on a source."""
    module = types.ModuleType("submission")
    exec(compile(text, "submission", "exec"), vars(module))  # the project's own text, changed
    return offers(module, "DeepNeuralNetwork", *request())


def said(*changes: tuple[str, str], stages: tuple[str, ...] = STAGES, text: str = PLAIN) -> str:
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return unfit(told(text), "DeepNeuralNetwork", stages)


def without(text: str, *names: str) -> str:
    """A source whose class has these methods under names unlike any of the contract's."""
    for number, name in enumerate(names):
        text = text.replace(f"def {name}(", f"def zz{number}(").replace(f"self.{name}(", f"self.zz{number}(")
    return text


@pytest.mark.parametrize("path", sorted((ROOT / "solutions" / "correct").glob("*.py")), ids=lambda path: path.stem)
def test_a_right_network_lacks_nothing(path: Path) -> None:
    assert unfit(told(path.read_text()), "DeepNeuralNetwork", STAGES) == ""
    assert absent(told(path.read_text())) == {}


def test_the_skeleton_has_all_names() -> None:
    assert said(text=SKELETON) == ""


#: Replacements of names, and the resulting message.
OTHER: dict[str, tuple[dict[str, str], str]] = {
    "forward": ({"forward_pass": "forward"}, "lacks forward_pass (it has forward)"),
    "feedforward": ({"forward_pass": "feed_forward"}, "forward_pass (it has feed_forward)"),
    "misspelt": ({"forward_pass": "foward_pass"}, "forward_pass (it has foward_pass)"),
    "camel case": ({"backward_pass": "backwardPass"}, "backward_pass (it has backwardPass)"),
    "backprop": ({"backward_pass": "back_prop"}, "backward_pass (it has back_prop)"),
    "accuracy": ({"compute_accuracy": "get_accuracy"}, "compute_accuracy (it has get_accuracy)"),
    "fit": ({"def train(": "def fit("}, "train (it has fit)"),
    "lower-case keys": ({'"W': '"w'}, "W1, W2, W3 in params (it has w1, w2, w3)"),
    "keys from 0": (
        {'"W1"': '"W0"', '"W2"': '"W1"', '"W3"': '"W2"'},
        "W1, W2, W3 in params (it counts them from 0: W0, W1, W2)",
    ),
    "other keys from 1": ({'"W1"': '"W_1"', '"W2"': '"W_2"'}, "W1, W2 in params (it has W_1, W_2)"),
    "another attribute": ({"self.params": "self.weights"}, "params (it has weights)"),
    "no keyword l_rate": ({"l_rate: float": "lr: float", "= l_rate": "= lr"}, "lr: float = 0.001) cannot be called"),
    "four widths": ({"sizes: list[int],": "a: int, b: int, c: int, d: int,", "= sizes": "= [a, b, c, d]"}, "(a: int,"),
    "backward of x and y": (
        {"y_train: Any, output": "x_train: Any, y_train"},
        "(y_train, output) (it has backward_pass(x",
    ),
    "long types": (
        {"x_train: Any)": f"x_train: '{'NDArray[np.float64] | ' * 9}Any', y: Any)"},
        "(it has forward_pass(x_train, y))",
    ),
    "forward of two": (
        {"x_train: Any)": "x_train: Any, y: Any)"},
        "forward_pass(x_train) (it has forward_pass(x_train",
    ),
}


@pytest.mark.parametrize("name", OTHER)
def test_another_name_is_reported_beside_the_missing_one(name: str) -> None:
    changes, expected = OTHER[name]
    text = PLAIN
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    came = unfit(told(text), "DeepNeuralNetwork", STAGES)
    assert expected in came
    assert "\n" not in came


def test_functions_outside_the_class_are_reported() -> None:
    outside = "\n\ndef softmax(x):\n    return x\n"
    assert "softmax (softmax stands outside the class)" in said(text=without(PLAIN, "softmax") + outside)


def test_weights_in_a_list_or_in_attributes_are_reported() -> None:
    listed = "list(self.initialization().values())"
    assert "params as a dict" in said(("self.params = self.initialization()", f"self.params = {listed}"))
    spread = "self.__dict__.update(self.initialization())"
    assert "params (it has W1, W2, W3)" in said(("self.params = self.initialization()", spread))


def test_an_empty_class_has_none_of_the_names() -> None:
    came = said(text="class DeepNeuralNetwork:\n    pass\n\ndef forward(x): ...\n")
    assert "none of the methods" in came
    assert "forward" in came


@pytest.mark.parametrize("name", ["train", "compute_accuracy", "softmax", "update_network_parameters"])
def test_an_unfinished_network_is_judged_and_a_clause_names_the_unwritten_part(name: str) -> None:
    text = without(PLAIN, name)
    assert unfit(told(text), "DeepNeuralNetwork", STAGES) == ""
    assert set(absent(told(text))) == {name}


def test_only_names_used_by_the_selected_stages_count() -> None:
    text = PLAIN.replace("forward_pass", "forward")
    assert said(text=text, stages=("preprocessing", "activations", "typing")) == ""
    assert said(text=text, stages=("activations", "forward")) != ""


def test_methods_that_a_network_gets_when_it_is_made_count() -> None:
    assert said(("self.params = self", "self.forward_pass = self.forward; self.params = self"),
                ("def forward_pass", "def forward")) == ""  # fmt: skip


def test_a_constructor_that_raises_and_properties_that_do_are_left_to_the_clauses() -> None:
    assert said(("self.params = self.initialization()", "raise ValueError")) == ""
    odd = "    @property\n    def odd(self):\n        raise ValueError\n\n"
    assert said(("    def softmax", odd + "    def softmax")) == ""


def test_a_check_ends_with_two_and_a_batch_says_why(nnkata: Run, write: Write, tmp_path: Path) -> None:
    path = write("course/one/network.py", forward_pass="forward")
    done = nnkata("check", path)
    assert done.returncode == 2
    assert done.stderr.splitlines()[0] == "nnkata: network.py: DeepNeuralNetwork lacks forward_pass (it has forward)"
    done = nnkata("grade", path.parents[1], "--output", tmp_path / "out", "--isolation", "process", "--jobs", 1)
    assert done.returncode == 0
    verdict = json.loads((tmp_path / "out" / "verdicts" / "one.json").read_text())
    assert verdict["score"] == 0
    assert "lacks forward_pass (it has forward)" in json.dumps(verdict)
    with (tmp_path / "out" / "gradebook.csv").open(newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["submission"] == "one"


def test_adapting_is_proposed_for_a_network_that_was_written_for_something_else(nnkata: Run, tmp_path: Path) -> None:
    path = tmp_path / "network.py"
    path.write_text(PLAIN.replace("softmax", "soft_max"))
    done = nnkata("check", path)
    told = (
        "nnkata: network.py: DeepNeuralNetwork lacks softmax (it has soft_max)\n"
        "use the names of the contract; a skeleton has them all: nnkata init skeleton.py\n"
    )
    assert (done.returncode, done.stderr) == (2, told)
    path.write_text(
        without(PLAIN, "softmax", "sigmoid", "train", "compute_accuracy").replace("forward_pass", "forward")
    )
    said = nnkata("check", path).stderr
    assert "nnkata adapt " in said
    assert "nnkata init" not in said
    path.write_text("import torch.nn as nn\nclass Net(nn.Module):\n    def forward(self, x): return self.layers(x)\n")
    said = nnkata("check", path).stderr
    assert "network.py makes its network of a framework (torch.nn)" in said
    assert "nnkata adapt " not in said


GIVES = "def __getattr__(name):\n    if name == {name!r}:\n        return prepare\n    raise AttributeError(name)\n"


@pytest.mark.parametrize(("given", "found"), [("preprocess", True), ("Network", False)])
def test_a_preprocess_that_the_module_gives_on_demand_is_there(given: str, found: bool) -> None:
    text = PLAIN.replace("def preprocess(", "def prepare(") + GIVES.format(name=given)
    assert ("preprocess" not in absent(told(text))) is found


def test_a_missing_preprocess_fails_its_own_stage_and_says_so(nnkata: Run, write: Write) -> None:
    path = write(end="normalise = preprocess\ndel preprocess\n")
    done = nnkata("check", path, "--stage", "preprocessing", "--stage", "from-scratch", "--format", "json")
    found = [c for stage in json.loads(done.stdout)["stages"] for c in stage["clauses"] if c["status"] != "skipped"]
    failed = [c["clause"] for c in found if c["status"] != "passed"]
    assert failed == [c["clause"] for c in found if c["clause"].startswith("preprocessing-")]
    assert found[0]["message"] == "not written yet: there is no function preprocess beside the class"


@pytest.mark.parametrize(
    "end",
    [
        "import functools\npreprocess = functools.partial(preprocess)\n",
        "import functools\nscaled = preprocess\n"
        "class Scaler:\n    def __call__(self, images, labels): return scaled(images, labels)\npreprocess = Scaler()\n",
        "import contextlib, functools\n@contextlib.contextmanager\ndef timed():\n    yield\n"
        "preprocess = timed()(preprocess)\n",
    ],
)
def test_any_object_that_can_be_called_is_a_function(nnkata: Run, write: Write, end: str) -> None:
    done = nnkata("check", write(end=end), "--stage", "preprocessing")
    assert done.returncode == 0, done.stdout


def test_a_function_is_found_behind_many_others(nnkata: Run, write: Write) -> None:
    many = "".join(f"def helper_{number}(): ...\n" for number in range(50))
    for begin in ("from numpy import *\n", many):
        done = nnkata(
            "check",
            write(end=begin + "scaled = preprocess\ndel preprocess\npreprocess = scaled\n"),
            "--stage",
            "preprocessing",
        )
        assert done.returncode == 0, done.stdout


def test_a_name_that_cannot_be_called_is_no_function(tmp_path: Path) -> None:
    for value in ("7", "int", "NDArray", "Any", "np.exp", "list[int]"):
        other = f"from typing import Any\nfrom numpy.typing import NDArray\npreprocess = {value}\n"
        assert absent(told(PLAIN + other)) == {"preprocess": "there is no function preprocess beside the class"}, value


def test_a_missing_method_fails_the_clauses_that_call_it(nnkata: Run, tmp_path: Path) -> None:
    path = tmp_path / "network.py"
    path.write_text(without(PLAIN, "compute_accuracy"))
    done = nnkata("check", path, "--stage", "training", "--stage", "forward", "--format", "json")
    found = [c for stage in json.loads(done.stdout)["stages"] for c in stage["clauses"] if c["status"] != "skipped"]
    wrong = {c["clause"]: c["message"] for c in found if c["status"] != "passed"}
    assert sorted(wrong) == ["training-10", "training-11", "training-14", "training-19", "training-9"]
    assert set(wrong.values()) == {"not written yet: there is no method compute_accuracy"}


def test_a_class_of_this_process_gets_the_same_message_as_a_file() -> None:
    class DeepNeuralNetwork:
        def __init__(self, sizes: list[int], epochs: int = 10, l_rate: float = 0.001) -> None:
            self.params = {"W1": [sizes, epochs, l_rate]}

        def forward(self, x: Any) -> Any:
            return x

    with pytest.raises(nnkata.NotJudged, match=r"DeepNeuralNetwork has none of the methods .* it has forward"):
        nnkata.check(DeepNeuralNetwork, stages=["forward"], isolation="none")


LATER = """

class DeepNeuralNetwork:
    def __init__(self, sizes, epochs=10, l_rate=0.001):
        self.params = {}
"""


def test_a_class_that_is_defined_again_without_methods_is_said_with_both_lines(
    tmp_path: Path, modules_as_before: None
) -> None:
    text = PLAIN.rstrip() + "\n" + LATER
    (tmp_path / "network.py").write_text(text)
    lines = [n for n, line in enumerate(text.splitlines(), 1) if line.startswith("class DeepNeuralNetwork")]
    again = f"line {lines[1]} defines the class again and overwrites the one on line {lines[0]}"
    with pytest.raises(nnkata.NotJudged, match=again):
        nnkata.check(str(tmp_path / "network.py"), stages=["forward"], isolation="none")


def test_a_class_that_is_defined_once_has_no_such_note(tmp_path: Path, modules_as_before: None) -> None:
    (tmp_path / "network.py").write_text(LATER)
    with pytest.raises(nnkata.NotJudged) as caught:
        nnkata.check(str(tmp_path / "network.py"), stages=["forward"], isolation="none")
    assert "again" not in str(caught.value)


#: Slips in where or how a part is written, the first clause to fail, and what it says.
MISPUT = {
    "a method inside of another": (
        {"    def softmax(self, x": "        def softmax(self, x"},
        "activations-8",
        "there is no method softmax; it stands inside of sigmoid (line {line}): begin its def below the def of sigmoid",
    ),
    "a property": (
        {
            "    def initialization": "    @property\n    def initialization",
            "self.initialization()": "self.initialization",
        },
        "initialization-3",
        "there is no method initialization; it is a property (line {line}): without that decorator it is a method",
    ),
}


@pytest.mark.parametrize("slip", MISPUT)
def test_a_part_at_another_place_is_told_with_its_line(slip: str, tmp_path: Path) -> None:
    changes, clause, message = MISPUT[slip]
    text = PLAIN
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    if "inside" in slip:  # its body goes with it
        lines = text.split("\n")
        start = next(n for n, line in enumerate(lines) if "def softmax" in line)
        end = next(n for n in range(start + 1, len(lines)) if lines[n].startswith("    def "))
        lines[start + 1 : end] = ["    " + line if line else line for line in lines[start + 1 : end]]
        text = "\n".join(lines)
    (tmp_path / "network.py").write_text(text)
    name = message.split()[4].rstrip(";")
    line = next(n for n, own in enumerate(text.splitlines(), 1) if own.strip().startswith(f"def {name}"))
    found = nnkata.check(str(tmp_path / "network.py"), clauses=[clause], isolation="none")
    (failure,) = found.failures
    assert failure.message == "not written yet: " + message.format(line=line)


def test_a_preprocess_inside_of_the_class_is_told_with_its_line(tmp_path: Path) -> None:
    start = PLAIN.index("def preprocess")
    end = PLAIN.index("class DeepNeuralNetwork")
    inside = "".join("    " + line + "\n" for line in PLAIN[start:end].strip().split("\n"))
    head, rest = PLAIN[end:].split("\n", 1)
    (tmp_path / "network.py").write_text(PLAIN[:start] + head + "\n" + inside + "\n" + rest)
    line = (tmp_path / "network.py").read_text().split("\n").index("    " + PLAIN[start:].split("\n", 1)[0]) + 1
    found = nnkata.check(str(tmp_path / "network.py"), clauses=["preprocessing-1"], isolation="none")
    (failure,) = found.failures
    assert failure.message == (
        "not written yet: there is no function preprocess beside the class; it stands inside of the class "
        f"(line {line}): move it out, to the beginning of the line"
    )


#: Slips in the way that a method is written, and the last line of the message.
SLIPS = {
    "def forward_pass(x_train": "the first argument of a method is self (line {line}): def forward_pass(self, x_train)",
    "def softmax(self": "these functions have a self: indent them below `class DeepNeuralNetwork`, from line {line}: "
    "softmax",
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_def_without_self_or_at_the_margin_is_told_with_its_line(slip: str, tmp_path: Path) -> None:
    text = PLAIN.replace("def forward_pass(self, x_train", slip) if "forward" in slip else without(PLAIN, "softmax")
    text += "\n\ndef softmax(self, x):\n    return x\n" if "softmax" in slip else ""
    (tmp_path / "network.py").write_text(text)
    line = next(n for n, own in enumerate(text.splitlines(), 1) if own.strip().startswith(slip))
    with pytest.raises(nnkata.NotJudged) as caught:
        nnkata.check(str(tmp_path / "network.py"), isolation="none")
    assert str(caught.value).splitlines()[1] == SLIPS[slip].format(line=line)


@pytest.mark.parametrize("name", ["_init_", "__int__", "init", "__init_", "__inti__"])
def test_a_misspelt_init_is_told_with_its_line(name: str, tmp_path: Path) -> None:
    text = PLAIN.replace("def __init__(", f"def {name}(")
    (tmp_path / "network.py").write_text(text)
    line = next(n for n, own in enumerate(text.splitlines(), 1) if f"def {name}(" in own)
    with pytest.raises(nnkata.NotJudged) as caught:
        nnkata.check(str(tmp_path / "network.py"), stages=["forward"], isolation="none")
    assert str(caught.value).endswith(
        f"; {name} on line {line} is meant as __init__, with two underscores on both sides"
    )


def test_a_class_with_an_init_has_no_such_note(tmp_path: Path) -> None:
    text = PLAIN.replace("l_rate: float", "lr: float").replace("= l_rate", "= lr")
    text = text.replace("    def initialization", "    def init(self) -> None: ...\n\n    def initialization", 1)
    (tmp_path / "network.py").write_text(text)
    with pytest.raises(nnkata.NotJudged, match="cannot be called") as caught:
        nnkata.check(str(tmp_path / "network.py"), stages=["forward"], isolation="none")
    assert "underscores" not in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "clause", "said"),
    [
        ("    def train(", "    async def train(", "training-1", "train is an `async def`, so that a call of it"),
        (
            "            for ",
            "            yield\n            for ",
            "training-1",
            "train has a `yield`, so that a call of it",
        ),
    ],
    ids=["async", "yield"],
)
def test_a_method_of_which_a_call_runs_nothing_is_told_and_gets_no_name(
    old: str, new: str, clause: str, said: str, tmp_path: Path
) -> None:
    at = PLAIN.index("    def train(")
    assert old in PLAIN[at:]
    (tmp_path / "network.py").write_text(PLAIN[:at] + PLAIN[at:].replace(old, new, 1))
    found = nnkata.check(str(tmp_path / "network.py"), clauses=[clause], isolation="process")
    (failure,) = found.failures
    assert failure.message.startswith(said)
    assert failure.misconception is None
