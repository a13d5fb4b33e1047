#!/usr/bin/env bash
# Of one seed, ten normal numbers by dask.array in chunks of 2 are others than in chunks of 5; float32 and float64 differ by "auto".
#
# versions: dask 2026.8.0, numpy 2.4.6, Python 3.11
# behaviour: each chunk has a generator of its own, made from the seed and the number of the chunk. With a seed alone, initial
#   weights or noise change when the chunks do: by hand, by the configuration array.chunk-size, or by the type that chunks="auto"
#   is computed for. permutation does not depend on them. The page of default_rng has no word on chunks. A
#   stream of NumPy's is the same however it is cut. Bitten is who seeds an experiment in a notebook, and repeats it with
#   another configuration.
# output:
#   chunks of 2 and 5, equal numbers of ten: 2
#   another array.chunk-size, equal numbers of ten: 4
#   permutation, equal: True
#   NumPy in pieces of 2, equal: True
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check "dask[array]==2026.8.0" numpy==2.4.6
cat > chunks.py <<'PYTHON'
import dask
import dask.array as da
import numpy as np


def numbers(**options):
    return da.random.default_rng(1).normal(size=10, **options).compute()


print("chunks of 2 and 5, equal numbers of ten:", int((numbers(chunks=2) == numbers(chunks=5)).sum()))
with dask.config.set({"array.chunk-size": "32B"}):
    small = numbers()
print("another array.chunk-size, equal numbers of ten:", int((numbers() == small).sum()))
permuted = [da.random.default_rng(1).permutation(da.arange(10, chunks=size)).compute().tolist() for size in (2, 5)]
print("permutation, equal:", permuted[0] == permuted[1])
rng, pieces = np.random.default_rng(1), np.random.default_rng(1)
print("NumPy in pieces of 2, equal:", bool((rng.normal(size=10) == np.concatenate([pieces.normal(size=2) for _ in range(5)])).all()))
PYTHON
environment/bin/python -W ignore chunks.py | tee said.txt
diff said.txt - <<'EXPECTED'
chunks of 2 and 5, equal numbers of ten: 2
another array.chunk-size, equal numbers of ten: 4
permutation, equal: True
NumPy in pieces of 2, equal: True
EXPECTED
