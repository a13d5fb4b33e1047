#!/usr/bin/env bash
# Six type checkers pass any call of a function under @functools.cache: steps("60000", 10), steps(60000) and steps(60000, bach=10) all raise, and none is refused.
#
# versions: mypy 2.4.1, pyright 1.1.414, basedpyright 1.40.2, pyrefly 1.5.0, ty 0.0.108, zuban 0.10.2, Python 3.11
# behaviour: the stubs that all share type the result of @cache and @lru_cache as something called with any hashable
#   arguments, so that their number, names and types are lost, and with them those of a method; partialmethod and
#   singledispatchmethod lose them as well. The decorator is one line, no option of strictness says a word, and the
#   return type stays known, so that nothing looks unchecked. The same function without it is refused in every line,
#   and functools.partial is checked (by five of the six). Known to the stubs' authors since 2018.
# output:
#   plain("60000", 10): raises TypeError, refused by mypy, pyright, basedpyright, pyrefly, ty, zuban
#   plain(60000): raises TypeError, refused by mypy, pyright, basedpyright, pyrefly, ty, zuban
#   plain(60000, bach=10): raises TypeError, refused by mypy, pyright, basedpyright, pyrefly, ty, zuban
#   cached("60000", 10): raises TypeError, refused by none
#   cached(60000): raises TypeError, refused by none
#   cached(60000, bach=10): raises TypeError, refused by none
#   limited("60000", 10): raises TypeError, refused by none
#   limited(60000): raises TypeError, refused by none
#   Network().rate("first"): raises TypeError, refused by none
#   Network().rate(): raises TypeError, refused by none
#   Network().half(1, 2, 3): raises TypeError, refused by none
#   Network().cost(0.9, "seven"): raises TypeError, refused by none
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check mypy==2.4.1 pyright==1.1.414 \
  basedpyright==1.40.2 pyrefly==1.5.0 ty==0.0.108 zuban==0.10.2
cat > calls.py <<'PYTHON'
from functools import cache, lru_cache, partialmethod, singledispatchmethod


def plain(images: int, batch: int) -> float:
    return images / batch


@cache
def cached(images: int, batch: int) -> float:
    return images / batch


@lru_cache(maxsize=8)
def limited(images: int, batch: int) -> float:
    return images / batch


class Network:
    def step(self, rate: float) -> float:
        return 2 * rate

    half = partialmethod(step, rate=0.5)

    @singledispatchmethod
    def cost(self, output: object, digit: int) -> float:
        return 0.5 / digit

    @cache
    def rate(self, epoch: int) -> float:
        return 1 / epoch


def calls() -> None:
    plain("60000", 10)
    plain(60000)
    plain(60000, bach=10)
    cached("60000", 10)
    cached(60000)
    cached(60000, bach=10)
    limited("60000", 10)
    limited(60000)
    Network().rate("first")
    Network().rate()
    Network().half(1, 2, 3)
    Network().cost(0.9, "seven")
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
    wrong = [line for line in said.splitlines() if "error" in line.lower()]
    refused[checker] = {int(number) for line in wrong for number in re.findall(r"calls.py:(\d+)", line)}
lines = open("calls.py").read().splitlines()
for number in range(lines.index("def calls() -> None:") + 2, len(lines) + 1):
    call = lines[number - 1].strip()
    try:
        eval(call, vars(calls))
        raised = "nothing"
    except TypeError as refusal:
        raised = type(refusal).__name__
    refusing = [checker for checker in commands if number in refused[checker]]
    print(f"{call}: raises {raised}, refused by {', '.join(refusing) or 'none'}")
PYTHON
touch pyrefly.toml
VIRTUAL_ENV=$folder/environment environment/bin/python run.py | tee said.txt
diff said.txt - <<'EXPECTED'
plain("60000", 10): raises TypeError, refused by mypy, pyright, basedpyright, pyrefly, ty, zuban
plain(60000): raises TypeError, refused by mypy, pyright, basedpyright, pyrefly, ty, zuban
plain(60000, bach=10): raises TypeError, refused by mypy, pyright, basedpyright, pyrefly, ty, zuban
cached("60000", 10): raises TypeError, refused by none
cached(60000): raises TypeError, refused by none
cached(60000, bach=10): raises TypeError, refused by none
limited("60000", 10): raises TypeError, refused by none
limited(60000): raises TypeError, refused by none
Network().rate("first"): raises TypeError, refused by none
Network().rate(): raises TypeError, refused by none
Network().half(1, 2, 3): raises TypeError, refused by none
Network().cost(0.9, "seven"): raises TypeError, refused by none
EXPECTED
