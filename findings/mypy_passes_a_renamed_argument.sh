#!/usr/bin/env bash
# mypy --strict accepts a method forward_pass(x) where the protocol says forward_pass(x_train), and the call forward_pass(x_train=...) raises.
#
# versions: mypy 2.4.1, zuban 0.10.2, basedpyright 1.40.2, pyrefly 1.5.0, ty 0.0.108, Python 3.11
# behaviour: a name of an argument is part of what a caller may use. pyright, pyrefly and ty refuse a method that renames it,
#   against a protocol and against a base class alike; mypy, and zuban, which follows it, look at the types of positional arguments
#   alone. A function with such a name is refused by all five for a protocol with __call__: it is the method that is forgiven. With 0
#   errors the program ends in a TypeError. Bitten is who states an interface for other people's networks as a Protocol, and calls
#   it by keywords; arguments behind a * or / say what is meant, to all checkers.
# output:
#   mypy refuses: a function
#   zuban refuses: a function
#   basedpyright refuses: a method of a base class, a method of a protocol, a function
#   pyrefly refuses: a method of a base class, a method of a protocol, a function
#   ty refuses: a method of a base class, a method of a protocol, a function
#   TypeError
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check mypy==2.4.1 zuban==0.10.2 basedpyright==1.40.2 pyrefly==1.5.0 ty==0.0.108
touch pyrefly.toml
cat > renamed.py <<'PYTHON'
from typing import Protocol


class Network(Protocol):
    def forward_pass(self, x_train: float) -> float: ...


class Base:
    def forward_pass(self, x_train: float) -> float:
        return x_train


class Renamed:
    def forward_pass(self, x: float) -> float:
        return x


class Derived(Base):
    def forward_pass(self, x: float) -> float:  # a method of a base class
        return x


class Forward(Protocol):
    def __call__(self, x_train: float) -> float: ...


def renamed(x: float) -> float:
    return x


network: Network = Renamed()  # a method of a protocol
forward: Forward = renamed  # a function
network.forward_pass(x_train=1.0)
PYTHON
refused() {
    "environment/bin/$1" "${@:2}" renamed.py > run.txt 2>&1 || true
    grep -oE 'renamed\.py:[0-9]+' run.txt | cut -d: -f2 | sort -un | while read -r line; do sed -n "${line}s/.*  # /, /p" renamed.py; done | tr -d '\n' | sed 's/^, //'
}
{
    echo "mypy refuses: $(refused mypy --strict --cache-dir cache)"
    echo "zuban refuses: $(refused zuban mypy --strict)"
    echo "basedpyright refuses: $(refused basedpyright --level error)"
    echo "pyrefly refuses: $(refused pyrefly check)"
    echo "ty refuses: $(refused ty check)"
    environment/bin/python renamed.py 2>&1 | grep -oE '^[A-Za-z]*Error' || true
} | tee said.txt
diff said.txt - <<'EXPECTED'
mypy refuses: a function
zuban refuses: a function
basedpyright refuses: a method of a base class, a method of a protocol, a function
pyrefly refuses: a method of a base class, a method of a protocol, a function
ty refuses: a method of a base class, a method of a protocol, a function
TypeError
EXPECTED
