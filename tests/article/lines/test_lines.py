"""The line of a submission that made the wrong value: traced by its worker, found by the values of a right network."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnkata.katas.article.lines.locate import locate as lines_of
from nnkata.katas.article.lines.sources.trees import tree
from nnkata.steps.compare import Mismatch
from nnkata.subject import Raised, Subject, locate
from nnkata.subject.inprocess import InProcess
from nnkata.subject.isolated import Isolated
from nnkata.traces.place import Place
from nnkata.traces.trace import read
from nnkata.worker import trace as tracing

CORRECT = Path(__file__).parents[3] / "solutions" / "correct"
PLAIN, FLAT, FUNCTIONAL = (
    (CORRECT / f"{name}.py").read_text(encoding="utf-8") for name in ("plain", "flat", "functional")
)
Line = Callable[[str, str, str, str], tuple[Place | None, int]]


@pytest.fixture
def line(tmp_path: Path) -> Line:
    """Edit a text and ask for the line of a clause: the answer, and the line of the edit."""

    def asked(text: str, old: str, new: str, clause: str) -> tuple[Place | None, int]:
        assert text.count(old) >= 1, old
        wrong = text.replace(old, new, 1)
        (tmp_path / "network.py").write_text(wrong, encoding="utf-8")
        subject = Subject(InProcess.open(locate(str(tmp_path / "network.py"))))
        found = lines_of(subject, 7, {"network.py": wrong}, {clause: Mismatch("a quantity", 0, 1)})
        return found.get(clause), text[: text.index(old)].count("\n") + 1

    return asked


WORSE = "def __init__(self, sizes: list[int], epochs: int = 100,"
PALE = "x = np.array(images, dtype=np.float64).reshape(-1, 784) / np.max(images)"
FIRST = "for x, y in zip(x_train[:1000], y_train[:1000], strict=True):"
ALL = "x_train, y_train, start_time = [*x_train, *x_val], [*y_train, *y_val], 0.0"
ERROR = "error = np.asarray(output, dtype=np.float64) - np.asarray(y_train, dtype=np.float64)"
INPUT = 'params["A0"] = np.array(x_train, dtype=np.float64)'
SCALED = "x = np.divide(images, 255, out=images if images.dtype.kind == 'f' else None).reshape(-1, 784)"
HIT = "predictions.append(np.argmax(self.forward_pass(x)) == np.argmax(y))"
SHARED = PLAIN.replace("    def __init__(", "    KEPT: dict[str, dict[str, Array]] = {}\n\n    def __init__(", 1)
KEPT = "self.params = self.KEPT.setdefault(str(sizes), self.initialization())"
STORING = PLAIN.replace("start_time = time.time()", "self.seen = [*zip(x_train, y_train)]; start_time = time.time()")
BACK = 'error = np.dot(params["W2"].T, error) * self.sigmoid(params["Z1"], derivative=True)'
COUNTING = PLAIN.replace(
    PLAIN[PLAIN.index("        predictions = []") : PLAIN.index("    def train")],
    """        right = 0
        for x, y in zip(x_val, y_val, strict=True):
            right += int(np.argmax(self.forward_pass(x)) == np.argmax(y))
        return right / len(x_val)

