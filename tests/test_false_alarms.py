"""The fast part of the false-alarm benchmark: no clause fails for a correct implementation, with a few seeds each."""

from pathlib import Path

import pytest

from benchmarks import false_alarms

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("path", false_alarms.VARIANTS, ids=lambda path: str(path.stem))
def test_a_correct_implementation_fails_nothing_with_any_of_a_few_seeds(path: Path) -> None:
    entry = false_alarms.alarms(path, 2)
    assert entry["failures"] == []
    assert entry["clauses judged"] > 2 * len(false_alarms.QUICK)


def test_an_incorrect_implementation_is_noticed() -> None:
    entry = false_alarms.alarms(ROOT / "solutions" / "printed.py", 1)
    assert "backward-3" in {failure["clause"] for failure in entry["failures"]}
