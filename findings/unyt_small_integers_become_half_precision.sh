#!/usr/bin/env bash
# In unyt 200 metres in uint8 are 0.2001 km and inf mm, and 20000 m in int16 are inf cm: the conversion makes float16 of them.
#
# versions: unyt 3.2.0, pint 0.25.3, astropy 7.2.2, numpy 2.4.6, Python 3.11
# behaviour: .to() of an integer array gives floats with as many bytes as the integers have, at least two: uint8 and
#   int16 become float16, with three digits and nothing above 65504, and int32 becomes float32. The product itself is
#   computed in float64 and then cut down. An overflow warns, the lost digits of 0.2001 do not. An array of Python
#   ints has eight bytes and shows none of it. pint and astropy give float64. Bitten is who reads small integers from
#   a file, as the readers of images and of IDX files make them, and attaches a unit.
# output:
#   unyt: 200 m in uint8 are 0.2000732421875 km, float16, warnings: 0
#   unyt: 200 m in uint8 are inf mm, float16, warnings: 1
#   unyt: 20000 m in int16 are inf cm, float16, warnings: 1
#   unyt: 123456789 m in int32 are 123456790528.0 mm, float32, warnings: 1
#   pint: 200 m in uint8 are 0.2 km, float64, warnings: 0
#   pint: 200 m in uint8 are 200000.0 mm, float64, warnings: 0
#   pint: 20000 m in int16 are 2000000.0 cm, float64, warnings: 0
#   pint: 123456789 m in int32 are 123456789000.0 mm, float64, warnings: 0
#   astropy: 200 m in uint8 are 0.2 km, float64, warnings: 0
#   astropy: 200 m in uint8 are 200000.0 mm, float64, warnings: 0
#   astropy: 20000 m in int16 are 2000000.0 cm, float64, warnings: 0
#   astropy: 123456789 m in int32 are 123456789000.0 mm, float64, warnings: 0
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check unyt==3.2.0 pint==0.25.3 astropy==7.2.2 \
  numpy==2.4.6
cat > metres.py <<'PYTHON'
import warnings

import astropy.units
import numpy as np
import pint
import unyt

unit = pint.UnitRegistry()
makers = {
    "unyt": unyt.unyt_array,
    "pint": unit.Quantity,
    "astropy": lambda numbers, name: astropy.units.Quantity(numbers, name, dtype=numbers.dtype),
}
for library, maker in makers.items():
    for number, dtype, target in ((200, np.uint8, "km"), (200, np.uint8, "mm"), (20000, np.int16, "cm"), (123456789, np.int32, "mm")):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            made = maker(np.array([number], dtype), "m").to(target)
        plain = np.asarray(getattr(made, "magnitude", getattr(made, "value", made)))
        print(f"{library}: {number} m in {dtype.__name__} are {plain[0]} {target}, {plain.dtype}, warnings: {len(caught)}")
PYTHON
environment/bin/python metres.py | tee said.txt
diff said.txt - <<'EXPECTED'
unyt: 200 m in uint8 are 0.2000732421875 km, float16, warnings: 0
unyt: 200 m in uint8 are inf mm, float16, warnings: 1
unyt: 20000 m in int16 are inf cm, float16, warnings: 1
unyt: 123456789 m in int32 are 123456790528.0 mm, float32, warnings: 1
pint: 200 m in uint8 are 0.2 km, float64, warnings: 0
pint: 200 m in uint8 are 200000.0 mm, float64, warnings: 0
pint: 20000 m in int16 are 2000000.0 cm, float64, warnings: 0
pint: 123456789 m in int32 are 123456789000.0 mm, float64, warnings: 0
astropy: 200 m in uint8 are 0.2 km, float64, warnings: 0
astropy: 200 m in uint8 are 200000.0 mm, float64, warnings: 0
astropy: 20000 m in int16 are 2000000.0 cm, float64, warnings: 0
astropy: 123456789 m in int32 are 123456789000.0 mm, float64, warnings: 0
EXPECTED