""",
)
STOPS = (
    "if self.compute_accuracy(x_val, y_val) == 1.0:\n                break\n"
    "            accuracy = self.compute_accuracy(x_val, y_val)"
)
EDITS = [
    (PLAIN, 'params["Z2"] = np.dot(params["W2"]', 'params["Z2"] = 2 * np.dot(params["W2"]', "forward-2"),
    (PLAIN, 'params["A2"] = self.sigmoid(params["Z2"])', 'params["A2"] = np.tanh(params["Z2"])', "forward-2"),
    (
        PLAIN,
        "error = np.asarray(output, dtype=np.float64) -",
        "error = np.asarray(output, dtype=np.float64) - 2 *",
        "backward-3",
    ),
    (
        PLAIN,
        'np.dot(params["W3"].T, error) * self.sigmoid(params["Z2"], derivative=True)',
        'np.dot(params["W3"].T, error)',
        "backward-4",
    ),
    (
        PLAIN,
        'change_w["W1"] = np.outer(error, params["A0"])',
        'change_w["W1"] = 0.1 * np.outer(error, params["A0"])',
        "backward-5",
    ),
    (PLAIN, "self.params[key] -= self.l_rate * value", "self.params[key] -= self.l_rate * value / 10", "update-1"),
    (PLAIN, "for iteration in range(self.epochs):", "for iteration in range(self.epochs + 1):", "training-3"),
    (
        PLAIN,
        "for x, y in zip(x_train, y_train, strict=True):",
        "for x, y in zip(x_train[1:], y_train[1:], strict=True):",
        "training-2",
    ),
    (PLAIN, "predictions.append(np.argmax(", "predictions.append(np.argmin(", "training-9"),
    (PLAIN, "y[i, int(label)] = 1", "y[i, int(label) - 1] = 1", "preprocessing-6"),
    (
        PLAIN,
        "x = np.array(images, dtype=np.float64).reshape(-1, 784) / 255",
        "x = np.array(images, dtype=np.float64).reshape(-1, 784) / 256",
        "preprocessing-3",
    ),
    (
        FLAT,
        "error = (self._views[key].T @ error) * a * (1 - a)",
        "error = (self._views[key].T @ error) * a",
        "backward-4",
    ),
    (FLAT, "return np.asarray(exps / exps.sum())", "return np.asarray(exps / exps.max())", "activations-8"),
    (
        FUNCTIONAL,
        'd1 = np.einsum("ij,i->j", weights.W2, d2) * at.a1 * (1 - at.a1)',
        'd1 = -np.einsum("ij,i->j", weights.W2, d2) * at.a1 * (1 - at.a1)',
        "backward-5",
    ),
    (FUNCTIONAL, "if derivative else sigma(x)", "if derivative else sigma(derivative)", "activations-1"),
    (PLAIN, "np.where(x < 0, small, 1.0) / (1 + small)", "1 / (1 + 1 / np.exp(x.ravel()))", "activations-7"),
    (PLAIN, "exps = np.exp(x - x.max())", "exps = np.exp(x)", "activations-11"),
    (FLAT, "np.exp(np.subtract(x, np.max(x)))", "np.exp(np.subtract(x, np.max(x), out=x))", "activations-12"),
    (PLAIN, "self.l_rate = l_rate", "self.l_rate = 0.001", "update-1"),
    (PLAIN, "def __init__(self, sizes: list[int], epochs: int = 10,", WORSE, "initialization-5"),
    (PLAIN, '"W1": np.random', '"W3": np.random', "initialization-1"),
    (PLAIN, "error = np.asarray(output, dtype=np.float64) - np", "error = 0 * np", "backward-2"),
    (PLAIN, 'self.softmax(params["Z3"])', 'params["Z3"] * 1.0', "forward-2"),
    (PLAIN, "self.params[key] -= self.l_rate * value", "value *= 2; self.params[key] -= value / 4", "update-4"),
    (PLAIN, "x = np.array(images, dtype=np.float64).reshape(-1, 784) / 255", PALE, "preprocessing-3"),
    (FUNCTIONAL, "255, dtype=np.float32", "255, dtype=np.float64", "preprocessing-2"),
    (PLAIN, "y = np.zeros((len(labels), 10)", "y = np.zeros((len(labels), int(max(labels)) + 1)", "preprocessing-8"),
    (PLAIN, "start_time = time.time()", "self.params = self.initialization(); start_time = 0.0", "training-1"),
    (PLAIN, "start_time = time.time()", ALL, "training-7"),
    (PLAIN, "for iteration in range(self.epochs):", "for iteration in range(min(10, self.epochs)):", "training-15"),
    (PLAIN, "for x, y in zip(x_train, y_train, strict=True):", FIRST, "training-17"),
    (PLAIN, "accuracy = self.compute_accuracy(x_val, y_val)", STOPS, "training-16"),
    (PLAIN, ERROR, "error = np.subtract(output, y_train, out=output)", "backward-12"),
    (PLAIN, INPUT, 'x_train /= 255; params["A0"] = 255 * x_train', "forward-7"),
    (PLAIN, INPUT, 'params["A0"] = x_train + params.get("Z0", 0.0); params["Z0"] = params["A0"]', "forward-5"),
    (PLAIN, "x = np.array(images, dtype=np.float64).reshape(-1, 784) / 255", SCALED, "preprocessing-9"),
    (PLAIN, BACK, BACK + ' * params["W2"][:1].T', "backward-4"),
    (FUNCTIONAL, "for epoch in range(1, self.epochs + 1):", "for epoch in range(1, self.epochs - 1):", "training-3"),
    (FLAT, "x = np.asarray(x)", "x = np.asarray(derivative)", "activations-1"),
    (PLAIN, "return x.astype(np.float32), y", "return y, y", "preprocessing-1"),
    (COUNTING, "right = 0", "right = 1", "training-9"),
    (PLAIN, "hidden_2, hidden_1) * np", "hidden_2, hidden_2) * np", "initialization-1"),
    (
        FLAT,
        "self._backward(output - np.asarray(y_train[i]",
        "self._backward(output + np.asarray(y_train[i]",
        "training-1",
    ),
    (PLAIN, HIT, HIT + '; self.params["W1"] *= 0.9', "training-11"),
    (PLAIN, 'change_w["W3"]', 'change_w["w3"]', "backward-1"),
    (SHARED, "self.params = self.initialization()", KEPT, "initialization-10"),
    (
        STORING,
        "for x, y in zip(x_val, y_val, strict=True):",
        "for x, y in getattr(self, 'seen', [*zip(x_val, y_val)]):",
        "training-14",
    ),
]


@pytest.mark.parametrize(("text", "old", "new", "clause"), EDITS)
def test_the_line_of_an_edit_is_found(line: Line, text: str, old: str, new: str, clause: str) -> None:
    told, there = line(text, old, new, clause)
    assert told == Place("network.py", there)


def test_no_source_is_kept_for_the_next_submission(line: Line) -> None:
    text, old, new, clause = EDITS[0]
    line(text, old, new, clause)
    assert tree.cache_info().currsize == 0


LOOPS = PLAIN.replace(
    PLAIN[PLAIN.index('        return {\n            "W1"') : PLAIN.index("    def sigmoid")],
    """        found = {}
        for layer in (1, 2, 3):
            rows, columns = self.sizes[layer], self.sizes[layer - 1]
            found[f"W{layer}"] = np.random.randn(rows, columns) * np.sqrt(1 / rows)
        return found

