#!/usr/bin/env bash
# copy.copy of a NumPy generator draws from the same stream: what the copy takes is gone from the original; random.Random's copy is its own.
#
# versions: numpy 2.4.6, Python 3.11
# behaviour: copy.copy of a Generator or a RandomState makes a second object around the same bit generator, so that
#   a draw by one moves the other on. The cause is their __reduce__: it names the bit generator itself, not its state,
#   and copy.copy calls the constructor with it. copy.deepcopy and pickle make streams of their own, and so does
#   copy.copy of Python's random.Random. copy.copy of a network, of a dataclass by dataclasses.replace, or of a dict
#   with a generator in it shares it as all shallow copies do; here it is the generator itself that was to be copied.
#   Bitten is who keeps a copy to repeat the initial weights: they are others, without an error.
# output:
#   Generator, copy.copy: the first draw is 0.6370, the copy's first is 0.2698
#   Generator, copy.deepcopy: the first draw is 0.6370, the copy's first is 0.6370
#   Generator, pickle: the first draw is 0.6370, the copy's first is 0.6370
#   RandomState, copy.copy: the first draw is 0.5488, the copy's first is 0.7152
#   RandomState, copy.deepcopy: the first draw is 0.5488, the copy's first is 0.5488
#   RandomState, pickle: the first draw is 0.5488, the copy's first is 0.5488
#   random.Random, copy.copy: the first draw is 0.8444, the copy's first is 0.8444
#   random.Random, copy.deepcopy: the first draw is 0.8444, the copy's first is 0.8444
#   random.Random, pickle: the first draw is 0.8444, the copy's first is 0.8444
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numpy==2.4.6
cat > streams.py <<'PYTHON'
import copy
import pickle
import random

import numpy as np

ways = {"copy.copy": copy.copy, "copy.deepcopy": copy.deepcopy, "pickle": lambda made: pickle.loads(pickle.dumps(made))}
makers = {
    "Generator": np.random.default_rng,
    "RandomState": np.random.RandomState,
    "random.Random": random.Random,
}
for kind, maker in makers.items():
    for way, function in ways.items():
        ours = maker(0)
        kept = function(ours)
        first, again = ours.random(), kept.random()
        print(f"{kind}, {way}: the first draw is {first:.4f}, the copy's first is {again:.4f}")
PYTHON
environment/bin/python streams.py | tee said.txt
diff said.txt - <<'EXPECTED'
Generator, copy.copy: the first draw is 0.6370, the copy's first is 0.2698
Generator, copy.deepcopy: the first draw is 0.6370, the copy's first is 0.6370
Generator, pickle: the first draw is 0.6370, the copy's first is 0.6370
RandomState, copy.copy: the first draw is 0.5488, the copy's first is 0.7152
RandomState, copy.deepcopy: the first draw is 0.5488, the copy's first is 0.5488
RandomState, pickle: the first draw is 0.5488, the copy's first is 0.5488
random.Random, copy.copy: the first draw is 0.8444, the copy's first is 0.8444
random.Random, copy.deepcopy: the first draw is 0.8444, the copy's first is 0.8444
random.Random, pickle: the first draw is 0.8444, the copy's first is 0.8444
EXPECTED
