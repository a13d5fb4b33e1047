#!/usr/bin/env bash
# mypy refuses "{:d}".format(accuracy) of a float and passes f"{accuracy:d}"; four other checkers pass both, and f"{loss:.3f}" of an array: all raise.
#
# versions: numpy 2.4.6, mypy 2.4.1, basedpyright 1.40.2, pyrefly 1.5.0, ty 0.0.108, zuban 0.10.2, Python 3.11
# behaviour: mypy checks the formats of % and of str.format against the types of what they format, and the number of
#   the placeholders. It turns an f-string into str.format with a computed specification before it looks, so that
#   there nothing is checked (known upstream, open since 2021). basedpyright, pyrefly, ty and zuban check none of the
#   three. The line that prints the loss at the end of an epoch is the usual place: it passes while the loss is a
#   number, and raises once it is an array, after the training.
# output:
#   "{:d}".format(accuracy): raises ValueError, refused by mypy
#   "%d of %d" % (accuracy,): raises TypeError, refused by mypy
#   "{} of {}".format(accuracy): raises IndexError, refused by mypy
#   f"{accuracy:d}": raises ValueError, refused by none
#   f"{loss:.3f}": raises TypeError, refused by none
#   "{:.3f}".format(loss): raises TypeError, refused by mypy
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numpy==2.4.6 mypy==2.4.1 \
  basedpyright==1.40.2 pyrefly==1.5.0 ty==0.0.108 zuban==0.10.2
cat > texts.py <<'PYTHON'
import numpy as np
from numpy.typing import NDArray


def by_format(accuracy: float, loss: NDArray[np.float64]) -> str: return "{:d}".format(accuracy)
def by_percent(accuracy: float, loss: NDArray[np.float64]) -> str: return "%d of %d" % (accuracy,)
def too_few(accuracy: float, loss: NDArray[np.float64]) -> str: return "{} of {}".format(accuracy)
def f_string(accuracy: float, loss: NDArray[np.float64]) -> str: return f"{accuracy:d}"
def f_array(accuracy: float, loss: NDArray[np.float64]) -> str: return f"{loss:.3f}"
def array(accuracy: float, loss: NDArray[np.float64]) -> str: return "{:.3f}".format(loss)
PYTHON
cat > run.py <<'PYTHON'
import re
import subprocess

import numpy as np
import texts

commands = {
    "mypy": "mypy --strict --no-incremental", "basedpyright": "basedpyright", "pyrefly": "pyrefly check --output-format min-text",
    "ty": "ty check --output-format concise", "zuban": "zuban check --strict",
}
refused = {}
for checker, command in commands.items():
    said = subprocess.run(["environment/bin/" + command.split()[0], *command.split()[1:], "texts.py"], capture_output=True, text=True).stdout
    wrong = [line for line in said.splitlines() if "error" in line.lower()]
    refused[checker] = {int(number) for line in wrong for number in re.findall(r"texts.py:(\d+)", line)}
for number, line in enumerate(open("texts.py"), 1):
    if not line.startswith("def "):
        continue
    try:
        getattr(texts, line.split("(")[0][4:])(0.9, np.ones(2))
        raised = "nothing"
    except (TypeError, ValueError, IndexError) as refusal:
        raised = type(refusal).__name__
    refusing = [checker for checker in commands if number in refused[checker]]
    print(f"{line.strip().split('return ')[-1]}: raises {raised}, refused by {', '.join(refusing) or 'none'}")
PYTHON
{
    touch pyrefly.toml
    VIRTUAL_ENV=$folder/environment environment/bin/python run.py
} | tee said.txt
diff said.txt - <<'EXPECTED'
"{:d}".format(accuracy): raises ValueError, refused by mypy
"%d of %d" % (accuracy,): raises TypeError, refused by mypy
"{} of {}".format(accuracy): raises IndexError, refused by mypy
f"{accuracy:d}": raises ValueError, refused by none
f"{loss:.3f}": raises TypeError, refused by none
"{:.3f}".format(loss): raises TypeError, refused by mypy
EXPECTED
