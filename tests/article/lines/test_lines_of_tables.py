"""Lines in tables at the top of a module, in annotated and long statements, and at the calls of a helper."""

from pathlib import Path

import pytest

from nnkata.katas.article.lines.locate import locate as lines_of
from nnkata.subject import Raised, Subject, locate
from nnkata.subject.inprocess import InProcess
from tests.article.lines.test_lines_recursion import START
from tests.support.pointed import is_found, line_of

pytestmark = pytest.mark.usefixtures("whole_search")

TABLES = (
    START.replace(
        "class DeepNeuralNetwork",
        """PLAN = (
    ("W1", "in", "sum1", "out1", "sigmoid"),
    ("W2", "out1", "sum2", "out2", "sigmoid"),
    ("W3", "out2", "sum3", "out3", "softmax"),
)
ABOVE = {"sum2": "W3", "sum1": "W2"}


class DeepNeuralNetwork""",
    )
    + """
    def forward_pass(self, x_train):
        self.values = {"in": x_train}
        for key, before, total, after, function in PLAN:
            self.values[total] = self.params[key] @ self.values[before]
            self.values[after] = getattr(self, function)(self.values[total])
        return self.values["out3"].copy()

    def bent(self, error, total):
        return error * self.sigmoid(self.values[total], derivative=True)

    def backward_pass(self, y_train, output):
        errors = {"sum3": output - y_train}
        error: np.ndarray = output - y_train
        for total, above in ABOVE.items():
            back: np.ndarray = self.params[above].T @ error
            error: np.ndarray = self.bent(back, total)
            errors[total] = error
        return {
            key: np.outer(
                errors[total],
                self.values[before],
            )
            for key, before, total, _after, _function in PLAN
        }

    def update_network_parameters(self, changes_to_w):
        for key in changes_to_w:
            self.params[key] = (
                self.params[key]
                - self.l_rate
                * changes_to_w[key]
            )

    def compute_accuracy(self, x_val, y_val):
        right: int = sum(
            np.argmax(self.forward_pass(x))
            == np.argmax(y)
            for x, y in zip(x_val, y_val)
        )
        total: float = float(len(x_val))
        return right / total

    def train(self, x_train, y_train, x_val, y_val):
        for _epoch in range(self.epochs):
            for x, y in zip(x_train, y_train):
                self.update_network_parameters(self.backward_pass(y, self.forward_pass(x)))
"""
)


@pytest.mark.parametrize(
    ("right", "wrong", "clause"),
    [
        ('"sum2", "out2", "sigmoid"', '"sum2", "out2", "softmax"', "forward-2"),
        ('("W2", "out1"', '("W2", "sum1"', "forward-2"),
        ('("W3", "out2"', '("W3", "sum2"', "forward-2"),
        ('"sum3", "out3", "softmax"', '"sum3", "out3", "sigmoid"', "forward-2"),
        ("= self.bent(back, total)", "= self.bent(error, total)", "backward-6"),
        ("error: np.ndarray = self.bent(back, total)", "error: np.ndarray = back", "backward-4"),
        ("- self.l_rate", "+ self.l_rate", "update-1"),
        ("== np.argmax(y)", "== np.argmin(y)", "training-9"),
        ("float(len(x_val))", "float(max(1, len(x_val[0])))", "training-9"),
    ],
)
def test_the_line_is_that_of_the_part_at_fault(tmp_path: Path, right: str, wrong: str, clause: str) -> None:
    is_found(tmp_path / "network.py", TABLES, right, wrong, clause)


def test_a_table_of_a_right_network_has_no_line(tmp_path: Path) -> None:
    for clause in ("forward-2", "backward-4", "update-1", "training-9", "training-1"):
        assert line_of(tmp_path / "network.py", TABLES, clause) is None


def test_a_value_that_a_method_does_not_give_back_has_the_line_of_its_assignment(tmp_path: Path) -> None:
    text = TABLES.replace(
        "        for _epoch in range(self.epochs):\n",
        "        order = list(range(len(x_train)))\n"
        "        order = np.random.shuffle(order)\n"
        "        for _sample in order:\n",
    )
    path = tmp_path / "network.py"
    path.write_text(text, encoding="utf-8")
    subject = Subject(InProcess.open(locate(str(path))))
    line = text[: text.index("order = np.random")].count("\n") + 1
    raised = Raised("TypeError", "'NoneType' object is not iterable", f"network.py, line {line + 1}")
    assert lines_of(subject, 7, {path.name: text}, {"training-1": raised})["training-1"].line == line


def test_an_output_of_another_shape_has_the_line_that_returns_it(tmp_path: Path) -> None:
    is_found(
        tmp_path / "network.py",
        TABLES.replace('"in": x_train}', '"in": np.array(x_train)}'),
        'return self.values["out3"].copy()',
        'return self.values["out3"][:, None]',
        "forward-2",
    )
