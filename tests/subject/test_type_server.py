"""The processes and the cache of mypy: submissions share them and do not affect each other."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from nnkata.errors import NotJudged
from nnkata.runner.submission.source import sources
from nnkata.runner.typecheck import check as typecheck
from nnkata.runner.typecheck import servers
from nnkata.runner.typecheck.check import TypeCheck
from nnkata.subject import locate
from tests.subject.checked_types import REFERENCE, check, said

Write = Callable[..., Path]


@pytest.fixture
def idle(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[servers.Server]]:
    started: list[servers.Server] = []
    for module in (typecheck, servers):
        monkeypatch.setattr(module, "idle", started)
    yield started
    for server in started:
        server.end()


def test_submissions_checked_at_the_same_time_do_not_affect_each_other(tmp_path: Path) -> None:
    text = REFERENCE.read_text(encoding="utf-8")
    paths = []
    for number in range(4):  # with one cache for all, 3 of 40 got the module of another one
        paths.append(tmp_path / f"student{number}.py")
        paths[-1].write_text(text, encoding="utf-8")
    for _ in range(3):
        located = [locate(str(path)) for path in paths]
        running = [TypeCheck(implementation, sources(implementation)) for implementation in located]
        try:
            assert [said(types) for types in running] == [([], [])] * len(paths)
        finally:
            for types in running:
                types.close()


def test_a_submission_leaves_nothing_in_the_cache_that_the_next_one_sees(
    tmp_path: Path, write: Write, monkeypatch: pytest.MonkeyPatch, idle: list[servers.Server]
) -> None:
    monkeypatch.setenv("NNKATA_CACHE", str(tmp_path / "cache"))

    def files() -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in (tmp_path / "cache").rglob("*") if path.is_file()}

    check(REFERENCE)
    before = files()
    assert any(path.endswith(".db") or path.endswith(".json") for path in before)
    check(write(end="def f(x):\n    return x"))
    assert files() == before


def test_without_a_writable_cache_mypys_findings_are_the_same(
    tmp_path: Path, write: Write, monkeypatch: pytest.MonkeyPatch, idle: list[servers.Server]
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("NNKATA_CACHE", str(tmp_path / "file"))
    for path, clean in ((REFERENCE, True), (write(end="def f(x):\n    return x"), False)):
        implementation = locate(str(path))
        types = TypeCheck(implementation, sources(implementation))
        try:
            errors, differences = said(types)
            assert (errors == []) == clean
            assert differences == []
        finally:
            types.close()


def test_mypys_memory_is_limited() -> None:
    implementation = locate(str(REFERENCE))
    types = TypeCheck(implementation, sources(implementation), memory_mb=40)
    try:
        with pytest.raises(NotJudged, match="mypy ended with status"):  # 40 MiB are less than it needs
            types.trouble()
    finally:
        types.close()


def test_a_killed_type_server_is_asked_again() -> None:
    implementation = locate(str(REFERENCE))
    types = TypeCheck(implementation, sources(implementation))
    assert types._server is not None
    types._server._process.kill()
    assert (types.trouble(), types.findings(), types.differences()) == ([], [], [])
    types.close()
    assert check(REFERENCE) == ([], [])


@pytest.mark.parametrize("seconds", [0.0, servers.MYPY_SECONDS])
def test_without_an_answer_of_mypy_the_types_are_not_judged(
    seconds: float, monkeypatch: pytest.MonkeyPatch, idle: list[servers.Server]
) -> None:
    monkeypatch.setattr(servers, "MYPY_SECONDS", seconds)
    if seconds:
        monkeypatch.setattr(servers.Server, "ask", lambda server, request: server._process.kill())
    said = "mypy's process has ended" if seconds else "mypy gave no answer within 0 s"
    implementation = locate(str(REFERENCE))
    types = TypeCheck(implementation, sources(implementation))
    for asked in (types.trouble, types.findings, types.differences):
        with pytest.raises(NotJudged, match=said):
            asked()
    types.close()


def test_one_type_server_serves_several_submissions(write: Write, idle: list[servers.Server]) -> None:
    right, wrong = write("right.py"), write("wrong.py", end="def f(x):\n    return x")
    answers = [check(path)[0] for path in (right, wrong, right)]
    assert [bool(errors) for errors in answers] == [False, True, False]
    assert len(idle) == 1


def test_a_server_that_was_started_ahead_is_asked(idle: list[servers.Server]) -> None:
    servers.start()
    ahead = [*idle]
    assert check(REFERENCE) == ([], [])
    assert len(ahead) == 1
    assert idle == ahead
