#!/usr/bin/env bash
# The loss of thinc's CategoricalCrossentropy is no cross-entropy: for a right class with a probability of 0.01 it is 1.96, not 4.61, and for 100 such images 0.02.
#
# versions: thinc 9.1.1, numpy 2.4.6, Python 3.11
# behaviour: get_loss adds up the squares of the numbers of get_grad, the output minus the one-hot label divided by
#   the number of images. That is never above 2, so that an output of 0 for the right class costs a finite 2, and it
#   falls with the square of the batch's size, where a sum would grow and a mean would stay: losses of two batch sizes
#   cannot be compared. The gradient is that of the cross-entropy by the logits, so that the network learns as it
#   should, while central differences of the loss give another slope. L2Distance adds up squares, too, and there it is
#   the loss. A repair was merged upstream in 2022 (pull request 647) and is not in this release.
# output:
#   1 of probability 0.99: 0.0002, while the mean of -log(p) is 0.0101
#   100 of probability 0.99: 0.0000, while the mean of -log(p) is 0.0101
#   1 of probability 0.5: 0.5000, while the mean of -log(p) is 0.6931
#   100 of probability 0.5: 0.0050, while the mean of -log(p) is 0.6931
#   1 of probability 0.01: 1.9602, while the mean of -log(p) is 4.6052
#   100 of probability 0.01: 0.0196, while the mean of -log(p) is 4.6052
#   1 of probability 0.0: 2.0000, while the mean of -log(p) is inf
#   100 of probability 0.0: 0.0200, while the mean of -log(p) is inf
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check thinc==9.1.1 numpy==2.4.6
cat > losses.py <<'PYTHON'
import numpy as np
from thinc.api import CategoricalCrossentropy

loss = CategoricalCrossentropy()
for probability in (0.99, 0.5, 0.01, 0.0):
    for images in (1, 100):
        outputs = np.tile(np.array([[probability, 1 - probability]]), (images, 1))
        digits = np.zeros(images, int)
        with np.errstate(divide="ignore"):
            mean = -np.log(outputs[:, 0]).mean()
        thinc = float(loss.get_loss(outputs, digits))
        print(f"{images} of probability {probability}: {thinc:.4f}, while the mean of -log(p) is {mean:.4f}")
PYTHON
environment/bin/python losses.py 2> errors.txt | tee said.txt
diff said.txt - <<'EXPECTED'
1 of probability 0.99: 0.0002, while the mean of -log(p) is 0.0101
100 of probability 0.99: 0.0000, while the mean of -log(p) is 0.0101
1 of probability 0.5: 0.5000, while the mean of -log(p) is 0.6931
100 of probability 0.5: 0.0050, while the mean of -log(p) is 0.6931
1 of probability 0.01: 1.9602, while the mean of -log(p) is 4.6052
100 of probability 0.01: 0.0196, while the mean of -log(p) is 4.6052
1 of probability 0.0: 2.0000, while the mean of -log(p) is inf
100 of probability 0.0: 0.0200, while the mean of -log(p) is inf
EXPECTED