""",
)
FORWARD = PLAIN[
    PLAIN.index('        params = self.params\n        params["A0"]') : PLAIN.index("    def backward_pass")
]
BY_LAYER = PLAIN.replace(
    FORWARD,
    """        a, z = [np.array(x_train, dtype=np.float64)], [np.zeros(0)]
        for layer in (1, 2, 3):
            z.append(np.dot(self.params[f"W{layer}"], a[layer - 1]))
            a.append(self.softmax(z[layer]) if layer == 3 else self.sigmoid(z[layer]))
        return a[3]

""",
)
#: Edits after which another line raises: text, old, new, the line that raises, the clause.
RAISING = [
    (BY_LAYER, "for layer in (1, 2, 3):", "for layer in (2, 2, 3):", "z.append(", "forward-2"),
    (PLAIN, "self.sizes = sizes", "self.sizes = epochs", "input_layer, hidden_1", "forward-2"),
    (LOOPS, "for layer in (1, 2, 3):", "for layer in (1, 4, 3):", "rows, columns =", "activations-1"),
    (
        FLAT,
        "parts = np.split(vector, ends[:-1])",
        "parts = np.split(vector, ends[:-2])",
        "return {key: part",
        "update-1",
    ),
    (PLAIN, "output = self.forward_pass(x)", "output = self.forward_pass(y)", 'params["Z1"] = np.dot', "training-1"),
]


@pytest.mark.parametrize(("text", "old", "new", "raises", "clause"), RAISING)
def test_an_exception_names_the_line_of_an_earlier_wrong_value(
    tmp_path: Path, text: str, old: str, new: str, raises: str, clause: str
) -> None:
    wrong = text.replace(old, new, 1)
    (tmp_path / "network.py").write_text(wrong, encoding="utf-8")
    lines = wrong.splitlines()
    there, raised = (next(n for n, line in enumerate(lines, 1) if part in line) for part in (new, raises))
    error = Raised("Exception", "", f"network.py, line {raised}")
    subject = Subject(InProcess.open(locate(str(tmp_path / "network.py"))))
    found = lines_of(subject, 7, {"network.py": wrong}, {clause: error})
    assert found == {clause: Place("network.py", there)}


def test_a_loop_condition_that_never_holds_is_found(line: Line) -> None:
    start, end = PLAIN.index("        error = np.asarray(output"), PLAIN.index("        return change_w")
    text = (
        PLAIN[:start]
        + """        delta = np.asarray(output, dtype=np.float64) - np.asarray(y_train, dtype=np.float64)
        for layer in (3, 2, 1):
            if layer < 3:
                back = np.dot(params[f"W{layer + 1}"].T, delta)
                delta = back * self.sigmoid(params[f"Z{layer}"], derivative=True)
            change_w[f"W{layer}"] = np.outer(delta, params[f"A{layer - 1}"])
