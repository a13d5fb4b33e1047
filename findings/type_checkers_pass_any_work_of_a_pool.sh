#!/usr/bin/env bash
# Six type checkers pass pool.map(train, ["a"]) of a train(rate: float, steps: int), which raises, and refuse map(train, ["a"]) and pool.submit(train, "a").
#
# versions: mypy 2.4.1, pyright 1.1.414, basedpyright 1.40.2, pyrefly 1.5.0, ty 0.0.108, zuban 0.10.2, Python 3.11
# behaviour: the builtin map, submit of an executor and map of multiprocessing's pools check the arguments of the
#   function; map of a ThreadPoolExecutor or ProcessPoolExecutor, to which one changes a loop that is too slow, checks
#   neither their number nor their types, in the strictest mode either, nor do starmap and apply. The result keeps its
#   type, so that nothing looks unchecked, and the error comes only when a result is asked for: without that it is
#   never raised. For itertools.starmap it is reported (typeshed's issue 14892), as beyond what types can say;
#   executor.map could be typed as the builtin one is, and of it no report was found.
# output:
#   list(map(train, ["a"])): raises TypeError, passed by none
#   pool.submit(train, "a").result(): raises TypeError, passed by none
#   list(pool.map(train, ["a"])): raises TypeError, passed by all
#   list(pool.map(train, ["a"], ["b"], ["c"])): raises TypeError, passed by all
#   list(starmap(train, [("a", "b")])): raises TypeError, passed by all
#   other.map(train, ["a"]): raises TypeError, passed by none
#   other.starmap(train, [("a", "b")]): raises TypeError, passed by all
#   other.apply(train, ("a",)): raises TypeError, passed by all
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check mypy==2.4.1 pyright==1.1.414 \
  basedpyright==1.40.2 pyrefly==1.5.0 ty==0.0.108 zuban==0.10.2
cat > calls.py <<'PYTHON'
# pyright: strict
from concurrent.futures import ThreadPoolExecutor
from itertools import starmap
from multiprocessing.pool import ThreadPool


def train(rate: float, steps: int) -> float:
    return rate * steps / 2


def calls(pool: ThreadPoolExecutor, other: ThreadPool) -> None:
    print(list(map(train, ["a"])))
    print(pool.submit(train, "a").result())
    print(list(pool.map(train, ["a"])))
    print(list(pool.map(train, ["a"], ["b"], ["c"])))
    print(list(starmap(train, [("a", "b")])))
    print(other.map(train, ["a"]))
    print(other.starmap(train, [("a", "b")]))
    print(other.apply(train, ("a",)))
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
with calls.ThreadPoolExecutor(1) as pool, calls.ThreadPool(1) as other:
    known = {**vars(calls), "pool": pool, "other": other}
    for number, line in enumerate(Path("calls.py").read_text().splitlines(), 1):
        if line.startswith("    print("):
            text = line.strip()[6:-1]
            try:
                came = str(eval(text, known))
            except Exception as error:
                came = f"raises {type(error).__name__}"
            passed = [name for name in commands if name not in refused.get(number, ())]
            by = "all" if len(passed) == len(commands) else ", ".join(passed) or "none"
            print(f"{text}: {came}, passed by {by}")
PYTHON
PATH="$PWD/environment/bin:$PATH" environment/bin/python run.py | tee said.txt
diff said.txt - <<'EXPECTED'
list(map(train, ["a"])): raises TypeError, passed by none
pool.submit(train, "a").result(): raises TypeError, passed by none
list(pool.map(train, ["a"])): raises TypeError, passed by all
list(pool.map(train, ["a"], ["b"], ["c"])): raises TypeError, passed by all
list(starmap(train, [("a", "b")])): raises TypeError, passed by all
other.map(train, ["a"]): raises TypeError, passed by none
other.starmap(train, [("a", "b")]): raises TypeError, passed by all
other.apply(train, ("a",)): raises TypeError, passed by all
EXPECTED
