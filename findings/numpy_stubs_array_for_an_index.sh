#!/usr/bin/env bash
# To six type checkers names[np.argsort(marks)] of a list is a str and range(labels) a range; both raise, and [1, 2, 3] * labels is a list to them, and an array when it runs.
#
# versions: NumPy 2.4.6, mypy 2.4.1, pyright 1.1.414, basedpyright 1.40.2, pyrefly 1.5.0, ty 0.0.108, zuban 0.10.2, Python 3.11
# behaviour: NumPy's stubs give every array of integers __index__, which works for one number alone, and every array
#   __float__, so that an array passes wherever an index, a count or a number is wanted. A list sorted by the order of
#   its marks, the commonest slip of those who come from arrays, is a str to all six; of them mypy and pyrefly also
#   pass a mask of bools as the index of a list. math.sqrt takes any array, and the axis of np.concatenate and np.mean
#   too: the second array, for which a pair of brackets is missing, is an axis. A slice of an array by a float, x[:
#   len(x) / 2], passes five, though the same slice of a list is refused by all. Found in no issue for arrays in place
#   of indices; without annotations on the function mypy would check none of it anyway.
# output:
#   names[np.argsort(marks)]: raises TypeError, passed by all
#   names[chosen]: raises TypeError, passed by mypy, pyrefly
#   range(labels): raises TypeError, passed by all
#   [1, 2, 3] * labels: ndarray [1 4 9], passed by all
#   "ab" * labels: raises TypeError, passed by all
#   math.sqrt(marks): raises TypeError, passed by all
#   np.concatenate(marks[:, None], labels): raises TypeError, passed by all
#   np.mean([1, 2], [3, 4]): raises TypeError, passed by all
#   marks[: len(marks) / 2]: raises TypeError, passed by mypy, pyright, basedpyright, pyrefly, ty
#   names[: len(names) / 2]: raises TypeError, passed by none
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numpy==2.4.6 mypy==2.4.1 pyright==1.1.414 \
  basedpyright==1.40.2 pyrefly==1.5.0 ty==0.0.108 zuban==0.10.2
cat > calls.py <<'PYTHON'
# pyright: strict
import math

import numpy as np
from numpy.typing import NDArray


def calls(names: list[str], marks: NDArray[np.float64], labels: NDArray[np.int64], chosen: NDArray[np.bool_]) -> None:
    print(names[np.argsort(marks)])
    print(names[chosen])
    print(range(labels))
    print([1, 2, 3] * labels)
    print("ab" * labels)
    print(math.sqrt(marks))
    print(np.concatenate(marks[:, None], labels))
    print(np.mean([1, 2], [3, 4]))
    print(marks[: len(marks) / 2])
    print(names[: len(names) / 2])
PYTHON
cat > run.py <<'PYTHON'
import re
import subprocess
from pathlib import Path

import numpy as np

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
known = {
    "names": ["Ada", "Bo", "Cy"], "marks": np.array([7.5, 3.0, 9.0]), "labels": np.array([1, 2, 3]),
    "chosen": np.array([True, False, True]), "np": np, "math": __import__("math"),
}
for number, line in enumerate(Path("calls.py").read_text().splitlines(), 1):
    if line.startswith("    print("):
        text = line.strip()[6:-1]
        try:
            value = eval(text, known)
            came = f"{type(value).__name__} {value}"
        except Exception as error:
            came = f"raises {type(error).__name__}"
        passed = [name for name in commands if name not in refused.get(number, ())]
        by = "all" if len(passed) == len(commands) else ", ".join(passed) or "none"
        print(f"{text}: {came}, passed by {by}")
PYTHON
PYRIGHT_PYTHON_IGNORE_WARNINGS=1 PATH="$PWD/environment/bin:$PATH" environment/bin/python run.py | tee said.txt
diff said.txt - <<'EXPECTED'
names[np.argsort(marks)]: raises TypeError, passed by all
names[chosen]: raises TypeError, passed by mypy, pyrefly
range(labels): raises TypeError, passed by all
[1, 2, 3] * labels: ndarray [1 4 9], passed by all
"ab" * labels: raises TypeError, passed by all
math.sqrt(marks): raises TypeError, passed by all
np.concatenate(marks[:, None], labels): raises TypeError, passed by all
np.mean([1, 2], [3, 4]): raises TypeError, passed by all
marks[: len(marks) / 2]: raises TypeError, passed by mypy, pyright, basedpyright, pyrefly, ty
names[: len(names) / 2]: raises TypeError, passed by none
EXPECTED
