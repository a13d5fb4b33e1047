#!/usr/bin/env bash
# isinstance(x, list[int]) raises TypeError and passes ty; isinstance(x, Any) and isinstance(x, int | list[int]) pass mypy --strict, and an alias of NDArray[np.float64] passes pyrefly and ty.
#
# versions: mypy 2.4.1, pyright 1.1.414, basedpyright 1.40.2, pyrefly 1.5.0, ty 0.0.108, zuban 0.10.2, Python 3.11,
#   NumPy 2.4.6
# behaviour: a type that is written in annotations is no class, and isinstance refuses it as the program runs. Each
#   of six checkers knows that for some types, and for others it does not: a TypedDict, a Literal and a Callable are
#   refused by all six, list[int] by all but ty, a union that contains it by all but mypy and pyrefly, and Any by all
#   but mypy; pyright, basedpyright and zuban refuse all eleven. NumPy's name for annotations looks like a class most:
#   NDArray[np.float64] passes ty, and an alias of it pyrefly too. Such a line stands where input is checked, often in
#   a branch that no test enters. mypy's issue on generics in isinstance (2373) is closed as mended, for the plain
#   form; of unions and Any nothing was found.
# output:
#   isinstance(x, Row): raises TypeError, passed by none
#   isinstance(x, Literal["a"]): raises TypeError, passed by none
#   isinstance(x, Callable[[int], int]): raises TypeError, passed by none
#   isinstance(x, list[int]): raises TypeError, passed by ty
#   isinstance(x, (float, list[int])): raises TypeError, passed by pyrefly, ty
#   isinstance(x, int | list[int]): raises TypeError, passed by mypy, pyrefly
#   isinstance(x, Numbers): raises TypeError, passed by mypy, pyrefly
#   isinstance(x, Any): raises TypeError, passed by mypy
#   isinstance(x, NDArray[np.float64]): raises TypeError, passed by ty
#   isinstance(x, Vector): raises TypeError, passed by pyrefly, ty
#   isinstance(x, np.ndarray[Any, Any]): raises TypeError, passed by ty
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check mypy==2.4.1 pyright==1.1.414 \
  basedpyright==1.40.2 pyrefly==1.5.0 ty==0.0.108 zuban==0.10.2 numpy==2.4.6
cat > calls.py <<'PYTHON'
# pyright: strict
from collections.abc import Callable
from typing import Any, Literal, TypedDict

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Numbers = int | list[int]


class Row(TypedDict):
    mark: float


def calls(x: object) -> None:
    print(isinstance(x, Row))
    print(isinstance(x, Literal["a"]))
    print(isinstance(x, Callable[[int], int]))
    print(isinstance(x, list[int]))
    print(isinstance(x, (float, list[int])))
    print(isinstance(x, int | list[int]))
    print(isinstance(x, Numbers))
    print(isinstance(x, Any))
    print(isinstance(x, NDArray[np.float64]))
    print(isinstance(x, Vector))
    print(isinstance(x, np.ndarray[Any, Any]))


GIVEN: dict[str, Any] = {"x": np.zeros(3)}
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
isinstance(x, Row): raises TypeError, passed by none
isinstance(x, Literal["a"]): raises TypeError, passed by none
isinstance(x, Callable[[int], int]): raises TypeError, passed by none
isinstance(x, list[int]): raises TypeError, passed by ty
isinstance(x, (float, list[int])): raises TypeError, passed by pyrefly, ty
isinstance(x, int | list[int]): raises TypeError, passed by mypy, pyrefly
isinstance(x, Numbers): raises TypeError, passed by mypy, pyrefly
isinstance(x, Any): raises TypeError, passed by mypy
isinstance(x, NDArray[np.float64]): raises TypeError, passed by ty
isinstance(x, Vector): raises TypeError, passed by pyrefly, ty
isinstance(x, np.ndarray[Any, Any]): raises TypeError, passed by ty
EXPECTED
