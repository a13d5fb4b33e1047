"""What each wall that works here costs: a worker's start, and a call; against a process without a wall.

    python scripts/walls_speed.py [ROUNDS]

Prints a Markdown table of medians in ms; on a quiet machine, with 20 rounds (half a minute for each wall).
"""

import statistics
import sys
import time
from pathlib import Path

from nnkata.errors import NotJudged
from nnkata.subject import Isolated, Subject, locate
from nnkata.subject.isolated import Launcher
from nnkata.subject.launch import plain
from nnkata.subject.limits import Limits
from nnkata.subject.walls import WALLS
from nnkata.subject.wasm import slower

PLAIN = Path(__file__).resolve().parents[1] / "solutions" / "correct" / "plain.py"
CALLS = 200


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


def main(rounds: int) -> None:
    """Print the table."""
    print("| wall | start, ms | a call, ms |\n|---|---:|---:|")
    launchers: dict[str, Launcher] = {"none (process)": plain}
    for wall in WALLS:
        try:
            wall.found()
        except NotJudged:
            continue
        wall.works()
        launchers[wall.name] = wall.launcher((PLAIN.name,))
    for name, launcher in launchers.items():
        start, call = measured(launcher, rounds)
        print(f"| {name} | {start:.1f} | {call:.2f} |")
    if "wasm" in launchers:
        print(f"\nPer-sample steps in WebAssembly take {slower():.1f} times as long as natively.")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 20)
