#!/usr/bin/env bash
# xdoctest no longer runs the examples of a docstring once a block "Example:" is added to it: 2 + 2 is 5, and the run passes.
#
# versions: xdoctest 1.3.2, pytest 9.2.0, Python 3.11
# behaviour: an example without a heading runs, as in doctest. As soon as one block of the same docstring has the heading
#   "Example:", `python -m xdoctest` takes only blocks with such a heading for examples, and the others for text. The number
#   of tests stays the same, so that nothing in the report shows the loss. `pytest --xdoctest`, of the same package, runs
#   both kinds, and fails. The command knows the styles auto, google and freeform; under auto, its default, an
#   addition switches off what stands beside it.
# output:
#   before: python -m xdoctest: 1 failed; pytest --xdoctest: 1 failed
#   after: python -m xdoctest: 1 passed; pytest --xdoctest: 1 failed
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check xdoctest==1.3.2 pytest==9.2.0
cat > before.py <<'PYTHON'
def add(a, b):
    """The sum.

    >>> add(2, 2)
    5
    """
    return a + b
PYTHON
cat > after.py <<'PYTHON'
def add(a, b):
    """The sum.

    >>> add(2, 2)
    5

    Example:
        >>> add(1, 1)
        2
    """
    return a + b
PYTHON
count() { grep -oE "[0-9]+ (passed|failed) in" | cut -d " " -f 1-2; }
for file in before after; do
    alone=$(environment/bin/python -m xdoctest "$file.py" 2>&1 | count || true)
    by_pytest=$(environment/bin/python -m pytest -q -p no:cacheprovider --xdoctest "$file.py" 2>&1 | count || true)
    echo "$file: python -m xdoctest: $alone; pytest --xdoctest: $by_pytest"
done | tee said.txt
diff said.txt - <<'EXPECTED'
before: python -m xdoctest: 1 failed; pytest --xdoctest: 1 failed
after: python -m xdoctest: 1 passed; pytest --xdoctest: 1 failed
EXPECTED
