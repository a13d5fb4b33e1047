"""A known failure may fail, and has to leave the list when it passes."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
Write = Callable[..., Path]


@pytest.fixture
def ascending(write: Write) -> Path:
    return write(**{"-= self.l_rate *": "+= self.l_rate *"})


def check(nnkata: Run, path: Path, table: str) -> tuple[int, dict[str, dict[str, Any]]]:
    (path.parent / "pyproject.toml").write_text(f"[tool.nnkata]\nknown_failures = {table}\n")
    done = nnkata("check", path.name, "--stage", "update", "--format", "json", cwd=path.parent)
    clauses = [clause for stage in json.loads(done.stdout)["stages"] for clause in stage["clauses"]]
    return done.returncode, {clause["clause"]: clause for clause in clauses}


def test_a_known_failure_may_fail(nnkata: Run, ascending: Path) -> None:
    _, clauses = check(nnkata, ascending, "{}")
    failing = [name for name, clause in clauses.items() if clause["status"] == "failed"]
    assert failing
    status, clauses = check(nnkata, ascending, "{" + ", ".join(f'{name} = "not yet"' for name in failing) + "}")
    assert status == 0
    assert {clauses[name]["status"] for name in failing} == {"skipped"}
    assert clauses[failing[0]]["message"] == "known to fail: not yet"


def test_another_failure_still_fails(nnkata: Run, ascending: Path) -> None:
    status, clauses = check(nnkata, ascending, '{update-1 = "not yet"}')
    assert status == 1
    assert clauses["update-1"]["status"] == "skipped"
    assert clauses["update-2"]["misconception"] == "ascent"


def test_a_known_failure_that_passes_is_an_error_until_removed(nnkata: Run, write: Write) -> None:
    status, clauses = check(nnkata, write(), '{update-1 = "not yet"}')
    assert status == 1
    assert clauses["update-1"]["status"] == "failed"
    assert "take it out" in clauses["update-1"]["message"]


def test_nothing_to_read_is_shown_for_a_clause_that_passes(nnkata: Run, write: Write) -> None:
    path = write()
    (path.parent / "pyproject.toml").write_text('[tool.nnkata]\nknown_failures = {update-1 = "not yet"}\n')
    done = nnkata("check", path.name, "--stage", "update", "--hint", cwd=path.parent)
    assert "take it out" in done.stdout
    assert not {"To read:", "Why:", "Hint:  "} & {line[:7] for line in done.stdout.splitlines()}
    path.write_text(path.read_text().replace("-= self.l_rate *", "+= self.l_rate *"))
    done = nnkata("check", path.name, "--stage", "update", cwd=path.parent)
    assert "To read:" in done.stdout  # a real failure has them


def test_a_clause_that_does_not_exist_is_an_error(nnkata: Run, write: Write) -> None:
    path = write()
    (path.parent / "pyproject.toml").write_text('[tool.nnkata]\nknown_failures = {update-99 = "why"}\n')
    done = nnkata("check", path.name, cwd=path.parent)
    assert done.returncode == 2
    assert "there is no clause update-99" in done.stderr
