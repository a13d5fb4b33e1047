#!/usr/bin/env bash
# `pyrefly check` passes count: int = "three" with exit status 0, unless an empty file pyrefly.toml lies beside it.
#
# versions: pyrefly 1.5.0, mypy 2.4.1, ty 0.0.108, basedpyright 1.40.2, Python 3.11
# behaviour: without a configuration it takes its preset "basic", which leaves out wrong types altogether: a returned int for
#   a str, a wrong argument, one argument too many, an unknown method. It reports an unknown name alone. A line about the
#   preset comes after "0 errors". A file without a line, or an empty [tool.pyrefly] in pyproject.toml, switches to the full
#   check, so that a gate in CI depends on the presence of a file without content. The three others check at once.
# output:
#   pyrefly: status 0, INFO 0 errors
#   pyrefly with an empty pyrefly.toml: status 1, INFO 5 errors
#   mypy: status 1, ty: status 1, basedpyright: status 1
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check pyrefly==1.5.0 mypy==2.4.1 ty==0.0.108 basedpyright==1.40.2
cat > wrong.py <<'PYTHON'
def name(x: int) -> str:
    return x


count: int = "three"
name("x")
name(1, 2)
name(1).nosuch()
PYTHON
told() { status=0; "$@" > said.txt 2>&1 || status=$?; }
{
    told environment/bin/pyrefly check wrong.py
    echo "pyrefly: status $status, $(grep -oE 'INFO [0-9]+ errors' said.txt)"
    touch pyrefly.toml
    told environment/bin/pyrefly check wrong.py
    echo "pyrefly with an empty pyrefly.toml: status $status, $(grep -oE 'INFO [0-9]+ errors' said.txt)"
    told environment/bin/mypy --cache-dir cache wrong.py
    printf 'mypy: status %s' "$status"
    told environment/bin/ty check wrong.py
    printf ', ty: status %s' "$status"
    told environment/bin/basedpyright --level error wrong.py
    printf ', basedpyright: status %s\n' "$status"
} | tee all.txt
diff all.txt - <<'EXPECTED'
pyrefly: status 0, INFO 0 errors
pyrefly with an empty pyrefly.toml: status 1, INFO 5 errors
mypy: status 1, ty: status 1, basedpyright: status 1
EXPECTED
