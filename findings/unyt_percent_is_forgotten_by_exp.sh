#!/usr/bin/env bash
# In unyt np.exp of 50 % is 5e21, as of the number 50, while 1 - 50 % is 0.5; pint's is 1.65.
#
# versions: unyt 3.2.0, pint 0.25.3, numpy 2.4.6, Python 3.11
# behaviour: unyt adds a percentage to a number, and compares the two, with the factor of the unit. exp, log, log1p,
#   tanh and logaddexp, which need a number without a unit, take the number before the % as it is, and so does the
#   exponent of **: the rule for these functions takes the unit off and never looks at its factor. The same holds for
#   g/kg or km/m written as one unit. pint converts first. An angle is converted only for sin, cos and tan: np.exp of
#   90 degrees is exp(90). No warning; x.to("") before the function mends it. Bitten is who computes a cross-entropy,
#   or odds, from accuracies in percent.
# output:
#   unyt 1 - share 0.5, exp 5.185e+21, -log -3.912, log1p 3.932, tanh 1 below 0.6: True
#   pint 1 - share 0.5, exp 1.649, -log 0.6931, log1p 0.4055, tanh 0.4621 below 0.6: True
#   unyt, 1 km/m: 1 + ratio 1001, log 0, log of ratio.to('') 6.908
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check unyt==3.2.0 pint==0.25.3 numpy==2.4.6
cat > percent.py <<'PYTHON'
import numpy as np
import pint
import unyt

unit = pint.UnitRegistry()
ways = {"unyt": unyt.unyt_quantity(50.0, "percent"), "pint": unit.Quantity(50.0, "percent")}
for name, share in ways.items():
    made = {
        "1 - share": 1 - share,
        "exp": np.exp(share),
        "-log": -np.log(share),
        "log1p": np.log1p(share),
        "tanh": np.tanh(share),
    }
    shown = {what: f"{float(number.to('dimensionless') if hasattr(number, 'to') else number):.4g}" for what, number in made.items()}
    print(name, ", ".join(f"{what} {number}" for what, number in shown.items()), f"below 0.6: {bool(share < 0.6)}")
ratio = unyt.unyt_quantity(1.0, "km/m")
print(f"unyt, 1 km/m: 1 + ratio {float(1 + ratio):g}, log {float(np.log(ratio)):g}, log of ratio.to('') {float(np.log(ratio.to(''))):.4g}")
PYTHON
environment/bin/python percent.py | tee said.txt
diff said.txt - <<'EXPECTED'
unyt 1 - share 0.5, exp 5.185e+21, -log -3.912, log1p 3.932, tanh 1 below 0.6: True
pint 1 - share 0.5, exp 1.649, -log 0.6931, log1p 0.4055, tanh 0.4621 below 0.6: True
unyt, 1 km/m: 1 + ratio 1001, log 0, log of ratio.to('') 6.908
EXPECTED
