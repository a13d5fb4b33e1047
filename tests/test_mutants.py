"""The fast part of the mutation test: a sample of mutants, and the list of those that are equivalent."""

import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]


def load(name: str) -> Any:
    spec = importlib.util.spec_from_file_location(name, ROOT / "benchmarks" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


mutants = load("mutants")


@pytest.fixture(scope="module")
def found() -> Any:
    return list(mutants.mutants("solutions/correct/plain.py"))


@pytest.mark.filterwarnings("ignore::SyntaxWarning")  # a mutant may compare with `is`
def test_a_sample_of_mutants_is_killed_or_explained(found: Any, tmp_path: Path) -> None:
    sample = mutants.random.Random(5).sample(found, 12)
    results = list(mutants.judged(sample))
    assert [r for r in results if (r.killed is None) != (r.reason is not None)] == []
    assert any(r.killed for r in results)


def test_every_mutant_that_is_called_equivalent_exists(found: Any) -> None:
    file = "solutions/correct/plain.py"
    assert {key for key in mutants.EQUIVALENT if key[0] == file} <= {(m.file, m.after) for m in found}


def test_the_original_survives(tmp_path: Path) -> None:
    text = (ROOT / "solutions" / "correct" / "plain.py").read_text()
    assert mutants.killer(mutants.Mutant("plain.py", "none", 1, "", "", text), tmp_path) is None
