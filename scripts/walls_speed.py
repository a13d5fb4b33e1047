"""The cost of each working wall: a worker's start, a call, one more submission of a batch; compared with no wall.

    python scripts/walls_speed.py [ROUNDS]

Prints a Markdown table of medians; on a quiet machine, with 20 rounds (two minutes for each wall). A submission of a
batch is the difference between `nnkata grade` of ten and of two, up to the stage `update`, with two jobs; the walls
take turns.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from nnkata.errors import NotJudged
from nnkata.subject import Isolated, Subject, locate
from nnkata.subject.isolated import Launcher
from nnkata.subject.walls.choice import WALLS
from nnkata.subject.walls.launch import plain
from nnkata.subject.walls.limits import Limits
from nnkata.subject.walls.wasm import slower

PLAIN = Path(__file__).resolve().parents[1] / "solutions" / "correct" / "plain.py"
CALLS = 200
BATCHES = (2, 10)


def measured(launcher: Launcher, rounds: int) -> tuple[float, float]:
    """Medians in ms: until a submission is imported, and of a small call; the first start is not counted."""
    starts, calls = [], []
    for _ in range(rounds + 1):
        began = time.perf_counter()
        isolated = Isolated.open(locate(str(PLAIN)), Limits(), launcher)
        starts.append(1e3 * (time.perf_counter() - began))
        network = Subject(isolated).network([4, 3, 3, 2])
        began = time.perf_counter()
        for _ in range(CALLS):
            network.call("softmax", [1.0, 2.0])
        calls.append(1e3 * (time.perf_counter() - began) / CALLS)
        isolated.close()
    return statistics.median(starts[1:]), statistics.median(calls[1:])


def one_more(wall: str) -> float:
    """Seconds that one more submission adds to a batch with two jobs."""
    seconds = []
    for count in BATCHES:
        with tempfile.TemporaryDirectory() as name:
            course = Path(name, "course")
            course.mkdir()
            for number in range(count):
                text = PLAIN.read_text(encoding="utf-8") + f"\n# {number}\n"
                (course / f"student{number}.py").write_text(text, encoding="utf-8")
            command = [sys.executable, "-m", "nnkata", "grade", str(course), "--output", str(Path(name, "out"))]
            command += ["--jobs", "2", "--isolation", wall, "--upto", "update"]
            began = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True, timeout=600)
            seconds.append(time.perf_counter() - began)
    return (seconds[1] - seconds[0]) / (BATCHES[1] - BATCHES[0])


def main(rounds: int) -> None:
    """Print the table."""
    print("| wall | start, ms | a call, ms | one more of a batch, s |\n|---|---:|---:|---:|")
    launchers: dict[str, Launcher] = {"process": plain}
    for wall in WALLS:
        try:
            wall.found()
        except NotJudged:
            continue
        wall.works()
        launchers[wall.name] = wall.launcher((PLAIN.name,))
    more: dict[str, list[float]] = {name: [] for name in launchers}
    for _ in range(max(1, rounds // 4)):
        for name, found in more.items():
            found.append(one_more(name))
    for name, launcher in launchers.items():
        start, call = measured(launcher, rounds)
        label = "none (process)" if name == "process" else name
        print(f"| {label} | {start:.1f} | {call:.2f} | {statistics.median(more[name]):.3f} |")
    if "wasm" in launchers:
        print(f"\nPer-sample steps in WebAssembly take {slower():.1f} times as long as natively.")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 20)
