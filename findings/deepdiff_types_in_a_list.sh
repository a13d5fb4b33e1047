#!/usr/bin/env bash
# DeepDiff reports 1 against 1.0 or True as a change of type in a dict, and as no change at all in a list.
#
# versions: deepdiff 9.1.0, Python 3.11
# behaviour: a list is first aligned by ==, and elements that are equal for Python are not looked at again; the values
#   of a dict are compared one by one, with their types. So whether a point became True, or an integer a float, is seen
#   or not by the container around it; ignore_numeric_type_changes is False in all these runs.
# output:
#   dict: 1 and 1.0 type_changes, 1 and True type_changes, 1 and 2 values_changed
#   list: 1 and 1.0 no change, 1 and True no change, 1 and 2 values_changed
#   tuple: 1 and 1.0 no change, 1 and True no change, 1 and 2 values_changed
#   list of dicts: 1 and 1.0 type_changes, 1 and True type_changes, 1 and 2 values_changed
#   dict of lists: 1 and 1.0 no change, 1 and True no change, 1 and 2 values_changed
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check deepdiff==9.1.0
cat > compare.py <<'PYTHON'
from deepdiff import DeepDiff


def told(came, expected):
    return ", ".join(DeepDiff(came, expected)) or "no change"


CONTAINERS = {
    "dict": lambda x: {"points": x},
    "list": lambda x: [x],
    "tuple": lambda x: (x,),
    "list of dicts": lambda x: [{"points": x}],
    "dict of lists": lambda x: {"points": [x]},
}
for name, wrap in CONTAINERS.items():
    print(f"{name}: 1 and 1.0 {told(wrap(1), wrap(1.0))}, 1 and True {told(wrap(1), wrap(True))}, 1 and 2 {told(wrap(1), wrap(2))}")
PYTHON
environment/bin/python -W error compare.py | tee said.txt
diff said.txt - <<'EXPECTED'
dict: 1 and 1.0 type_changes, 1 and True type_changes, 1 and 2 values_changed
list: 1 and 1.0 no change, 1 and True no change, 1 and 2 values_changed
tuple: 1 and 1.0 no change, 1 and True no change, 1 and 2 values_changed
list of dicts: 1 and 1.0 type_changes, 1 and True type_changes, 1 and 2 values_changed
dict of lists: 1 and 1.0 no change, 1 and True no change, 1 and 2 values_changed
EXPECTED
