#!/usr/bin/env bash
# In a test with hypothesis' @given, np.random.rand() gives the same numbers in each of a hundred examples.
#
# versions: hypothesis 6.170.17, numpy 2.4.6, Python 3.11
# behaviour: so that a failure can be repeated, hypothesis seeds Python's and NumPy's global generators with 0 before
#   every example. A property "for any weights", with weights from np.random or random, is therefore tested on one set
#   of weights, and one of a dropout or a shuffle on one order, although a hundred examples are reported. A seed from
#   outside has no effect. np.random.default_rng() is not affected, and differs in each example.
# output: different values in 100 examples
#   np.random.rand(): 1, the same under np.random.seed(1) and seed(2)
#   random.random(): 1
#   np.random.default_rng().random(): 100
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check hypothesis==6.170.17 numpy==2.4.6
cat > drawn.py <<'PYTHON'
import random

import numpy as np
from hypothesis import given, settings
from hypothesis.strategies import integers


def values(draw):
    seen = []

    @settings(max_examples=100, database=None, deadline=None)
    @given(integers())
    def example(_n):
        seen.append(draw())

    example()
    assert len(seen) >= 100
    return set(seen)


np.random.seed(1)
first = values(np.random.rand)
np.random.seed(2)
same = "the same" if values(np.random.rand) == first else "others"
print(f"np.random.rand(): {len(first)}, {same} under np.random.seed(1) and seed(2)")
print(f"random.random(): {len(values(random.random))}")
print(f"np.random.default_rng().random(): {len(values(lambda: np.random.default_rng().random()))}")
PYTHON
environment/bin/python drawn.py | tee said.txt
diff said.txt - <<'EXPECTED'
np.random.rand(): 1, the same under np.random.seed(1) and seed(2)
random.random(): 1
np.random.default_rng().random(): 100
EXPECTED
