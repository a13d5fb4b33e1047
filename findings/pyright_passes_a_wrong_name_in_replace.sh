#!/usr/bin/env bash
# pyright and ty pass replace(settings, rte=0.5) of a dataclass without such a field, and pyright row._replace(mrk=2) and isinstance(mark, "int"); each raises.
#
# versions: mypy 2.4.1, pyright 1.1.414, basedpyright 1.40.2, pyrefly 1.5.0, ty 0.0.108, zuban 0.10.2, Python 3.11
# behaviour: a training keeps its settings in a frozen dataclass, and each run changes one by dataclasses.replace.
#   All six refuse Settings(rte=0.5). The stubs type the changes of replace and _replace as anything; mypy, pyrefly
#   and zuban work the fields out themselves, ty those of a named tuple, and pyright and basedpyright none, in strict
#   mode either, so that a wrong name or a text for a number passes until it runs, and a text in place of a number
#   does not even raise there. The class written as a text in isinstance, as an annotation may be, also passes pyright
#   alone, with its fork.
# output:
#   Settings(rte=0.5): raises TypeError, refused by all
#   replace(settings, rte=0.5): raises TypeError, refused by mypy, pyrefly, zuban
#   replace(settings, hidden="many"): Settings(hidden='many', rate=0.1), refused by mypy, pyrefly, zuban
#   row._replace(mrk=2.0): raises ValueError, refused by mypy, pyrefly, ty, zuban
#   row._replace(mark="two"): Row(student='Ada', mark='two'), refused by mypy, pyrefly, ty, zuban
#   isinstance(mark, 5): raises TypeError, refused by all
#   isinstance(mark, "float"): raises TypeError, refused by mypy, pyrefly, ty, zuban
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check mypy==2.4.1 pyright==1.1.414 \
  basedpyright==1.40.2 pyrefly==1.5.0 ty==0.0.108 zuban==0.10.2
cat > calls.py <<'PYTHON'
# pyright: strict
from dataclasses import dataclass, replace
from typing import NamedTuple


@dataclass(frozen=True)
class Settings:
    hidden: int = 128
    rate: float = 0.1


class Row(NamedTuple):
    student: str
    mark: float


def calls(settings: Settings, row: Row, mark: float | str) -> None:
    print(Settings(rte=0.5))
    print(replace(settings, rte=0.5))
    print(replace(settings, hidden="many"))
    print(row._replace(mrk=2.0))
    print(row._replace(mark="two"))
    print(isinstance(mark, 5))
    print(isinstance(mark, "float"))
PYTHON
cat > run.py <<'PYTHON'
import re
import subprocess

import calls

commands = {
    "mypy": "mypy --strict --no-incremental", "pyright": "pyright", "basedpyright": "basedpyright",
    "pyrefly": "pyrefly check --output-format min-text", "ty": "ty check --output-format concise", "zuban": "zuban check --strict",
}
refused = {}
for checker, command in commands.items():
    said = subprocess.run(["environment/bin/" + command.split()[0], *command.split()[1:], "calls.py"], capture_output=True, text=True).stdout
    wrong = [line for line in said.splitlines() if "error" in line.lower() and "reportPrivateUsage" not in line]
    refused[checker] = {int(number) for line in wrong for number in re.findall(r"calls.py:(\d+)", line)}
names = {**vars(calls), "settings": calls.Settings(), "row": calls.Row("Ada", 7.0), "mark": 7.0}
for number, line in enumerate(open("calls.py"), 1):
    if not line.startswith("    print("):
        continue
    call = line.strip()[6:-1]
    try:
        answer = str(eval(call, names))
    except (TypeError, ValueError) as refusal:
        answer = "raises " + type(refusal).__name__
    refusing = [checker for checker in commands if number in refused[checker]]
    print(f"{call}: {answer}, refused by {'all' if len(refusing) == 6 else ', '.join(refusing) or 'none'}")
PYTHON
touch pyrefly.toml
VIRTUAL_ENV=$folder/environment environment/bin/python run.py | tee said.txt
diff said.txt - <<'EXPECTED'
Settings(rte=0.5): raises TypeError, refused by all
replace(settings, rte=0.5): raises TypeError, refused by mypy, pyrefly, zuban
replace(settings, hidden="many"): Settings(hidden='many', rate=0.1), refused by mypy, pyrefly, zuban
row._replace(mrk=2.0): raises ValueError, refused by mypy, pyrefly, ty, zuban
row._replace(mark="two"): Row(student='Ada', mark='two'), refused by mypy, pyrefly, ty, zuban
isinstance(mark, 5): raises TypeError, refused by all
isinstance(mark, "float"): raises TypeError, refused by mypy, pyrefly, ty, zuban
EXPECTED
