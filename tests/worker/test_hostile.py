"""Submissions that attack: none passes, none harms, the judging process survives, each verdict has its outcome.

Each file in `tests/hostile` describes its attack in the first line, and its outcome in `# expect:` lines: a clause, its
status (or several, with |), and a part of its message; or `unjudged` and a part of the reason. `# expect WALL:` lines
state a different outcome behind a wall.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from attacks import PAGE, page

from nnkata.reports.failure import Look
from nnkata.reports.formats.text import render
from nnkata.runner.run import judge, known_clauses
from nnkata.runner.settings import Settings
from nnkata.subject import NotFound
from nnkata.subject.walls.limits import Limits
from nnkata.subject.walls.sandbox import FIRST_USER
from nnkata.verdict import Verdict, encode

ROOT = Path(__file__).parents[2]
HOSTILE = ROOT / "tests" / "hostile"
ATTACKS = [*(path for path in sorted(HOSTILE.glob("*.py")) if path.name != "wrong.py"), HOSTILE / "configured"]
KNOWN = known_clauses()
#: Clauses of each stage that an attack may aim at: the whole contract would take minutes per attack.
AIMED_AT = frozenset(["initialization-7", "forward-2", "backward-1", "backward-2", "backward-8", "training-3"])
AIMED_AT |= {clause.tag for clause in KNOWN if clause.stage in ("typing", "from-scratch")}
#: An attack that takes a second or more of processor time in each call, or ends at a limit, meets the clauses that it
#: aims at; `hangs_deaf`, which waits instead, meets all.
BUSY = (
    *("hangs_in_a_call", "finds_the_reference", "fills_the_disk", "hides_what_it_writes", "eats_memory"),
    *("digs_deep_folders", "returns_a_giant", "warns_without_end", "prints_without_end", "odd_keys", "nests_deeply"),
    *("answers_before_it_is_asked",),
)
#: The traces of a successful attack, in its verdict or as a file.
MARK = "nnkata-was-here"
SECRET = "correct-horse-battery-staple"
#: Small limits, so that attacks that only a limit ends take little time.
LIMITS = Limits(call_seconds=2.0, clause_seconds=5.0, submission_seconds=20.0, memory_mb=1024)

pytestmark = pytest.mark.skipif(shutil.which("bwrap") is None, reason="needs bubblewrap: apt-get install bubblewrap")


@pytest.fixture(scope="module", params=["bubblewrap", "landlock", pytest.param("wasm", marks=pytest.mark.wasm)])
def wall(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def apart(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A private folder for temporary files."""
    with tempfile.TemporaryDirectory() as folder:
        monkeypatch.setattr(tempfile, "tempdir", folder)
        yield Path(folder)


def expectations(path: Path, wall: str) -> list[str]:
    source = path / "network.py" if path.is_dir() else path
    lines = source.read_bytes().decode(errors="replace").splitlines()
    of_this_wall = [line.split(": ", 1)[1] for line in lines if line.startswith(f"# expect {wall}: ")]
    return of_this_wall or [line.removeprefix("# expect: ") for line in lines if line.startswith("# expect: ")]


def verdict_on(path: Path, isolation: str, only: frozenset[str] = AIMED_AT, beside: bool = False) -> Verdict:
    """Judged as in a batch, in one process; `beside`: in two, as by `check`."""
    return judge(Settings(str(path), isolation=isolation, seed=1, only=only, limits=LIMITS, beside=beside))


def kit() -> dict[Path, tuple[int, int]]:
    """Each of our files, with its size and the kernel's time of its last change (ctime), which no program can set."""
    files = [*(ROOT / "nnkata").rglob("*.py"), *HOSTILE.rglob("*.py"), *(ROOT / "features").rglob("*.feature")]
    return {file: ((found := file.stat()).st_size, found.st_ctime_ns) for file in files}


def left_over() -> list[str]:
    """The processes of this judging process's sandbox user; unknown if that is an ordinary user.

    The kernel needs a moment to remove a process that has closed its files.
    """
    deadline = time.monotonic() + 30
    while (found := alive()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return found


def alive() -> list[str]:
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            if f"Uid:\t{FIRST_USER + os.getpid()}\t" in status.read_text():
                found.append(status.parent.name)
        except OSError:
            continue
    return found


def harm(text: str) -> list[str]:
    found = [word for word in (MARK, SECRET, "root:x:0") if word in text]
    return found + [str(path) for path in (Path("/tmp", MARK), Path.home() / MARK) if path.exists()]


@pytest.mark.parametrize("path", ATTACKS, ids=lambda path: str(path.stem))
def test_an_attack_gains_nothing_and_has_its_stated_outcome(
    path: Path, wall: str, apart: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NNKATA_SECRET", SECRET)
    expected, before = expectations(path, wall), kit()
    assert expected
    if expected[0].startswith("unjudged "):
        with pytest.raises(NotFound) as raised:
            verdict_on(path, wall)
        assert expected[0].removeprefix("unjudged ") in str(raised.value)
        assert harm(str(raised.value)) == []
    else:
        aims = {line.partition(" ")[0] for line in expected}
        whole = wall == "bubblewrap" and path.stem not in BUSY
        beside = any(aim.startswith("training-") for aim in aims)  # what the second process judges
        verdict = verdict_on(path, wall, AIMED_AT if whole else frozenset({*aims, "backward-2"}), beside)
        assert verdict.environment["isolation"] == f"sandbox, {wall}"
        assert not verdict.passed
        assert [result.clause for result in verdict.clauses] == [clause.tag for clause in KNOWN]
        results = {result.clause: result for result in verdict.clauses}
        for line in expected:
            tag, statuses, *text = line.split(" ", 2)
            assert results[tag].status in statuses.split("|"), results[tag]
            assert not text or text[0] in results[tag].message, results[tag].message
        shown = render(verdict, KNOWN, Look(every=True))
        told = msgspec.structs.replace(verdict, code={})  # lines of its own source, which name its attempts
        assert harm(encode(told).decode() + shown) == []
        assert not any(sign in shown for sign in "\x1b\x07\x08\r\u202e")
    assert kit() == before
    assert left_over() == []
    assert [*apart.iterdir()] == []


def test_after_all_of_them_the_judging_process_judges_as_before(wall: str) -> None:
    canary = verdict_on(ROOT / "solutions" / "correct" / "plain.py", wall, only=frozenset(["forward-2", "backward-2"]))
    assert canary.passed


def test_the_corpus_has_the_stated_size_and_each_attack_a_description() -> None:
    assert len(ATTACKS) >= 40
    for path in ATTACKS:
        source = path / "network.py" if path.is_dir() else path
        first = source.read_bytes().decode(errors="replace").splitlines()[0]
        assert first.startswith('"""')
        assert first.endswith('."""')


def test_without_the_sandbox_the_same_detectors_find_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "network.py"
    path.write_text((HOSTILE / "reads_system_files.py").read_text())
    (tmp_path / "wrong.py").write_text((HOSTILE / "wrong.py").read_text())
    verdict = verdict_on(path, isolation="process", only=frozenset(["backward-2"]))
    assert harm(encode(verdict).decode()) == ["root:x:0"]
    assert harm(f"{MARK} {SECRET}") == [MARK, SECRET]


def test_the_table_of_attacks_and_walls_is_current() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert page(text) == text, "run python scripts/attacks.py"
