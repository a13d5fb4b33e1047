"""`nnkata compare`: a table of several implementations that fits the screen, and of those that can be judged."""

import json
from collections.abc import Mapping
from pathlib import Path

import msgspec

from nnkata.grading.task import Options, unjudged
from nnkata.reports.table import table
from nnkata.runner.run import known_clauses
from nnkata.verdict import Status, Verdict
from tests.courses.making import put
from tests.grading.test_grade import PRINTED, RIGHT, ROOT
from tests.support import forks


def test_compare_shows_one_column_per_implementation_and_the_failed_clauses(tmp_path: Path) -> None:
    paths = [str(ROOT / "reference" / "network.py"), str(ROOT / "solutions" / "printed.py")]
    command = ["compare", *paths, "--stage", "backward"]
    done = forks.run(command, tmp_path)
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert any(line.split() == ["backward", "13/13", "2/13"] for line in lines), done.stdout
    assert any(line.split() == ["backward-1", "✓", "✗"] for line in lines)
    assert max(map(len, lines)) <= 200
    as_json = forks.run([*command, "--format", "json"], tmp_path)
    assert [verdict["passed"] for verdict in json.loads(as_json.stdout)] == [True, False]


def test_compare_fits_its_columns_on_the_screen() -> None:
    known = known_clauses()
    one = unjudged("ada", "why", Options("process", seed=1))
    many = [msgspec.structs.replace(one, implementation=f"n{number}.py") for number in range(1, 9)]
    wide, narrow, tiny = (table(many, room=room).splitlines() for room in (0, 80, 10))
    assert [line.split() for line in wide if line.split() == [*"12345678"]]
    assert max(map(len, narrow)) == 80
    assert [line.split() for line in narrow if line.strip() and set(line) <= set(" 12345678")] == [[*"123456"], [*"78"]]
    assert sum(line.startswith("share passed") for line in tiny) == len(many)
    for clause in known:
        assert sum(line.split()[:1] == [clause.tag] for line in narrow) == 2 * (sum(clause.tag in x for x in wide) > 0)


def test_compare_gives_clauses_with_the_same_marks_one_row_where_the_table_exceeds_the_screen() -> None:
    right = unjudged("ada", "why", Options("process", seed=1))
    wrong: dict[int, Status] = {
        1: "failed",
        2: "failed",
        3: "failed",
        5: "failed",
        7: "timeout",
        9: "failed",
        10: "failed",
    }
    first = right.stages[0]

    def marked(statuses: Mapping[int, Status]) -> Verdict:
        clauses = [
            msgspec.structs.replace(clause, status=statuses.get(number, "passed"))
            for number, clause in enumerate(first.clauses, 1)
        ]
        return msgspec.structs.replace(right, stages=(msgspec.structs.replace(first, clauses=tuple(clauses)),))

    both = [marked({}), marked(wrong)]
    whole = table(both)
    rows = len(whole.splitlines())
    assert table(both, height=rows) == whole
    shared = [
        line.rsplit(maxsplit=2) for line in table(both, height=rows - 1).splitlines() if "✗" in line or "…" in line
    ]
    assert shared == [["  1-3, 5, 9-10", "✓", "✗"], ["  preprocessing-7", "✓", "…"]]
    assert table(both, every=True, height=5) == table(both, every=True)


def test_compare_shows_the_others_beside_those_that_cannot_be_judged(tmp_path: Path) -> None:
    cells = [{"cell_type": "code", "source": PRINTED.decode()}]
    book = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4}).encode()
    put(tmp_path, {"right.py": RIGHT, "cells.ipynb": book, "ada/syntax.py": b"def f(:\n", "r.ipynb": b"{}"})
    command = ["compare", "ada/syntax.py", "right.py", "r.ipynb", "cells.ipynb", "no.py", "--stage", "backward"]
    done = forks.run(command, tmp_path)
    assert done.returncode == 2
    lines = done.stdout.splitlines()
    assert [line.split() for line in lines[:2]] == [["1", "right.py"], ["2", "cells.ipynb"]]
    assert any(line.split() == ["backward", "13/13", "2/13"] for line in lines), done.stdout
    assert [name in done.stderr for name in ("ada/syntax.py", "r.ipynb", "no.py")] == [True] * 3, done.stderr
    assert "Traceback" not in done.stderr
    as_json = forks.run([*command, "--format", "json"], tmp_path)
    assert (as_json.returncode, as_json.stdout) == (2, "")
    alone = forks.run(["compare", "no.py"], tmp_path)
    assert (alone.returncode, alone.stdout) == (2, "")
