"""The cost of a failing check: it asks the submission more questions and looks for the line.

    python -m benchmarks.naming.cost [--each 6] [--batches 3] [--seed 1] [--write]

Each wrong submission is checked right after the right one of its style and hand, by the command, each in a process; the
ratio is that of the two wall times. A batch is a folder of all wrong ones, compared with one of as many right ones, in
turns; once whole, and once without MNIST, of which a network that learns slowly needs two more epochs. `chrt -r 50`
before the command gives steady ratios on a busy machine.
"""

import argparse
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.naming.case import Mistake, Unwritable, Writing, made
from benchmarks.naming.sets import KNOWN, MISTAKES, ROOT
from benchmarks.naming.templates import STYLES

BEGIN, END = "<!-- cost: begin -->", "<!-- cost: end -->"


def seconds(*words: str) -> float:
    """The wall time of a command of nnkata."""
    started = time.perf_counter()
    done = subprocess.run([sys.executable, "-m", "nnkata", *words], cwd=ROOT, capture_output=True, text=True)
    if done.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(words)}: {done.stderr or done.stdout}")
    return time.perf_counter() - started


def pair(style: str, rng: random.Random, mistake: Mistake) -> tuple[str, str] | None:
    """A right file, and the same one with a mistake; None if the style has no place for it."""
    writing = Writing.drawn(rng, style)
    try:
        return writing.text(), made("x", 0, writing, mistake, rng=rng).text
    except Unwritable:
        return None


def batches(folder: str, rounds: int, *more: str) -> tuple[float, float]:
    """The median wall times of a batch of the right submissions, and of one of the wrong ones, in turns."""
    times: dict[str, list[float]] = {"right": [], "wrong": []}
    for turn in range(rounds):
        for kind, found in times.items():
            output = f"{folder}/{kind}{turn}{''.join(more)}"
            found.append(seconds("grade", f"{folder}/{kind}", "--output", output, "--jobs", "2", *more))
            print(f"batch {kind} {' '.join(more)}: {found[-1]:.1f} s", flush=True)
    return statistics.median(times["right"]), statistics.median(times["wrong"])


def main() -> None:
    """Measure, and print the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--each", type=int, default=6, help="wrong submissions of each style")
    parser.add_argument("--batches", type=int, default=3, help="the number of times that each folder is graded")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true", help="write docs/diagnosis.md")
    options = parser.parse_args()
    rng = random.Random(options.seed)
    lines = ["| style | checks | median ratio | largest |", "| --- | ---: | ---: | ---: |"]
    every: list[float] = []
    with tempfile.TemporaryDirectory(prefix="cost-") as folder:
        for style in STYLES:
            ratios: list[float] = []
            for mistake in rng.sample((*MISTAKES, *KNOWN), len(MISTAKES) + len(KNOWN)):
                if len(ratios) == options.each or (files := pair(style, rng, mistake)) is None:
                    continue
                times = []
                for kind, text in zip(("right", "wrong"), files, strict=True):
                    file = Path(folder, kind, f"{style}{len(ratios)}.py")
                    file.parent.mkdir(exist_ok=True)
                    file.write_text(text, encoding="utf-8")
                    times.append(seconds("check", str(file), "--seed", "20"))
                ratios.append(times[1] / times[0])
                print(f"{style} {mistake.name}: {times[1]:.2f} s against {times[0]:.2f} s", flush=True)
            every += ratios
            lines.append(f"| {style} | {len(ratios)} | {statistics.median(ratios):.2f} | {max(ratios):.2f} |")
        lines.append(f"| all | {len(every)} | {statistics.median(every):.2f} | {max(every):.2f} |")
        whole, short = (batches(folder, options.batches, *more) for more in ((), ("--upto", "training")))
    text = (
        "\n".join(lines) + f"\n\nA folder of {len(every)} wrong ones takes {whole[1] / whole[0]:.2f} times as long as"
    )
    text += f" one of {len(every)} right ones ({whole[1]:.0f} s and {whole[0]:.0f} s, medians of {options.batches}); up"
    text += f" to `training`, before MNIST, {short[1] / short[0]:.2f} times ({short[1]:.0f} s and {short[0]:.0f} s)."
    print("\n" + text)
    if options.write:
        page = ROOT / "docs" / "diagnosis.md"
        old = page.read_text(encoding="utf-8")
        page.write_text(re.sub(f"{BEGIN}.*{END}", lambda _: f"{BEGIN}\n\n{text}\n\n{END}", old, flags=re.S), "utf-8")


if __name__ == "__main__":
    main()
