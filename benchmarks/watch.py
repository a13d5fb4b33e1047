"""The time from a save to the answer of `nnkata watch`, in a real terminal.

    python -m benchmarks.watch [--saves 20]

A file is saved repeatedly, alternately right and with the article's scalar gradient; the time runs from the write until
the screen states the result. MNIST and the types follow later and do not count. Writes benchmarks/results/watch.json.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path

import pexpect

from benchmarks import timing
from nnkata.runner.run import known_clauses
from nnkata.watching.watch import LATER

RIGHT = (timing.ROOT / "solutions" / "correct" / "plain.py").read_text(encoding="utf-8")
WRONG = RIGHT.replace('np.outer(error, params["A1"])', 'np.dot(error, params["A2"])')
QUICK = sum(not LATER & set(clause.tags) for clause in known_clauses())
ANSWERS = {RIGHT: f"{QUICK} of {QUICK} clauses pass", WRONG: "✗ backward"}


def answers(saves: int) -> list[float]:
    """The seconds until the answer to each save."""
    if WRONG == RIGHT:
        raise SystemExit("the mistake does not occur in plain.py any more")
    found = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "mine.py")
        path.write_text(RIGHT, encoding="utf-8")
        child = pexpect.spawn(
            sys.executable,
            ["-m", "nnkata", "watch", "mine.py", "--seed", "1"],
            cwd=folder,
            env={**os.environ, "NO_COLOR": "1", "LANGUAGE": "en", "TERM": "xterm"},
            timeout=60,
            encoding="utf-8",
            dimensions=(50, 80),
        )
        child.expect(ANSWERS[RIGHT])
        for number in range(saves):
            time.sleep(0.5)  # nobody saves faster
            text = (WRONG, RIGHT)[number % 2]
            begun = time.perf_counter()
            path.write_text(text, encoding="utf-8")
            child.expect(ANSWERS[text])
            found.append(time.perf_counter() - begun)
        child.close(force=True)
    return found


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--saves", type=int, default=20)
    options = parser.parse_args()
    found = {"saves": options.saves, "machine": timing.machine(), "seconds": timing.spread(answers(options.saves))}
    (timing.RESULTS / "watch.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(found["seconds"])


if __name__ == "__main__":
    main()
