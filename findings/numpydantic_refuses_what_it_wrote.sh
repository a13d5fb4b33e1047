#!/usr/bin/env bash
# numpydantic's model of a float32 array refuses the JSON that it wrote itself, and a float array of JSON depends on its numbers: [1, 2] is refused.
#
# versions: numpydantic 2.0.0, pydantic 2.14.4, numpy 2.4.6, Python 3.11
# behaviour: a list is made an array by NumPy without the field's type, and the type is compared afterwards. JSON's numbers
#   become float64, so that NDArray[Shape["*"], np.float32] accepts no JSON at all, not its own either, and the float64 of
#   another program never fits. Numbers that happen to be whole become int64, which NDArray[Shape["*"], float] refuses:
#   weights of [1.5, 2.0] can be written by JavaScript as [1.5, 2] and are read, [1, 2] are not. nan is written as null, which
#   comes back as no number. np.floating, which numpy.typing has for "any float", accepts no array, float does. A plain
#   pydantic list[float] reads all of these but null. Bitten is who stores weights in a model of pydantic.
# output:
#   float32: writes [0.5,1.5], reads it: refused
#   float: [1.5, 2] read, [1, 2] refused
#   float with nan: writes [null], reads it: refused
#   np.floating: an array of float64 refused
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numpydantic==2.0.0 pydantic==2.14.4 numpy==2.4.6
cat > weights.py <<'PYTHON'
import numpy as np
from numpydantic import NDArray, Shape
from pydantic import TypeAdapter, ValidationError


def read(kind: type, text: str) -> str:
    try:
        TypeAdapter(NDArray[Shape["*"], kind]).validate_json(text)
    except ValidationError:
        return "refused"
    return "read"


def wrote(kind: type, *numbers: float) -> str:
    return TypeAdapter(NDArray[Shape["*"], kind]).dump_json(np.array(numbers, kind)).decode()


single = wrote(np.float32, 0.5, 1.5)
print(f"float32: writes {single}, reads it: {read(np.float32, single)}")
print(f"float: [1.5, 2] {read(float, '[1.5, 2]')}, [1, 2] {read(float, '[1, 2]')}")
lost = wrote(float, float("nan"))
print(f"float with nan: writes {lost}, reads it: {read(float, lost)}")
try:
    TypeAdapter(NDArray[Shape["*"], np.floating]).validate_python(np.ones(2))
    print("np.floating: an array of float64 accepted")
except ValidationError:
    print("np.floating: an array of float64 refused")
PYTHON
environment/bin/python -W ignore weights.py | tee said.txt
diff said.txt - <<'EXPECTED'
float32: writes [0.5,1.5], reads it: refused
float: [1.5, 2] read, [1, 2] refused
float with nan: writes [null], reads it: refused
np.floating: an array of float64 refused
EXPECTED
