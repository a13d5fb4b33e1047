#!/usr/bin/env bash
# mypy --strict and pyrefly find no mistake behind `if isinstance(x, float): return` for x: float, though these lines run for every int.
#
# versions: mypy 2.4.1, pyrefly 1.5.0, basedpyright 1.40.2, ty 0.0.108, zuban 0.10.2, Python 3.11
# behaviour: an annotation float takes an int too, by a special rule of the type system. mypy and pyrefly forget that
#   rule in isinstance: to them everything is a float there, the lines after it cannot be reached, and what cannot be
#   reached is not checked. basedpyright, ty and zuban read float as float | int, and refuse x.upper(), which is left
#   for an int. text(1) is accepted by all, and raises. Only mypy --warn-unreachable, which --strict leaves out, calls
#   the line unreachable. Bitten is who tells numbers from other answers by isinstance: a loss of 0, an accuracy of 1 or
#   a mark of 5 takes the path that nobody checked.
# output:
#   mypy --strict: status 0, lines 
#   pyrefly: status 0, lines 
#   basedpyright: status 1, lines 4 
#   ty: status 1, lines 4 
#   zuban: status 1, lines 4 
#   mypy --warn-unreachable: status 1, lines 4 
#   AttributeError: 'int' object has no attribute 'upper'
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check mypy==2.4.1 pyrefly==1.5.0 basedpyright==1.40.2 ty==0.0.108 zuban==0.10.2
cat > loss.py <<'PYTHON'
def text(x: float) -> str:
    if isinstance(x, float):
        return f"{x:.2f}"
    return x.upper()


print(text(1))
PYTHON
cat > pyrefly.toml <<'TEXT'
# all checks
TEXT
{
    check() { local name=$1 code=0; shift; "environment/bin/$1" "${@:2}" loss.py > run.txt 2>&1 || code=$?; echo "$name: status $code, lines $(grep -oE 'loss\.py:[0-9]+' run.txt | cut -d: -f2 | sort -un | tr '\n' ' ')"; }
    check 'mypy --strict' mypy --strict --cache-dir cache
    check pyrefly pyrefly check
    check basedpyright basedpyright --level error
    check ty ty check
    check zuban zuban mypy --strict
    check 'mypy --warn-unreachable' mypy --warn-unreachable --cache-dir cache
    environment/bin/python loss.py 2>&1 | tail -1 || true
} | tee said.txt
diff said.txt - <<'EXPECTED'
mypy --strict: status 0, lines 
pyrefly: status 0, lines 
basedpyright: status 1, lines 4 
ty: status 1, lines 4 
zuban: status 1, lines 4 
mypy --warn-unreachable: status 1, lines 4 
AttributeError: 'int' object has no attribute 'upper'
EXPECTED
