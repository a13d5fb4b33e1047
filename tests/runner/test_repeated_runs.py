"""The memory of earlier runs in the same process changes no verdict."""

import gc
import os
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnkata import registry
from nnkata.features import gherkin
from nnkata.places import contract_folder
from nnkata.runner import diagnosis
from nnkata.runner.direct_run import cases
from nnkata.runner.run import judge
from nnkata.runner.settings import Settings

Write = Callable[..., Path]
CLAUSES = frozenset([f"backward-{n}" for n in range(1, 13)] + [f"update-{n}" for n in range(1, 7)])


def found(path: Path, seed: int = 7, isolation: str = "process") -> Sequence[Any]:
    verdict = judge(Settings(str(path), seed=seed, only=CLAUSES, isolation=isolation))
    return [(c.clause, c.status, c.message, c.misconception) for c in verdict.clauses]


@pytest.fixture
def forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Clear the memory of earlier runs; failed clauses are repeated, as in a kata without a diagnosis."""
    monkeypatch.setattr(registry, "_current", [replace(registry.load("article"), diagnose=None)])
    monkeypatch.setattr(diagnosis, "_kept", {})
    cases.meant.cache_clear()


@pytest.mark.usefixtures("forgotten")
def test_a_second_submission_gets_the_verdict_that_it_would_get_alone(write: Write) -> None:
    ascent = write("ascent.py", **{"-= self.l_rate *": "+= self.l_rate *"})
    still = write("still.py", **{"np.outer(": "0 * np.outer("})
    alone = found(still)
    diagnosis._kept.clear()
    cases.meant.cache_clear()
    before = found(ascent)
    assert diagnosis._kept, "nothing was remembered, so nothing is tested"
    assert found(still) == alone
    assert found(ascent) == before
    assert {name for *_, name in before if name} == {"ascent"}


@pytest.mark.parametrize("isolation", ["process", "none"])
def test_a_run_that_has_ended_keeps_nothing_of_a_submission(isolation: str, write: Write) -> None:
    """pluggy keeps every plugin that was once registered, pytest-bdd each configuration that does not end."""
    right = write("right.py")
    found(right, isolation=isolation)
    before = living()
    found(write("ascent.py", **{"-= self.l_rate *": "+= self.l_rate *"}), isolation=isolation)
    found(right, isolation=isolation)  # pytest itself keeps the last failure of a session
    assert not living() - before


def living() -> Counter[str]:
    gc.collect()
    named = (type(each).__name__ for each in gc.get_objects())
    return Counter(name for name in named if name in ("Collector", "Prepared", "Result", "World"))


@pytest.mark.parametrize("isolation", ["process", "none"])
def test_a_run_does_not_depend_on_the_machines_other_folders(
    isolation: str, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It reads neither the folders above the contract's nor the installed packages."""
    looked: list[Path] = []
    scandir = os.scandir

    def noted(path: Any = ".") -> Any:
        looked.append(Path(os.fsdecode(path) if isinstance(path, str | bytes | os.PathLike) else "."))
        return scandir(path)

    def refused(*_arguments: object, **_more: object) -> Any:
        raise AssertionError("the metadata of all packages is read")

    path = write()
    monkeypatch.setattr(cases, "_kept", {})  # as in a process that has judged nothing yet
    gherkin._clauses_of.cache_clear()
    monkeypatch.setattr(os, "scandir", noted)
    monkeypatch.setattr("importlib.metadata.distributions", refused)
    verdict = judge(Settings(str(path), seed=7, only=frozenset(["update-1"]), isolation=isolation))
    assert [clause.status for clause in verdict.clauses if clause.clause == "update-1"] == ["passed"]
    assert (contract_folder() in looked) == (isolation == "none")  # where pytest collects the clauses
    assert not set(looked) & set(contract_folder().parents)


@pytest.mark.usefixtures("forgotten")
def test_another_seed_discards_the_results_of_the_one_before(write: Write) -> None:
    still = write(**{"np.outer(": "0 * np.outer("})
    found(still, seed=1)
    kept = set(diagnosis._kept)
    found(still, seed=2)
    assert kept
    assert diagnosis._kept_for[0] == 2
    assert found(still, seed=1) == found(still, seed=1)


@pytest.mark.usefixtures("forgotten")
def test_large_results_are_not_kept(write: Write) -> None:
    found(write(**{"np.outer(": "0 * np.outer("}))
    kept = [seen.evidence for seen in diagnosis._kept.values() if seen is not None]
    assert kept
    assert max(evidence.nbytes for evidence in kept if isinstance(evidence, np.ndarray)) <= diagnosis.KEPT_BYTES
    assert diagnosis._bytes([np.zeros(3), "text"]) == 24 + 4
