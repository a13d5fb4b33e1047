"""Every benchmark of performance, one after the other, then the report: `make bench`, `make bench-quick`.

    python -m benchmarks [--quick] [--results DIR]

Each runs in a process of its own, so that none inherits the loaded modules of another.
"""

import subprocess
import sys
import time

from benchmarks import timing

#: The cost of a verdict, batches, peers, the reference, growth; the report comes last.
PARTS = ("verdict", "batch", "peers_cost", "reference_speed", "reference_trials", "growth", "report")


def main() -> None:
    """Run all of them; stop at the first failure."""
    options = timing.options(__doc__)
    more = [*(["--quick"] if options.quick else []), "--results", str(options.results)]
    for part in PARTS:
        print(f"\n=== {part}", flush=True)
        begun = time.perf_counter()
        done = subprocess.run([sys.executable, "-m", f"benchmarks.{part}", *more], cwd=timing.ROOT, check=False)
        if done.returncode:
            raise SystemExit(f"{part} ended with {done.returncode}")
        print(f"({time.perf_counter() - begun:.0f} s)")


if __name__ == "__main__":
    main()
