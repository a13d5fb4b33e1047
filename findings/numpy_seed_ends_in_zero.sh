#!/usr/bin/env bash
# NumPy's default_rng([seed, 0]) equals default_rng(seed): the first of several runs gets no stream of its own.
#
# versions: numpy 2.4.6, Python 3.11
# behaviour: a list of seeds is the usual way to give each run, worker or fold a stream, default_rng([seed, run]).
#   SeedSequence has a pool of four 32-bit words and pads the list with zeros: so a zero at the end of a short list has
#   no effect, and run 0 repeats the numbers of default_rng(seed) (its initial weights, its test data). [0, 1] also
#   equals 2**32. With the run first, [run, seed], all differ.
# output:
#   the same as default_rng(1): [1] [1, 0] [1, 0, 0, 0]
#   others: [1, 1] [0, 1] [1, 0, 0, 0, 0]
#   default_rng(2**32) is default_rng([0, 1]): True
#   of default_rng(7) and [7, run] for run 0 to 9 differ 10, with [run, 7] 11
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numpy==2.4.6
cat > seeds.py <<'PYTHON'
import numpy as np


def numbers(seed):
    return np.random.default_rng(seed).random(5).tolist()


lists = [1], [1, 0], [1, 0, 0, 0], [1, 1], [0, 1], [1, 0, 0, 0, 0]
print("the same as default_rng(1):", *(seed for seed in lists if numbers(seed) == numbers(1)))
print("others:", *(seed for seed in lists if numbers(seed) != numbers(1)))
print("default_rng(2**32) is default_rng([0, 1]):", numbers(2**32) == numbers([0, 1]))
last = {tuple(numbers(seed)) for seed in [7, *([7, run] for run in range(10))]}
first = {tuple(numbers(seed)) for seed in [7, *([run, 7] for run in range(10))]}
print(f"of default_rng(7) and [7, run] for run 0 to 9 differ {len(last)}, with [run, 7] {len(first)}")
PYTHON
environment/bin/python seeds.py | tee said.txt
diff said.txt - <<'EXPECTED'
the same as default_rng(1): [1] [1, 0] [1, 0, 0, 0]
others: [1, 1] [0, 1] [1, 0, 0, 0, 0]
default_rng(2**32) is default_rng([0, 1]): True
of default_rng(7) and [7, run] for run 0 to 9 differ 10, with [run, 7] 11
EXPECTED
