"""Does a clause ever fail for a correct implementation? Many seeds, all correct variants, any number of Pythons.

    python benchmarks/false_alarms.py [--seeds 200] [--output benchmarks/results/false_alarms.json] [VARIANT …]

Every variant is judged with every seed on all behaviour and on its imports, and with every twentieth seed on the whole
contract. The result is added to the file, one entry per Python version and variant; run it once with each Python.
"""

import argparse
import json
import platform
import time
from pathlib import Path
from typing import Any

import numpy as np

from nnkata.katas.article import CONTRACT
from nnkata.runner.run import judge, known_clauses
from nnkata.runner.settings import Settings

ROOT = Path(__file__).parents[1]
VARIANTS = (ROOT / "reference" / "network.py", *sorted((ROOT / "solutions" / "correct").glob("*.py")))
WHOLE_EVERY = 20
QUICK = frozenset(clause.tag for clause in known_clauses() if clause.stage not in ("mnist", "typing"))


def alarms(path: Path, seeds: int) -> dict[str, Any]:
    """The failures of a variant with the seeds 0 to `seeds` - 1: an entry of the result."""
    failures, judged, started = [], 0, time.perf_counter()
    for seed in range(seeds):
        verdict = judge(Settings(str(path), seed=seed, only=None if seed % WHOLE_EVERY == 0 else QUICK))
        judged += sum(clause.status != "skipped" for clause in verdict.clauses)
        failures += [{"seed": seed, "clause": c.clause, "message": c.message[:300]} for c in verdict.failures]
    return {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "contract": CONTRACT,
        "variant": path.relative_to(ROOT).as_posix(),
        "seeds": seeds,
        "clauses judged": judged,
        "failures": failures,
        "seconds": round(time.perf_counter() - started),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=200)
    parser.add_argument("--output", type=Path)
    parser.add_argument("variants", nargs="*", type=Path, default=VARIANTS, metavar="VARIANT", help="these files alone")
    options = parser.parse_args()
    entries: list[dict[str, Any]] = []
    if options.output and options.output.exists():
        entries = json.loads(options.output.read_text())
    failed = 0
    for path in options.variants:
        entry = alarms(path.resolve(), options.seeds)
        failed += len(entry["failures"])
        print(json.dumps(entry), flush=True)
        key = (entry["python"], entry["variant"])
        entries = [old for old in entries if (old["python"], old["variant"]) != key] + [entry]
        if options.output:
            temporary = options.output.with_suffix(f".{platform.python_version()}.part")
            temporary.write_text(json.dumps(entries, indent=1) + "\n")
            temporary.replace(options.output)
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
