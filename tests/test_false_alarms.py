"""The fast part of the false-alarm benchmark: no clause fails for a correct implementation, with a few seeds each."""

import importlib.util
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]


def load() -> Any:
    spec = importlib.util.spec_from_file_location("false_alarms", ROOT / "benchmarks" / "false_alarms.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


benchmark = load()


@pytest.mark.parametrize("path", benchmark.VARIANTS, ids=lambda path: str(path.stem))
def test_a_correct_implementation_fails_nothing_with_any_of_a_few_seeds(path: Path) -> None:
    entry = benchmark.alarms(path, 4)
    assert entry["failures"] == []
    assert entry["clauses judged"] > 4 * len(benchmark.QUICK)


def test_an_incorrect_implementation_is_noticed() -> None:
    entry = benchmark.alarms(ROOT / "solutions" / "printed.py", 1)
    assert "backward-3" in {failure["clause"] for failure in entry["failures"]}
