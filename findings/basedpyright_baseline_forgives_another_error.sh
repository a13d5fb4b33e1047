#!/usr/bin/env bash
# basedpyright's baseline, made while first() returned a text, passes the same mistake made later in second().
#
# versions: basedpyright 1.40.2, Python 3.11
# behaviour: a baseline keeps old errors quiet, so that a check fails for new ones alone. It knows an error by file, rule,
#   first and last column, and not by its line, its function or its message. The old mistake is mended, another of the
#   same width is made elsewhere: 0 errors, status 0. In code with one indentation, where most lines that fail are
#   `return x`, the columns of two errors agree often. A name that is one letter longer is a new error.
#   baseline.json shows it: it holds columns, and neither a line nor a message.
# output:
#   with the old error: 0 errors, status 0
#   mended, another in second(): 0 errors, status 0
#   mended, another one letter longer: 1 error, status 1
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check basedpyright==1.40.2
printf '[tool.basedpyright]\n' > pyproject.toml
write() {
    cat > network.py <<PYTHON
def first() -> int:
    return $1


def second() -> int:
    return $2
PYTHON
}
check() {
    status=0
    environment/bin/basedpyright network.py > run.txt || status=$?
    echo "$1: $(grep -oE '[0-9]+ errors?' run.txt), status $status"
}
write '"a"' 2
environment/bin/basedpyright --writebaseline network.py > run.txt || true
{
    check "with the old error"
    write 111 '"b"'
    cp .basedpyright/baseline.json kept.json
    check "mended, another in second()"
    cp kept.json .basedpyright/baseline.json
    write 111 '"bb"'
    check "mended, another one letter longer"
} | tee said.txt
diff said.txt - <<'EXPECTED'
with the old error: 0 errors, status 0
mended, another in second(): 0 errors, status 0
mended, another one letter longer: 1 error, status 1
EXPECTED
