"""Does the real `nnkata grade` account for each of a thousand mixed entries, of which one in five is faulty?

    python -m benchmarks.courses [--count N]

The networks are the reference in forty different texts, so that equal ones are looked up and not judged again; one
stage is judged. Prints the outcomes of the entries, and the time; docs/course-folders.md quotes them.
"""

import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.grading.thousand import COUNT, make

ROOT = Path(__file__).parents[1]
TEXTS = 40


def main(count: int) -> bool:
    reference = (ROOT / "reference" / "network.py").read_bytes()
    with tempfile.TemporaryDirectory() as made:
        course, output = Path(made, "course"), Path(made, "out")
        truth = make(course, [reference + b"# %d\n" % number for number in range(TEXTS)], count)
        entries = len(list(course.iterdir()))
        command = [sys.executable, "-m", "nnkata", "grade", str(course), "--output", str(output)]
        started = time.monotonic()
        done = subprocess.run([*command, "--stage", "update"], capture_output=True, text=True, check=False)
        seconds = time.monotonic() - started
        with (output / "gradebook.csv").open(encoding="utf-8") as file:
            rows = {row["submission"]: row for row in csv.DictReader(file)}
        summary = json.loads((output / "summary.json").read_bytes())
    passed = {name for name, row in rows.items() if row["status"] == "passed"}
    refused = {name for name, row in rows.items() if row["status"] == "not-judged"}
    print(f"{count} students in {entries} entries, {len(truth.faulty)} of them faulty")
    print(f"{os.cpu_count()} cores, {seconds:.0f} s")
    print(
        f"lost: {len((truth.good | truth.faulty) - set(rows))}, of nobody: {len(set(rows) - truth.good - truth.faulty)}"
    )
    print(f"right ones that do not pass: {len(truth.good - passed)}")
    print(f"faulty ones that are judged: {len(truth.faulty - refused)}")
    print(f"without a reason: {sum(not row['why'] for row in rows.values() if row['status'] == 'not-judged')}")
    print(f"entries accounted for: {summary['accounted']}")
    told = sum(line.startswith("not judged: ") for line in done.stdout.splitlines())
    print(f"lines 'not judged': {told}, exit status {done.returncode}")
    for name in sorted((truth.good - passed) | (truth.faulty - refused))[:20]:
        print(" ", name, rows.get(name, {}).get("status"), rows.get(name, {}).get("why"))
    accounted = summary["accounted"]["entries"] == entries and told == len(truth.faulty)
    return accounted and passed == truth.good and refused == truth.faulty


if __name__ == "__main__":
    number = int(sys.argv[sys.argv.index("--count") + 1]) if "--count" in sys.argv else COUNT
    sys.exit(0 if main(number) else 1)
