"""Judge the sets and report how often the diagnosis is right, false or silent.

    python -m benchmarks.naming [--set ab] [--every 5] [--kept FILE] [--seed 1] [--case NAME] [--show] [--write]

Work with any seed but `HELD_OUT`; `make naming` measures with that one and writes docs/diagnosis.md (`--write`).
"""

import argparse
import json
import random
import time
from pathlib import Path
from typing import Any

from benchmarks.naming import run, table
from benchmarks.naming.sets import KINDS, made_sets

ROOT = Path(__file__).parents[2]
#: The seed of the published figures. Do not look at its cases while you change the diagnosis.
HELD_OUT = 49_799_696


def main() -> None:
    """Judge the sets and report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", default=KINDS, help="the sets, as letters")
    parser.add_argument("--every", type=int, default=1, help="take every Nth case")
    parser.add_argument("--sample", type=int, help="take this number of cases, drawn with the seed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--case", help="only cases whose name contains this")
    parser.add_argument("--show", action="store_true", help="print the files")
    parser.add_argument("--whole", action="store_true", help="all stages")
    parser.add_argument("--output", type=Path, help="write the rows here, as JSON")
    parser.add_argument("--kept", type=Path, help="a file of rows, one per line; cases in it are not judged again")
    parser.add_argument("--write", action="store_true", help="write docs/diagnosis.md, with the held-out seed")
    options = parser.parse_args()
    seed = HELD_OUT if options.write else options.seed
    cases = [c for c in made_sets(seed, options.set) if not options.case or options.case in c.name][:: options.every]
    made = len(cases)
    if options.sample:
        random.Random(seed).shuffle(cases)
        cases = cases[: options.sample]
    if options.show:
        for case in cases:
            print(f"# {case.name}: {[(t.quantity, t.what, sorted(t.lines)) for t in case.truths]}\n{case.text}")
        return
    started, rows = time.perf_counter(), list[dict[str, Any]]()
    if options.kept and options.kept.exists():
        kept = [json.loads(line) for line in options.kept.read_text(encoding="utf-8").splitlines()]
        if other := {row["seed"] for row in kept} - {seed}:
            raise SystemExit(f"{options.kept} has rows of seed {other.pop()}, not of {seed}: name another file")
        rows += kept
        cases = [case for case in cases if case.name not in {row["case"] for row in rows}]
    for row in run.rows(cases, options.jobs, options.whole):
        row["seed"] = seed
        rows.append(row)
        if options.kept:
            with options.kept.open("a", encoding="utf-8") as file:
                file.write(json.dumps(row) + "\n")
        if not options.write:
            print(table.line(row), flush=True)
    if options.output:
        options.output.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    print("\n" + table.tables(rows))
    print(f"\n{len(rows)} cases of seed {seed}, {time.perf_counter() - started:.0f} s")
    if options.write:
        table.publish(rows, seed, made, ROOT / "docs" / "diagnosis.md")


if __name__ == "__main__":
    main()
