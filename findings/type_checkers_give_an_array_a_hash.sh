#!/usr/bin/env bash
# A dataclass with np.zeros(3) as a default and the largest of two arrays pass five type checkers, and an array as a key of a dict passes four; all raise.
#
# versions: numpy 2.4.6, mypy 2.4.1, basedpyright 1.40.2, pyrefly 1.5.0, ty 0.0.108, zuban 0.10.2, Python 3.11
# behaviour: NumPy's arrays have no hash, and no order among one another. A dataclass refuses a default without a
#   hash, since all its objects would share it; max and sorted need an order. The types of these are general enough
#   for every object: mypy --strict, basedpyright, pyrefly, ty and zuban pass them, and the error comes with the
#   import, or with the first call. The checkers do know that an array has no hash: all five refuse it as the argument
#   of a function with functools.cache. As a key of a dict or an element of a set basedpyright alone refuses it.
# output:
#   norm(W): raises TypeError, refused by mypy, basedpyright, pyrefly, ty, zuban
#   max([W, W + 1]): raises ValueError, refused by none
#   sorted([W, W + 1]): raises ValueError, refused by none
#   {W}: raises TypeError, refused by basedpyright
#   {W: 1}: raises TypeError, refused by basedpyright
#   w: Array = np.zeros(3): raises ValueError, refused by none
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numpy==2.4.6 mypy==2.4.1 \
  basedpyright==1.40.2 pyrefly==1.5.0 ty==0.0.108 zuban==0.10.2
cat > network.py <<'PYTHON'
import dataclasses
import functools

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
W = np.ones(2)


@functools.cache
def norm(w: Array) -> float:
    return float(np.sqrt((w * w).sum()))


def cached() -> float: return norm(W)
def largest() -> Array: return max([W, W + 1])
def ordered() -> list[Array]: return sorted([W, W + 1])
def member() -> set[Array]: return {W}
def key() -> dict[Array, int]: return {W: 1}


def layer() -> object:
    @dataclasses.dataclass
    class Layer:
        w: Array = np.zeros(3)
    return Layer()
PYTHON
cat > run.py <<'PYTHON'
import re
import subprocess

import network

commands = {
    "mypy": "mypy --strict --no-incremental", "basedpyright": "basedpyright", "pyrefly": "pyrefly check --output-format min-text",
    "ty": "ty check --output-format concise", "zuban": "zuban check --strict",
}
refused = {}
for checker, command in commands.items():
    said = subprocess.run(["environment/bin/" + command.split()[0], *command.split()[1:], "network.py"], capture_output=True, text=True).stdout
    wrong = [line for line in said.splitlines() if "error" in line.lower()]
    refused[checker] = {int(number) for line in wrong for number in re.findall(r"network.py:(\d+)", line)}
lines = open("network.py").read().splitlines()
for title, text in {
    "cached": "def cached", "largest": "def largest", "ordered": "def ordered", "member": "def member", "key": "def key", "layer": "w: Array = np",
}.items():
    number = next(number for number, line in enumerate(lines, 1) if text in line)
    try:
        getattr(network, title)()
        raised = "nothing"
    except (TypeError, ValueError) as refusal:
        raised = type(refusal).__name__
    refusing = [checker for checker in commands if number in refused[checker]]
    print(f"{lines[number - 1].strip().split('return ')[-1]}: raises {raised}, refused by {', '.join(refusing) or 'none'}")
PYTHON
{
    touch pyrefly.toml
    VIRTUAL_ENV=$folder/environment environment/bin/python run.py
} | tee said.txt
diff said.txt - <<'EXPECTED'
norm(W): raises TypeError, refused by mypy, basedpyright, pyrefly, ty, zuban
max([W, W + 1]): raises ValueError, refused by none
sorted([W, W + 1]): raises ValueError, refused by none
{W}: raises TypeError, refused by basedpyright
{W: 1}: raises TypeError, refused by basedpyright
w: Array = np.zeros(3): raises ValueError, refused by none
EXPECTED
