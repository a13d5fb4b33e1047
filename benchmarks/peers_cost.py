"""The cost of the same clauses in other tools: plain pytest, otter-grader, nbgrader.

    python -m benchmarks.peers_cost [--quick]

Each checks the same implementation against the same clauses (benchmarks/peers/), as a command from the shell, in turn;
before it is timed, each has to pass a right implementation and fail a wrong one. None of the peers has a wall around
the submission, a time limit per call, or a name for a mistake; `nnkata check --isolation none` has no wall either.
Peers that are not installed are left out. Writes benchmarks/results/peers.json.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import timing
from benchmarks.peers import assignment
from benchmarks.verdict import timed

ROOT = timing.ROOT
SUBMISSIONS = {"reference": "reference/network.py", "article's code, corrected": "solutions/correct/plain.py"}
RIGHT, WRONG = "solutions/correct/plain.py", "solutions/printed.py"
#: The number of clauses of the peers: all up to mnist, except the one that needs the whole of MNIST.
CLAUSES = 84
#: The options of nnkata for the peers' clauses: all stages up to mnist.
SAME = ("--upto", "mnist")


@dataclass(frozen=True)
class Peer:
    """A command that checks a submission against the clauses, and its record of the result.

    `line` (the command) and `record` (the path) take the submission's name, `passed` takes the record.
    """

    line: Callable[[str], list[str]]
    record: Callable[[str], Path]
    passed: Callable[[Path], bool]
    folder: Path = ROOT

    def act(self, name: str) -> Callable[[], object]:
        """The run on one submission; it raises RuntimeError if that fails or leaves no record."""

        def run() -> None:
            record = self.record(name)
            record.unlink(missing_ok=True)
            variables = {"PEER_SUBMISSION": str(ROOT / name), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
            environment = {**assignment.environment(), **variables}
            done = subprocess.run(
                self.line(name), cwd=self.folder, env=environment, capture_output=True, text=True, check=False
            )
            if not (record.is_file() and self.passed(record)):
                raise RuntimeError(f"{' '.join(self.line(name))}: {(done.stdout + done.stderr)[-500:]}")

        return run


def plain_pytest(folder: Path) -> Peer:
    """Pytest without any plugin, in one process."""
    record = folder / "pytest.xml"
    line = [sys.executable, "-m", "pytest", "-q", "-c", os.devnull, "--rootdir", str(ROOT), "-p", "no:cacheprovider"]
    line += ["--import-mode=importlib", f"--junitxml={record}", str(ROOT / "benchmarks" / "peers")]
    return Peer(lambda name: line, lambda name: record, lambda path: 'errors="0" failures="0"' in path.read_text())


def otter(folder: Path) -> Peer:
    """`otter run`, which grades like `otter grade`, but without a container."""
    line = [sys.executable, "-m", "otter", "run", "--no-logo", "-a", str(assignment.otter(folder)), "-o", str(folder)]

    def passed(record: Path) -> bool:
        tests = json.loads(record.read_text(encoding="utf-8"))["tests"]
        return len(tests) > len(assignment.functions()) and not [t for t in tests if t.get("status") == "failed"]

    return Peer(lambda name: [*line, str(ROOT / name)], lambda name: folder / "results.json", passed, folder)


def nbgrader(folder: Path) -> Peer:
    """`nbgrader autograde` of one student's notebook."""
    names = {*SUBMISSIONS.values(), WRONG}
    students = {name: name.replace("/", "-").removesuffix(".py") for name in names}
    course = assignment.nbgrader(folder, {students[name]: ROOT / name for name in names})
    line = [sys.executable, "-m", "nbgrader", "autograde", "network", "--force", "--student"]

    def passed(record: Path) -> bool:
        cells = json.loads(record.read_text(encoding="utf-8"))["cells"]
        run = [cell for cell in cells if cell["metadata"].get("nbgrader", {}).get("grade")]
        kinds = [output["output_type"] for cell in run for output in cell["outputs"]]
        done = all(cell["execution_count"] for cell in run)
        return len(run) == len(assignment.functions()) and done and "error" not in kinds

    def record(name: str) -> Path:
        return course / "autograded" / students[name] / "network" / "network.ipynb"

    return Peer(lambda name: [*line, students[name]], record, passed, course)


def nnkata(folder: Path, *more: str) -> Peer:
    """`nnkata check`."""
    report = folder / "verdict.json"
    line = [sys.executable, "-m", "nnkata", "check", "--seed", "1", "--format", "json", "--output", str(report), *more]

    def passed(record: Path) -> bool:
        stages = json.loads(record.read_text(encoding="utf-8"))["stages"]
        return not [c for stage in stages for c in stage["clauses"] if c["status"] not in ("passed", "skipped")]

    return Peer(lambda name: [*line, str(ROOT / name)], lambda name: report, passed)


def peers(folder: Path) -> tuple[dict[str, Peer], list[str]]:
    """The installed peers, by name, and the names of the others."""
    found = {"plain pytest": plain_pytest(folder)}
    found["nnkata check --isolation none"] = nnkata(folder, *SAME, "--isolation", "none")
    found["nnkata check"] = nnkata(folder, *SAME)
    found["nnkata check, typing and from-scratch too"] = nnkata(folder)
    missing = []
    for package, make in {"otter-grader": otter, "nbgrader": nbgrader}.items():
        if timing.version(package):
            found[package] = make(folder)
        else:
            missing.append(package)
    return found, missing


def sound(peer: Peer) -> bool:
    """Whether it passes the right submission and fails the wrong one."""
    peer.act(RIGHT)()
    try:
        peer.act(WRONG)()
    except RuntimeError:
        return True
    return False


def measure(rounds: int, folder: Path) -> dict[str, Any]:
    """The seconds of each peer on each submission, and their ratio to those of plain pytest."""
    found, missing = peers(folder)
    for name, peer in found.items():
        if not sound(peer):
            raise SystemExit(f"{name} passes {WRONG}: its tests did not run")
    rows = {}
    for label, submission in SUBMISSIONS.items():
        acts = {name: timed(peer.act(submission)) for name, peer in found.items()}
        taken = timing.in_turn(acts, rounds, warm=0)  # `sound` has warmed all up
        rows[label] = {
            name: {"seconds": timing.spread(values), "times_plain_pytest": timing.ratio(values, taken["plain pytest"])}
            for name, values in taken.items()
        }
    return {"rounds": rounds, "clauses": CLAUSES, "not_installed": missing, "submissions": rows}


def main() -> None:
    """Measure, write the results, and print them."""
    options = timing.options(__doc__)
    with tempfile.TemporaryDirectory() as folder:
        found = measure(options.pick(5, 1), Path(folder))
    options.write("peers", found)
    for label, rows in found["submissions"].items():
        print(label)
        for name, row in rows.items():
            print(f"  {name:<42} {row['seconds']['median']:7.2f} s, {row['times_plain_pytest']['median']:.2f} times")
    if found["not_installed"]:
        print("not installed:", ", ".join(found["not_installed"]))


if __name__ == "__main__":
    main()
