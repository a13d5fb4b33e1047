#!/usr/bin/env bash
# An Enum of activation functions, RELU = relu and IDENTITY = lambda x: x, has no members: a loop over it runs no test, and Activation["RELU"] raises KeyError; six type checkers pass the loop, and five the index.
#
# versions: Python 3.11 with its enum, mypy 2.4.1, pyright 1.1.414, basedpyright 1.40.2, pyrefly 1.5.0, ty 0.0.108,
#   zuban 0.10.2
# behaviour: What is assigned in the body of an Enum is a member, unless it is a descriptor, and a function is one:
#   it becomes a method, as under def. So len(Activation) is 0, list(Activation) is empty, and a loop that compares
#   the derivative of each function with its slope passes whatever they are. Activation.RELU(2.0) works, as a plain
#   function, so that nothing is missed; a class such as math.floor's, a builtin or a NumPy ufunc, TANH = np.tanh, has
#   no __get__ and is a member. So an Enum of both is looped over in part. The checkers know it in one place: for
#   Activation.RELU.value all but zuban report an error, since the type of RELU is a function's. The loop is passed by
#   all, with their strictest options, and Activation["RELU"].value by all but pyrefly. The documentation of enum
#   names descriptors, and functools.partial changes sides in 3.13. enum.member(relu), since 3.11, makes a member of
#   it.
# output:
#   members: 0 [] - of the mixed one: ['FLOOR', 'TANH', 'LEAKY']
#   RELU of -2 and 2: 0.0 2.0
#   looked_up: KeyError
#   value: AttributeError
#   mypy refuses: value
#   pyright refuses: value
#   basedpyright refuses: value
#   pyrefly refuses: index, value
#   ty refuses: value
#   zuban refuses: none of the three
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check mypy==2.4.1 pyright==1.1.414 \
  basedpyright==1.40.2 pyrefly==1.5.0 ty==0.0.108 zuban==0.10.2 numpy==2.4.6
cat > activations.py <<'PYTHON'
import math
from enum import Enum, member

import numpy as np


def relu(x: float) -> float:
    return max(x, 0.0)


class Activation(Enum):
    RELU = relu
    IDENTITY = lambda x: x


class Mixed(Enum):
    RELU = relu
    FLOOR = math.floor
    TANH = np.tanh
    LEAKY = member(relu)


def tested() -> list[str]:
    return [activation.name for activation in Activation]  # loop


def looked_up() -> object:
    return Activation["RELU"].value  # index


def value() -> object:
    return Activation.RELU.value  # value


if __name__ == "__main__":
    print("members:", len(Activation), tested(), "- of the mixed one:", [activation.name for activation in Mixed])
    print("RELU of -2 and 2:", Activation.RELU(-2.0), Activation.RELU(2.0))
    for call in (looked_up, value):
        try:
            print(f"{call.__name__}:", call())
        except (KeyError, AttributeError) as error:
            print(f"{call.__name__}: {type(error).__name__}")
PYTHON
cat > checkers.py <<'PYTHON'
import pathlib
import re
import subprocess

pathlib.Path("pyrefly.toml").touch()
lines = pathlib.Path("activations.py").read_text().splitlines()
places = {name: next(i for i, line in enumerate(lines, 1) if line.endswith(f"# {name}")) for name in ("loop", "index", "value")}
commands = {
    "mypy": ["--strict", "--no-pretty"],
    "pyright": [],
    "basedpyright": [],
    "pyrefly": ["check", "--output-format", "min-text"],
    "ty": ["check", "--output-format", "concise"],
    "zuban": ["check", "--strict"],
}
for name, options in commands.items():
    said = subprocess.run([f"environment/bin/{name}", *options, "activations.py"], capture_output=True, text=True, check=False)
    found = {int(line) for line in re.findall(r"activations\.py:(\d+).*error", said.stdout, re.IGNORECASE)}
    found |= {int(line) for line in re.findall(r"ERROR .*activations\.py:(\d+)", said.stdout)}
    print(f"{name} refuses:", ", ".join(place for place, line in places.items() if line in found) or "none of the three")
PYTHON
{ environment/bin/python activations.py; PATH="$folder/environment/bin:$PATH" environment/bin/python checkers.py; } | tee said.txt
diff said.txt - <<'EXPECTED'
members: 0 [] - of the mixed one: ['FLOOR', 'TANH', 'LEAKY']
RELU of -2 and 2: 0.0 2.0
looked_up: KeyError
value: AttributeError
mypy refuses: value
pyright refuses: value
basedpyright refuses: value
pyrefly refuses: index, value
ty refuses: value
zuban refuses: none of the three
EXPECTED
