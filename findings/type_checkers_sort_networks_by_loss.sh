#!/usr/bin/env bash
# Six type checkers pass max((loss, network), (other, its_network)) and a dataclass(order=True) of both, though a network has no order: each raises as soon as two losses are equal.
#
# versions: mypy 2.4.1, pyright 1.1.414, basedpyright 1.40.2, pyrefly 1.5.0, ty 0.0.108, zuban 0.10.2, Python 3.11,
#   NumPy 2.4.6
# behaviour: the best of several runs, kept as a pair of its loss and its network: while all losses differ, the
#   networks are never compared, and the first tie, such as two accuracies of 0.98, is a TypeError; an array in place
#   of the network is a ValueError. sorted([network, other]) is refused by all six. The stubs say that tuples and
#   lists of any items can be compared with <, and a checker takes the comparison of a generated __lt__ as given; ty
#   alone looks into the tuple, for the operator and not for max or sorted. A key, key=lambda pair: pair[0], or a
#   counter in the middle, which heapq's documentation advises, avoids it. Reported for mypy (issue 21042, open) and
#   for pyright, where it is as designed (3864).
# output:
#   sorted([a, b]): raises TypeError, passed by none
#   max((0.5, a), (0.4, b)) == (0.5, a): True, passed by all
#   max((0.5, a), (0.5, b)): raises TypeError, passed by all
#   sorted([(0.5, a), (0.5, b)]): raises TypeError, passed by all
#   bisect.bisect([(0.5, a)], (0.5, b)): raises TypeError, passed by all
#   (0.5, a) < (0.5, b): raises TypeError, passed by mypy, pyright, basedpyright, pyrefly, zuban
#   [0.5, a] < [0.5, b]: raises TypeError, passed by all
#   max(Pair(0.5, a), Pair(0.5, b)): raises TypeError, passed by all
#   Entry(0.5, a) < Entry(0.5, b): raises TypeError, passed by all
#   max((0.5, w), (0.5, w + 1)): raises ValueError, passed by all
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check mypy==2.4.1 pyright==1.1.414 \
  basedpyright==1.40.2 pyrefly==1.5.0 ty==0.0.108 zuban==0.10.2 numpy==2.4.6
cat > calls.py <<'PYTHON'
# pyright: strict
import bisect
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray


class Network:
    pass


@dataclass(order=True)
class Entry:
    loss: float
    network: Network


class Pair(NamedTuple):
    loss: float
    network: Network


def calls(a: Network, b: Network, w: NDArray[np.float64]) -> None:
    print(sorted([a, b]))
    print(max((0.5, a), (0.4, b)) == (0.5, a))
    print(max((0.5, a), (0.5, b)))
    print(sorted([(0.5, a), (0.5, b)]))
    print(bisect.bisect([(0.5, a)], (0.5, b)))
    print((0.5, a) < (0.5, b))
    print([0.5, a] < [0.5, b])
    print(max(Pair(0.5, a), Pair(0.5, b)))
    print(Entry(0.5, a) < Entry(0.5, b))
    print(max((0.5, w), (0.5, w + 1)))


GIVEN: dict[str, Any] = {"a": Network(), "b": Network(), "w": np.zeros(2)}
PYTHON
cat > run.py <<'PYTHON'
import re
import subprocess
from pathlib import Path

import calls

commands = {
    "mypy": "mypy --strict --no-incremental", "pyright": "pyright", "basedpyright": "basedpyright --level error",
    "pyrefly": "pyrefly check --output-format min-text", "ty": "ty check --output-format concise",
    "zuban": "zuban check --strict",
}
Path("pyrefly.toml").touch()
refused = {}
for name, command in commands.items():
    told = subprocess.run(f"environment/bin/{command} calls.py", shell=True, capture_output=True, text=True)
    for line in (told.stdout + told.stderr).splitlines():
        place = re.search(r"calls\.py:(\d+)", line)
        if place and "error" in line.lower():
            refused.setdefault(int(place[1]), set()).add(name)
for number, line in enumerate(Path("calls.py").read_text().splitlines(), 1):
    if line.startswith("    print("):
        text = line.strip()[6:-1]
        try:
            came = str(eval(text, {**vars(calls), **calls.GIVEN}))
        except Exception as error:
            came = f"raises {type(error).__name__}"
        passed = [name for name in commands if name not in refused.get(number, ())]
        by = "all" if len(passed) == len(commands) else ", ".join(passed) or "none"
        print(f"{text}: {came}, passed by {by}")
PYTHON
PATH="$PWD/environment/bin:$PATH" environment/bin/python run.py | tee said.txt
diff said.txt - <<'EXPECTED'
sorted([a, b]): raises TypeError, passed by none
max((0.5, a), (0.4, b)) == (0.5, a): True, passed by all
max((0.5, a), (0.5, b)): raises TypeError, passed by all
sorted([(0.5, a), (0.5, b)]): raises TypeError, passed by all
bisect.bisect([(0.5, a)], (0.5, b)): raises TypeError, passed by all
(0.5, a) < (0.5, b): raises TypeError, passed by mypy, pyright, basedpyright, pyrefly, zuban
[0.5, a] < [0.5, b]: raises TypeError, passed by all
max(Pair(0.5, a), Pair(0.5, b)): raises TypeError, passed by all
Entry(0.5, a) < Entry(0.5, b): raises TypeError, passed by all
max((0.5, w), (0.5, w + 1)): raises ValueError, passed by all
EXPECTED
