#!/usr/bin/env bash
# Of the 784 pixels of an image by hypothesis' arrays(float, (28, 28)), a handful differ from one another; in many examples none does.
#
# versions: hypothesis 6.170.17, numpy 2.4.6, Python 3.11
# behaviour: to be quick it draws some elements, at most about the root of their number, and fills the rest with one value
#   (`fill`, made from the strategy of the elements unless one is given). A property "of any image" is thus tried on blank
#   paper with a few spots, where rows and columns can hardly be confused. With fill=nothing() each element is drawn.
# output: different values in an image, the median of 100 examples
#   28 by 28: fewer than 20 of 784
#   8 by 8: fewer than 10 of 64, with fill=nothing() more than 30
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check hypothesis==6.170.17 numpy==2.4.6
cat > images.py <<'PYTHON'
from statistics import median

from hypothesis import HealthCheck, given, settings
from hypothesis.extra.numpy import arrays
from hypothesis.strategies import floats, nothing


def different(side, **options):
    found = []

    @settings(max_examples=100, database=None, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(arrays(float, (side, side), elements=floats(0, 1), **options))
    def example(image):
        found.append(len(set(image.flat)))

    example()
    return median(found)


def told(few, below):
    return f"fewer than {below}" if few < below else f"{few}"


large, small, drawn = different(28), different(8), different(8, fill=nothing())
print(f"28 by 28: {told(large, 20)} of 784")
print(f"8 by 8: {told(small, 10)} of 64, with fill=nothing() {'more than 30' if drawn > 30 else drawn}")
PYTHON
environment/bin/python images.py | tee said.txt
diff said.txt - <<'EXPECTED'
28 by 28: fewer than 20 of 784
8 by 8: fewer than 10 of 64, with fill=nothing() more than 30
EXPECTED
