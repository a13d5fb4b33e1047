#!/usr/bin/env bash
# Of one seed, six draws of rng.integers in uint8 or bool are other numbers than twice three draws; in int64 they are the same.
#
# versions: numpy 2.4.6, Python 3.11
# behaviour: for most types and methods a stream does not care how it is cut: twice three numbers are six, as tests that
#   compare a loop with one call rely on. For uint8, uint16 and bool each call takes 32 random bits, cuts them into small
#   numbers, and throws the rest away when the call ends. Random labels in uint8, or a dropout mask in bool, thus change
#   with the size of the batch, the last incomplete one included, though the seed is the same. rng.bytes does so as
#   well. The documentation of integers has no word on it. np.random.RandomState.randint does the same in bool.
# output:
#   int64: one call [8, 6, 5, 2, 3, 0], two calls [8, 6, 5, 2, 3, 0]
#   uint8: one call [3, 5, 7, 8, 8, 9], two calls [3, 5, 7, 8, 9, 0]
#   bool: one call [1, 1, 1, 1, 1, 0], two calls [1, 1, 1, 1, 1, 1], one by one [1, 1, 1, 0, 0, 1]
#   random: the same, normal: the same, choice: the same, bytes: others
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numpy==2.4.6
cat > portions.py <<'PYTHON'
from collections.abc import Callable

import numpy as np

Draw = Callable[[np.random.Generator, int], np.ndarray]


def in_portions(draw: Draw, *sizes: int) -> list:
    rng = np.random.default_rng(0)
    return np.concatenate([draw(rng, size) for size in sizes]).tolist()


for name, high in (("int64", 10), ("uint8", 10), ("bool", 2)):
    draw: Draw = lambda rng, size: rng.integers(0, high, size, dtype=name)
    one, two, six = ([int(n) for n in in_portions(draw, *sizes)] for sizes in ((6,), (3, 3), (1,) * 6))
    print(f"{name}: one call {one}, two calls {two}" + (f", one by one {six}" if name == "bool" else ""))
others: dict[str, Draw] = {
    "random": lambda rng, size: rng.random(size),
    "normal": lambda rng, size: rng.normal(size=size),
    "choice": lambda rng, size: rng.choice(10, size),
    "bytes": lambda rng, size: np.frombuffer(rng.bytes(size), np.uint8),
}
print(", ".join(f"{name}: {'the same' if in_portions(draw, 6) == in_portions(draw, 3, 3) else 'others'}" for name, draw in others.items()))
PYTHON
environment/bin/python portions.py | tee said.txt
diff said.txt - <<'EXPECTED'
int64: one call [8, 6, 5, 2, 3, 0], two calls [8, 6, 5, 2, 3, 0]
uint8: one call [3, 5, 7, 8, 8, 9], two calls [3, 5, 7, 8, 9, 0]
bool: one call [1, 1, 1, 1, 1, 0], two calls [1, 1, 1, 1, 1, 1], one by one [1, 1, 1, 0, 0, 1]
random: the same, normal: the same, choice: the same, bytes: others
EXPECTED
