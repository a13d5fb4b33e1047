"""Grades a batch with one attack in four submissions, behind a wall; prints its leftovers and its time.

    python scripts/siege.py [--count 200] [--wall landlock] [--kill]

Prints JSON: the largest memory of the coordinator, and the remaining processes, temporary files and zombies. With
`--kill`, it kills the coordinator as soon as its processes work. docs/security.md has the results.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

ROOT = Path(__file__).resolve().parents[1]
HOSTILE = ROOT / "tests" / "hostile"
RIGHT = ROOT / "solutions" / "correct" / "plain.py"
#: Seconds for the kernel and the janitor to clean up; a quiet machine needs one.
CLEARED_SECONDS = 65.0


ATTACKS = tuple(path.stem for path in sorted(HOSTILE.glob("*.py")) if path.name != "wrong.py")


def course(folder: Path, count: int, attacks: Sequence[str]) -> None:
    """Write this number of submissions, every fourth one hostile."""
    for number in range(count):
        home = folder / f"s{number:03}"
        home.mkdir(parents=True)
        hostile = HOSTILE / f"{attacks[number // 4 % len(attacks)]}.py"
        (home / "network.py").write_bytes((RIGHT if number % 4 else hostile).read_bytes() + f"\n# {number}\n".encode())
        (home / "wrong.py").write_bytes((HOSTILE / "wrong.py").read_bytes())


def siege(
    count: int,
    wall: str,
    jobs: int = 2,
    kill: bool = False,
    stages: Sequence[str] = (),
    attacks: Sequence[str] = ATTACKS,
) -> dict[str, Any]:
    """Run the batch; return the results."""
    with tempfile.TemporaryDirectory(prefix="siege-") as name:
        folder, mark = Path(name), f"siege-{os.getpid()}-{time.monotonic_ns()}"
        course(folder / "course", count, attacks)
        (folder / "pyproject.toml").write_text(
            "[tool.nnkata.limits]\ncall_seconds = 2\nclause_seconds = 5\nsubmission_seconds = 20\nmemory_mb = 1024\n"
        )
        command = [sys.executable, "-m", "nnkata", "grade", "course", "--output", "out", "--jobs", str(jobs)]
        command += ["--isolation", wall, *(word for stage in stages for word in ("--stage", stage))]
        environment = {**os.environ, "SIEGE": mark, "TMPDIR": str(folder / "tmp"), "LANGUAGE": "en"}
        (folder / "tmp").mkdir()
        before, began = zombies(), time.monotonic()
        with (folder / "said").open("w") as said:
            process = subprocess.Popen(command, cwd=folder, env=environment, stdout=said, stderr=said)
        peak = 0
        while process.poll() is None:
            peak = max(peak, memory(process.pid))
            if kill and len([*folder.glob("out/.work-*/nnkata-*")]) >= jobs:
                process.send_signal(signal.SIGKILL)
            time.sleep(0.05)
        seconds, deadline = time.monotonic() - began, time.monotonic() + CLEARED_SECONDS
        while (left := leftovers(folder, mark, before)) != NOTHING and time.monotonic() < deadline:
            time.sleep(0.1)
        verdicts = [json.loads(path.read_text()) for path in (folder / "out" / "verdicts").glob("*.json")]
        passed = sorted(found["implementation"] for found in verdicts if found["passed"])
        hostile = [name for name in passed if int(name[1:]) % 4 == 0]
        ended = {"status": process.returncode, "seconds": round(seconds, 1), "coordinator_mb": round(peak / 1024)}
        return {"wall": wall, "count": count, **ended, "verdicts": len(verdicts), "hostile_passed": hostile, **left}


NOTHING: dict[str, list[str]] = {"processes": [], "files": [], "zombies": []}


def leftovers(folder: Path, mark: str, before: set[str]) -> dict[str, list[str]]:
    """New processes, temporary files and zombies."""
    processes = []
    for environ in Path("/proc").glob("[0-9]*/environ"):
        try:
            if mark.encode() in environ.read_bytes() or str(folder).encode() in environ.read_bytes():
                processes.append(environ.parent.name)
        except OSError:
            continue
    work = [str(path) for path in (folder / "out").glob(".work-*")]
    files = [*work, *(str(path) for path in (folder / "tmp").iterdir())]
    return {"processes": processes, "files": files, "zombies": sorted(zombies() - before)}


def zombies() -> set[str]:
    """Ended processes that no process has waited for."""
    found = set()
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(") ")[2].split()
        except OSError:
            continue
        if fields[0] == "Z" and fields[1] == str(os.getpid()):
            found.add(status.parent.name)
    return found


def memory(pid: int) -> int:
    """The memory of a process in KiB."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0)


@click.command(help=__doc__)
@click.option("--count", default=200)
@click.option("--wall", default="landlock")
@click.option("--jobs", default=2)
@click.option("--kill", is_flag=True)
@click.option("--stage", "stages", multiple=True)
def main(count: int, wall: str, jobs: int, kill: bool, stages: tuple[str, ...]) -> None:
    """Print the results."""
    print(json.dumps(siege(count, wall, jobs, kill, stages), indent=1))


if __name__ == "__main__":
    main()
