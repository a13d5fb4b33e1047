#!/usr/bin/env bash
# pydantic's strict mode takes np.True_ for a float, 1.0, and refuses it for a bool; np.int64(3) is a float to it, and no int.
#
# versions: pydantic 2.14.4, numpy 2.4.6, Python 3.11
# behaviour: strict mode is meant to refuse what is of another type: True and "3" are no float there, and int is the one
#   exception. But whatever can be converted by __float__ passes, as all of NumPy's numbers and arrays of one element without
#   axes can. int and bool are compared by type, so that np.int64(3) is no int, np.float64(3.0) none either, and the result of
#   accuracy > 0.9, a np.bool, is no bool, but a float. So a loss that is in truth a comparison is stored as 1.0, and the
#   count beside it, np.sum(hits), is refused. pydantic's answer to an issue on ints (10220) is the rule of PEP 484, int for
#   float, which says nothing on these. msgspec and typeguard refuse np.True_, np.int64 and the array for a float. Bitten is
#   who validates the results of a training.
# output:
#   strict float: True refused, np.True_ 1.0, np.int64(3) 3.0, np.array(3) 3.0
#   strict bool: True True, np.True_ refused
#   strict int: 3 3, np.int64(3) refused
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check pydantic==2.14.4 numpy==2.4.6
cat > strict.py <<'PYTHON'
import numpy as np
from pydantic import TypeAdapter, ValidationError


def answers(kind: type, strict: bool, **values: object) -> str:
    said = []
    for name, value in values.items():
        try:
            said.append(f"{name} {TypeAdapter(kind).validate_python(value, strict=strict)!r}")
        except ValidationError:
            said.append(f"{name} refused")
    return ", ".join(said)


true = {"True": True, "np.True_": np.True_}
print("strict float:", answers(float, True, **true, **{"np.int64(3)": np.int64(3), "np.array(3)": np.array(3)}))
print("strict bool:", answers(bool, True, **true))
print("strict int:", answers(int, True, **{"3": 3, "np.int64(3)": np.int64(3)}))
PYTHON
environment/bin/python strict.py | tee said.txt
diff said.txt - <<'EXPECTED'
strict float: True refused, np.True_ 1.0, np.int64(3) 3.0, np.array(3) 3.0
strict bool: True True, np.True_ refused
strict int: 3 3, np.int64(3) refused
EXPECTED
