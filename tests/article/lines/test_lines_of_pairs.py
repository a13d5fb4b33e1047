"""The lines of two mistakes in different parts: each clause has that of the mistake which its reading is about."""

from pathlib import Path

import pytest

from nnkata.runner.run import judge
from nnkata.runner.settings import Settings
from tests.article.lines.test_lines_in_place import CLOSURES, MIXINS


@pytest.mark.parametrize(
    ("text", "first", "second", "clauses"),
    [
        (
            MIXINS,
            ("e /= e.sum()", "e /= e.mean()"),
            ("range(self.epochs)", "range(self.epochs - 1)"),
            ("activations-8", "training-3"),
        ),
        (
            CLOSURES,
            ("return np.outer(delta, a), W.T", "return 2 * np.outer(delta, a), W.T"),
            ("self.l_rate * change)", "self.l_rate + change)"),
            ("backward-3", "update-1"),
        ),
        (
            CLOSURES,
            ("return error * a * (1 - a)", "return error * a"),
            ("subtract(W, self.l_rate * change)", "subtract(W, self.l_rate * change.mean())"),
            ("backward-4", "training-1"),
        ),
    ],
)
def test_each_clause_of_a_pair_has_the_line_of_its_own_mistake(
    tmp_path: Path, text: str, first: tuple[str, str], second: tuple[str, str], clauses: tuple[str, str]
) -> None:
    assert text.count(first[0]) == text.count(second[0]) == 1
    path = tmp_path / "network.py"
    path.write_text(text.replace(*first).replace(*second), encoding="utf-8")
    verdict = judge(Settings(str(path), isolation="none", seed=3, only=frozenset(clauses)))
    lines = {clause.clause: clause.line for stage in verdict.stages for clause in stage.clauses if clause.line}
    meant = [text[: text.index(old)].count("\n") + 1 for old, _new in (first, second)]
    assert [lines[clause] for clause in clauses] == meant
