#!/usr/bin/env bash
# With pytest 9.2, pytest-xdist's groups have no effect: tests of one xdist_group run in several processes.
#
# versions: pytest 9.1.1 and 9.2.0, pytest-xdist 3.8.0
# behaviour: `--dist loadgroup` promises one process per xdist_group. pytest-xdist writes the group into an attribute of
#   the test that pytest 9.2 no longer reads, since it makes the test's id anew. The scheduler then finds no group, and
#   distributes the tests one by one, without a message: the shared fixtures of a group are made once per process, so a
#   suite gets slower, and tests that must not run at the same time do.
# output:
#   pytest 9.1.1: 8 tests of one group in 1 process
#   pytest 9.2.0: 8 tests of one group in 4 processes
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > test_group.py <<'PY'
import os
import time

import pytest


@pytest.mark.xdist_group("one")
@pytest.mark.parametrize("n", range(8))
def test_in_the_group(n):
    time.sleep(0.2)
    print(f"ran in process {os.getpid()}")
PY
for version in 9.1.1 9.2.0; do
    python3 -m venv "env-$version"
    "env-$version/bin/python" -m pip install --quiet --disable-pip-version-check "pytest==$version" pytest-xdist==3.8.0
    "env-$version/bin/python" -m pytest -p no:cacheprovider -n 4 --dist loadgroup -rA test_group.py > "said-$version.txt"
    grep -q "8 passed" "said-$version.txt"
    grep -oE "ran in process [0-9]+" "said-$version.txt" | sort -u | wc -l > "processes-$version.txt"
    echo "pytest $version: 8 tests of one group in $(cat "processes-$version.txt") process(es)"
done
[ "$(cat processes-9.1.1.txt)" = 1 ] || exit 1
[ "$(cat processes-9.2.0.txt)" -gt 1 ] || exit 1
