#!/usr/bin/env bash
# A method with super() of a dataclass(slots=True), and a cached_property of one, raise TypeError at the first call; six type checkers pass both, and attrs' define, which has slots too, runs them.
#
# versions: mypy 2.4.1, pyright 1.1.414, basedpyright 1.40.2, pyrefly 1.5.0, ty 0.0.108, zuban 0.10.2, Python 3.11,
#   attrs 26.1.0
# behaviour: slots are added to save memory, or against misspelt attributes, and the class works as before until a
#   method calls super() or the cached_property is read. dataclass has to make a second class for the slots; super()
#   without arguments still means the first one, of which the object is no instance. A cached_property needs the
#   __dict__ that slots take away. Neither decorator nor checker says so, with any option of strictness. attrs rewires
#   both. Python's issue on super() is 90562, and 3.14 mends it (the documentation of dataclass names it; no checker
#   does).
# output:
#   Plain().step(): 0.1, passed by all
#   Slots().step(): raises TypeError, passed by all
#   Attrs().step(): 0.1, passed by all
#   Plain().half: 0.05, passed by all
#   Cached().half: raises TypeError, passed by all
#   Attrs().half: 0.05, passed by all
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check mypy==2.4.1 pyright==1.1.414 \
  basedpyright==1.40.2 pyrefly==1.5.0 ty==0.0.108 zuban==0.10.2 attrs==26.1.0
cat > calls.py <<'PYTHON'
# pyright: strict
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import attrs


class Optimizer:
    def step(self) -> float:
        return 1.0


@dataclass
class Plain(Optimizer):
    rate: float = 0.1

    def step(self) -> float:
        return super().step() * self.rate

    @cached_property
    def half(self) -> float:
        return self.rate / 2


@dataclass(slots=True)
class Slots(Optimizer):
    rate: float = 0.1

    def step(self) -> float:
        return super().step() * self.rate


@dataclass(slots=True)
class Cached:
    rate: float = 0.1

    @cached_property
    def half(self) -> float:
        return self.rate / 2


@attrs.define
class Attrs(Optimizer):
    rate: float = 0.1

    def step(self) -> float:
        return super().step() * self.rate

    @cached_property
    def half(self) -> float:
        return self.rate / 2


def calls() -> None:
    print(Plain().step())
    print(Slots().step())
    print(Attrs().step())
    print(Plain().half)
    print(Cached().half)
    print(Attrs().half)


GIVEN: dict[str, Any] = {}
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
Plain().step(): 0.1, passed by all
Slots().step(): raises TypeError, passed by all
Attrs().step(): 0.1, passed by all
Plain().half: 0.05, passed by all
Cached().half: raises TypeError, passed by all
Attrs().half: 0.05, passed by all
EXPECTED
