#!/usr/bin/env bash
# Five times client.submit(train) of dask.distributed is one training: five runs of a network with a spread of exactly 0.
#
# versions: distributed 2026.8.0, dask 2026.8.0, Python 3.11
# behaviour: a function is taken for pure: calls of one function with the same arguments have the same key, and a key is
#   computed once while a future of it is alive. A network that starts at random is trained once, and its accuracy comes
#   back five times; client.map over five equal arguments does the same. concurrent.futures, whose interface this is,
#   calls five times. pure=False, which the documentation names for functions that draw random numbers, helps, and so
#   does an argument of its own for each run.
# output:
#   concurrent.futures: 5 calls, 5 different results
#   distributed: 1 calls, 1 different results
#   distributed, map over [0, 0, 0, 0, 0]: 1 calls, 1 different results
#   distributed, pure=False: 5 calls, 5 different results
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check distributed==2026.8.0 dask==2026.8.0
cat > once.py <<'PYTHON'
import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from distributed import Client

CALLS = Path("calls.txt")  # not a list: the function is sent to the worker as a copy


def train(layers: int = 3) -> float:
    with CALLS.open("a") as file:
        file.write("called\n")
    return random.random()


def report(name: str, futures: list) -> None:
    different = len({future.result() for future in futures})
    print(f"{name}: {len(CALLS.read_text().split())} calls, {different} different results")
    CALLS.unlink()


if __name__ == "__main__":
    with ThreadPoolExecutor(1) as pool:
        report("concurrent.futures", [pool.submit(train) for _ in range(5)])
    with Client(processes=False, n_workers=1, threads_per_worker=1, dashboard_address=None) as client:
        report("distributed", [client.submit(train) for _ in range(5)])
        report("distributed, map over [0, 0, 0, 0, 0]", client.map(train, [0] * 5))
        report("distributed, pure=False", [client.submit(train, pure=False) for _ in range(5)])
PYTHON
environment/bin/python once.py | tee said.txt
diff said.txt - <<'EXPECTED'
concurrent.futures: 5 calls, 5 different results
distributed: 1 calls, 1 different results
distributed, map over [0, 0, 0, 0, 0]: 1 calls, 1 different results
distributed, pure=False: 5 calls, 5 different results
EXPECTED
