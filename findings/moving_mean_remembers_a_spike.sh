#!/usr/bin/env bash
# After a loss of 1e17 the moving mean of two losses of 0.5 is 0 by bottleneck and by SciPy's uniform_filter1d, and after inf it is nan for ever.
#
# versions: bottleneck 1.6.0, scipy 1.17.1, pandas 3.1.1, polars 2.1.0, numpy 2.4.6, Python 3.11
# behaviour: a moving mean of a window is expected to know the numbers in the window alone. Both keep a running sum,
#   add the number that enters and take off the one that leaves: 1e17 + 0.5 is 1e17, and what is left after 1e17 has
#   gone is 0. So one step of a training that explodes and recovers spoils the curve up to its end, and 0 looks like a
#   good loss. With inf, inf - inf is nan from there on. nan itself does no harm in bottleneck, and the same as inf in
#   SciPy. pandas and polars, whose windows roll as well, correct their sums. No warning. Bitten is who smooths a loss
#   before it is plotted or compared with a limit.
# output:
#   1e17: bottleneck 0.0, scipy 0.0, pandas 0.5, polars 0.5
#   inf: bottleneck nan, scipy nan, pandas 0.5, polars 0.5
#   nan: bottleneck 0.5, scipy nan, pandas 0.5, polars 0.5
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check bottleneck==1.6.0 scipy==1.17.1 pandas==3.1.1 polars==2.1.0 numpy==2.4.6
cat > curve.py <<'PYTHON'
import bottleneck
import numpy as np
import pandas
import polars
from scipy import ndimage

for spike in (1e17, np.inf, np.nan):
    losses = np.array([spike] + 5 * [0.5])
    means = {
        "bottleneck": bottleneck.move_mean(losses, 2),
        "scipy": ndimage.uniform_filter1d(losses, 2),
        "pandas": pandas.Series(losses).rolling(2).mean().to_numpy(),
        "polars": polars.Series(losses).rolling_mean(2).to_numpy(),
    }
    name = "1e17" if spike == 1e17 else spike
    print(f"{name}:", ", ".join(f"{library} {mean[-1]}" for library, mean in means.items()))
PYTHON
environment/bin/python -W error curve.py | tee said.txt
diff said.txt - <<'EXPECTED'
1e17: bottleneck 0.0, scipy 0.0, pandas 0.5, polars 0.5
inf: bottleneck nan, scipy nan, pandas 0.5, polars 0.5
nan: bottleneck 0.5, scipy nan, pandas 0.5, polars 0.5
EXPECTED
