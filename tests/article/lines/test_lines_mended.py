"""Lines that lead to the first wrong value without having one themselves: found by the edits that mend them."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from nnkata.katas.article.lines.edits.programs import PROGRAMS
from nnkata.katas.article.lines.locate import locate as lines_of
from nnkata.katas.article.lines.pieces.all_pieces import Pieces
from nnkata.steps.compare import Mismatch
from nnkata.subject import Subject, locate
from nnkata.subject.inprocess import InProcess
from nnkata.worker.host import Host
from tests.article.lines.test_lines_recursion import START
from tests.support.pointed import is_found

Run = Callable[..., "subprocess.CompletedProcess[str]"]

#: A layer is a set of functions that share what went in; each gets a value from another.
CELLS = """
    def layer(self, key, bend):
        inside = None
        before = None

        def ahead(a):
            nonlocal inside, before
            inside = a
            before = self.params[key] @ a
            return bend(before)

        def slope(error):
            return error * self.sigmoid(before, derivative=True)

        def behind(delta):
            return self.params[key].T @ delta

        def change(delta):
            return np.outer(delta, inside)

        return ahead, slope, behind, change

    def forward_pass(self, x_train):
        ahead1, self.slope1, _, self.change1 = self.layer("W1", self.sigmoid)
        ahead2, self.slope2, self.behind2, self.change2 = self.layer("W2", self.sigmoid)
        ahead3, _, self.behind3, self.change3 = self.layer("W3", self.softmax)
        return ahead3(ahead2(ahead1(x_train)))

    def backward_pass(self, y_train, output):
        delta3 = output - y_train
        error2 = self.behind3(delta3)
        delta2 = self.slope2(error2)
        error1 = self.behind2(delta2)
        delta1 = self.slope1(error1)
        return {"W1": self.change1(delta1), "W2": self.change2(delta2), "W3": self.change3(delta3)}

    def update_network_parameters(self, changes_to_w):
        for key in changes_to_w:
            step = self.l_rate * changes_to_w[key]
            self.params[key] = self.params[key] - step

    def compute_accuracy(self, x_val, y_val):
        hits = 0
        for x, y in zip(x_val, y_val):
            answer = np.argmax(self.forward_pass(x))
            truth = np.argmax(y)
            hits += answer == truth
        return hits / len(x_val)

    def train(self, x_train, y_train, x_val, y_val):
        for epoch in range(self.epochs):
            for sample in np.random.permutation(len(x_train)):
                x, y = x_train[sample], y_train[sample]
                output = self.forward_pass(x)
                self.update_network_parameters(self.backward_pass(y, output))
"""
TEXT = START + CELLS


@pytest.mark.usefixtures("whole_search")
@pytest.mark.parametrize(
    ("right", "wrong", "clause"),
    [
        ("error1 = self.behind2(delta2)", "error1 = self.behind2(error2)", "backward-5"),
        (
            "error * self.sigmoid(before, derivative=True)",
            "error * self.sigmoid(inside, derivative=True)",
            "backward-4",
        ),
        ('"W2": self.change2(delta2)', '"W2": self.change2(error2)', "backward-4"),
        ("delta2 = self.slope2(error2)", "delta2 = self.slope1(error2)", "backward-4"),
        ("self.params[key].T @ delta", "self.params[key] @ delta", "backward-4"),
        ('self.layer("W2", self.sigmoid)', 'self.layer("W2", self.softmax)', "forward-2"),
        ("hits += answer == truth", "hits += answer >= truth", "training-9"),
        ("truth = np.argmax(y)", "truth = np.argmin(y)", "training-9"),
        ("x, y = x_train[sample], y_train[sample]", "x, y = x_train[sample], y_train[epoch]", "training-5"),
        ("step = self.l_rate *", "step = 2 * self.l_rate *", "update-1"),
    ],
)
def test_the_line_that_leads_to_a_wrong_value_is_found(tmp_path: Path, right: str, wrong: str, clause: str) -> None:
    is_found(tmp_path / "network.py", TEXT, right, wrong, clause)


def test_the_line_stands_in_the_verdict_of_a_sandbox(nnkata: Run, tmp_path: Path) -> None:
    """That of a mistake whose edit is among the first that are tried."""
    path, right = tmp_path / "network.py", "truth = np.argmax(y)"
    path.write_text(TEXT.replace(right, "truth = np.argmin(y)"), encoding="utf-8")
    result = nnkata("check", path, "--clause", "training-9", "--format", "json")
    clauses = {c["clause"]: c for stage in json.loads(result.stdout)["stages"] for c in stage["clauses"]}
    assert result.returncode == 1
    assert clauses["training-9"]["line"] == TEXT[: TEXT.index(right)].count("\n") + 1


REPLIES: list[object] = [
    7,
    "network.py",
    [[7]],
    [["network.py", "5", "name"]],
    [["network.py", 5]],
    [["network.py", 10_000, "name"]],
    [["network.py", -1, "name"]],
    [["other.py", 5, "name"]],
    [["network.py", 5, "name"]] * 20_000,
    {"network.py": 5},
    None,
]


@pytest.mark.parametrize("reply", REPLIES)
def test_a_reply_of_another_form_leaves_the_traced_line(
    tmp_path: Path, reply: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, right = tmp_path / "network.py", '"W2": self.change2(delta2)'
    text = TEXT.replace(right, '"W2": 2 * self.change2(delta2)')
    path.write_text(text, encoding="utf-8")
    found = []
    for answer in ([], reply):
        monkeypatch.setattr(Host, "mended", lambda *_args, answer=answer: answer)
        subject = Subject(InProcess.open(locate(str(path))))
        found.append(lines_of(subject, 7, {path.name: text}, {"backward-4": Mismatch("anything", 1.0, 2.0)}))
    assert found[0] == found[1] != {}


def test_a_right_network_is_right_for_every_search(tmp_path: Path) -> None:
    """So that a search never begins at a piece that is right; half of the programs would show it as a wrong line."""
    path = tmp_path / "network.py"
    for text in (TEXT, Path("reference/network.py").read_text("utf-8")):
        path.write_text(text, encoding="utf-8")
        subject = Subject(InProcess.open(locate(str(path))))
        pieces = Pieces(subject, 7, {path.name: text})
        for name, make in PROGRAMS.items():
            program = make(pieces)
            request = [program.steps, program.meant, program.fine, ["", 0], 1.0]
            assert subject.transport.ask("mended", request, 60.0) is None, name
