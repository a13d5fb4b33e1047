"""The line that a diagnosis points at in a text, as if one clause had failed."""

from pathlib import Path

import numpy as np

from nnkata.katas.article.lines.locate import locate as lines_of
from nnkata.steps.compare import Mismatch
from nnkata.subject import Subject, locate
from nnkata.subject.inprocess import InProcess


def line_of(path: Path, text: str, clause: str) -> int | None:
    """The line in the network of this text, which is written to the path; seeded, as its weights are drawn."""
    path.write_text(text, encoding="utf-8")
    np.random.seed(20)
    subject = Subject(InProcess.open(locate(str(path))))
    place = lines_of(subject, 7, {path.name: text}, {clause: Mismatch("anything", 1.0, 2.0)}).get(clause)
    return place and place.line


def is_found(path: Path, text: str, right: str, wrong: str, clause: str) -> None:
    """Assert that the line of an edit is the reported one: `right`, which the text has once, replaced by `wrong`."""
    assert text.count(right) == 1
    line = text[: text.index(right)].count("\n") + 1
    assert line_of(path, text.replace(right, wrong), clause) == line
