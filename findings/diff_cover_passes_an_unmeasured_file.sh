#!/usr/bin/env bash
# `diff-cover --fail-under=100` passes a new module that no test ever imported.
#
# versions: diff-cover 11.0.1, coverage 7.17.5, git, Python 3.11
# behaviour: it looks up the changed lines in the coverage report. A file that was never imported has no entry there,
#   unless coverage was told its folder with --source: the lines count as neither covered nor missed, and no line is
#   100 %. One changed line of a file in the report that did not run is 0 %, status 1.
# output:
#   a new module, never imported: status 0, No lines with coverage information in this diff.
#   the same, measured with --source=.: status 1, Coverage: 0%
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check diff-cover==11.0.1 coverage==7.17.5
mkdir project
cd project
git init --quiet --initial-branch=main .
git config user.name someone
git config user.email someone@example.org
printf 'def one():\n    return 1\n' > old.py
printf 'import old\n\nassert old.one() == 1\n' > check.py
git add . && git commit --quiet -m old
git checkout --quiet -b new
printf 'def two():\n    return 3\n' > new.py
git add . && git commit --quiet -m new
told() {
    ../environment/bin/coverage run "$@" check.py
    ../environment/bin/coverage xml -q
    local status=0
    ../environment/bin/diff-cover coverage.xml --compare-branch=main --fail-under=100 > said.txt 2>&1 || status=$?
    echo "status $status, $(grep -oE 'No lines with coverage.*|Coverage: [0-9]+%' said.txt)"
}
{
    echo "a new module, never imported: $(told)"
    echo "the same, measured with --source=.: $(told --source=.)"
} | tee ../all.txt
diff ../all.txt - <<'EXPECTED'
a new module, never imported: status 0, No lines with coverage information in this diff.
the same, measured with --source=.: status 1, Coverage: 0%
EXPECTED