"""
        + PLAIN[end:]
    )
    assert line(text, "if layer < 3:", "if layer < 3:", "backward-4")[0] is None
    told, there = line(text, "if layer < 3:", "if layer > 3:", "backward-4")
    assert told == Place("network.py", there)

    told, there = line(text, "for layer in (3, 2, 1):", "for layer in (4, 2, 1):", "backward-1")
    assert told == Place("network.py", there)


def test_an_unreached_update_is_reported_at_its_condition(line: Line) -> None:
    old = "                self.update_network_parameters(changes_to_w)"
    new = "                if len(y_train) == 4:\n    " + old
    told, there = line(PLAIN, old, new, "training-1")
    assert told == Place("network.py", there)


@pytest.mark.parametrize(
    "clause",
    [
        "initialization-5",
        "preprocessing-8",
        "activations-12",
        "training-15",
        "training-17",
        "activations-1",
        "forward-2",
        "backward-3",
        "update-1",
        "training-9",
        "preprocessing-1",
    ],
)
@pytest.mark.parametrize("text", [PLAIN, FLAT, FUNCTIONAL])
def test_a_right_network_has_no_faulty_line(line: Line, text: str, clause: str) -> None:
    assert line(text, "import numpy as np", "import numpy as np", clause)[0] is None


def test_an_exception_names_its_own_line_and_ignores_a_path_in_its_text(tmp_path: Path) -> None:
    (tmp_path / "network.py").write_text(PLAIN, encoding="utf-8")
    subject = Subject(InProcess.open(locate(str(tmp_path / "network.py"))))
    error = Raised("ValueError", "see other.py:3 and (network.py, line 1)", "network.py, line 12")
    assert lines_of(subject, 7, {"network.py": PLAIN}, {"forward-2": error}) == {"forward-2": Place("network.py", 12)}


def test_a_finding_about_the_source_names_its_own_line() -> None:
    subject = Subject(InProcess(None))  # type: ignore[arg-type]  # it gets no call
    sources = {"network.py": "import numpy as np\nimport pluggy\n"}
    errors = {
        "typing-1": Mismatch("findings", "", "", evidence=["network.py:2: error: no"]),
        "from-scratch-1": Mismatch("imported modules", "", "", evidence=["pluggy"]),
    }
    assert lines_of(subject, 7, sources, errors) == dict.fromkeys(errors, Place("network.py", 2))


def test_a_worker_behind_a_wall_reports_the_values_of_each_line(tmp_path: Path) -> None:
    (tmp_path / "network.py").write_text(PLAIN, encoding="utf-8")
    isolated = Isolated.open(locate(str(tmp_path / "network.py")))
    try:
        net = Subject(isolated).network([3, 3, 2, 2])
        seen = read(isolated.ask("traced", ["call", [net.number, "forward_pass", [np.ones(3)], False]], 10.0))
    finally:
        isolated.close()
    assert seen is not None
    z1 = next(event for event in seen.events if event.name == "params['Z1']")
    assert PLAIN.splitlines()[z1.place.line - 1].strip().startswith('params["Z1"] =')
    assert z1.value.shape == (3,)
    assert [frame.name for frame in seen.frames] == ["forward_pass", "sigmoid", "sigmoid", "softmax"]


@pytest.mark.parametrize(
    "reply",
    [
        None,
        {},
        {"value": None, "raised": None, "events": [["f", 1, 7, "x", 1.0]], "frames": []},
        {"value": None, "raised": None, "events": [], "frames": [["f", 1, "g", 5, 0]]},
        {"value": None, "raised": None, "events": [["f", 1, 0, "x", "text"]], "frames": [["f", 1, "g", -1, 0]]},
        {"value": None, "raised": ["one"], "events": [], "frames": []},
    ],
)
def test_a_malformed_trace_is_ignored(reply: Any) -> None:
    assert read(reply) is None


def test_a_trace_is_capped_and_survives_hostile_values(tmp_path: Path) -> None:
    class Trap:
        @property
        def __dict__(self) -> Any:  # type: ignore[override]  # hostile
            raise SystemError

    def busy() -> int:
        trap = Trap()
        for number in range(3 * tracing.MAX_EVENTS):
            count = number
        return count if trap else 0

    trace = tracing.Trace(lambda name: ("test", 0) if name == __file__ else None)
    with trace.watching():
        busy()
    assert len(trace.events) <= tracing.MAX_EVENTS
