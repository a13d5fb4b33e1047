"""The wall of WebAssembly, with the real program: `make test-wasm` installs the extra, which takes 98 MB."""

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from nnkata.runner.run import judge
from nnkata.runner.settings import Settings
from nnkata.subject import Isolated, Subject, locate
from nnkata.subject.walls import wasm
from nnkata.subject.walls.limits import Limits
from nnkata.subject.walls.sandbox import NoSandbox
from tests.conftest import Run

ROOT = Path(__file__).parents[2]
BODY = """
import os, sys, time
import numpy as np

class DeepNeuralNetwork:
    def __init__(self, sizes, epochs=10, l_rate=0.001):
        self.params = {}
    def act(self):
"""


@pytest.fixture
def act(tmp_path: Path) -> Iterator[Any]:
    opened = []

    def run(lines: str, **limits: Any) -> Any:
        path = tmp_path / "network.py"
        path.write_text(BODY + "\n".join(f"        {line}" for line in lines.split("\n")) + "\n")
        isolated = Isolated(locate(str(path)), Limits(**limits), partial(wasm.in_wasm, sources=("network.py",)))
        opened.append(isolated)
        isolated.launch()
        isolated.ready()
        return Subject(isolated).network([1, 1, 1, 1]).call("act").value

    yield run
    for isolated in opened:
        isolated.close()


@pytest.mark.wasm
def test_the_reference_conforms_and_clauses_about_warnings_are_skipped_with_the_reason() -> None:
    only = frozenset(["activations-1", "activations-13", "backward-2", "training-3", "mnist-1"])
    verdict = judge(Settings(str(ROOT / "reference" / "network.py"), isolation="wasm", seed=1, only=only))
    assert (verdict.passed, verdict.environment["isolation"]) == (True, "sandbox, wasm")
    results = {result.clause: result for result in verdict.clauses}
    assert results["activations-13"].status == "skipped"
    assert results["activations-13"].message == "NumPy gives no floating-point warnings in WebAssembly"
    assert {results[tag].status for tag in only - {"activations-13"}} == {"passed"}


@pytest.mark.wasm
def test_a_mistake_is_named_as_it_is_natively() -> None:
    only = frozenset(["backward-2"])
    for isolation in ("process", "wasm"):
        verdict = judge(Settings(str(ROOT / "solutions" / "printed.py"), isolation=isolation, seed=1, only=only))
        assert [result.misconception for result in verdict.failures] == ["scalar-gradient"]


@pytest.mark.wasm
def test_a_submission_sees_its_own_files_and_nothing_else(act: Any) -> None:
    lines = (
        "found = []\n"
        "for top in ('/', '/etc', '/tmp', '/submission', '/submission/..', '/kit/nnkata', '/root', '/proc'):\n"
        "    try: found.append([top, sorted(os.listdir(top))])\n"
        "    except OSError: pass\n"
        "return found"
    )
    found = dict(act(lines))
    assert found["/submission"] == ["network.py"]
    assert found["/tmp"] == []
    assert found["/kit/nnkata"] == ["__init__.py", "worker"]
    assert set(found) <= {"/", "/tmp", "/submission", "/kit/nnkata"}


@pytest.mark.wasm
def test_numpy_is_there_and_no_other_package(act: Any) -> None:
    lines = (
        "found = []\n"
        "for name in ('numpy.fft', 'statistics', 'json', 'scipy', 'sklearn', 'pandas', 'tqdm', 'socketserver'):\n"
        "    try: __import__(name); found.append(name)\n"
        "    except ImportError: pass\n"
        "return found"
    )
    assert act(lines) == ["numpy.fft", "statistics", "json", "socketserver"]


@pytest.mark.wasm
def test_it_writes_to_its_own_folder_alone_and_no_more_than_it_may(act: Any) -> None:
    lines = (
        "found = []\n"
        "for place in ('/tmp/x', '/submission/x', '/submission/network.py', '/kit/x', '/x'):\n"
        "    try: open(place, 'a').close(); found.append(place)\n"
        "    except OSError: pass\n"
        "return found"
    )
    assert act(lines) == ["/tmp/x"]
    many = "for i in range(8): open(f'/tmp/{i}', 'wb').write(bytes(3 << 20))\ntime.sleep(5)"
    with pytest.raises(Exception, match="it wrote more than the 4 MiB"):
        act(many, disk_mb=4)


@pytest.mark.wasm
def test_memory_and_time_are_limited_and_output_is_discarded(act: Any) -> None:
    assert act("try: return len(bytearray(300 << 20))\nexcept MemoryError: return 'no'", memory_mb=200) == "no"
    with pytest.raises(Exception, match="no answer within 2 s"):
        act("while True: pass", call_seconds=2.0)
    assert act("print('x' * 1000)\nsys.stderr.write('y')\nreturn sys.stdin.read()") == ""


@pytest.mark.wasm
def test_grade_prints_the_factor_that_it_measured_beforehand(nnkata: Run, tmp_path: Path) -> None:
    (tmp_path / "course").mkdir()
    for name in ("ada", "bob", "eve"):
        text = (ROOT / "solutions" / "correct" / "plain.py").read_text() + f"\n# {name}\n"
        (tmp_path / "course" / f"{name}.py").write_text(text)
    words = ["--output", tmp_path / "out", "--isolation", "wasm", "--jobs", "1", "--stage", "update"]
    done = nnkata("grade", tmp_path / "course", *words)
    assert done.returncode == 0, done.stderr
    assert "times the time of native code here; limits of time are 5-fold" in done.stderr
    for name in ("ada", "bob", "eve"):
        verdict = json.loads((tmp_path / "out" / "verdicts" / f"{name}.json").read_text())
        assert (verdict["passed"], verdict["environment"]["isolation"]) == (True, "sandbox, wasm")
    assert not [*(tmp_path / "out").glob(".work-*")]


def test_without_the_extra_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wasm, "find_spec", lambda name: None)
    with pytest.raises(NoSandbox, match=r"pip install 'nnkata\[wasm\]'"):
        wasm.prepare()


def test_the_progress_of_compiling_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    wasm._tell(10.2)
    wasm._tell(13.0)
    assert capsys.readouterr().err.count("compiling Python for WebAssembly, once: 10 s of about") == 1


def test_only_time_limits_are_longer() -> None:
    assert wasm.longer(Limits()) == Limits(
        processes=0, cpu_seconds=1500, call_seconds=50.0, clause_seconds=1500.0, submission_seconds=3000.0
    )
