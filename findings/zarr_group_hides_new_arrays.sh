#!/usr/bin/env bash
# An array that is added to a zarr group after consolidate_metadata exists in the store, and the group does not show it.
#
# versions: zarr 3.1.6, numpy 2.4.6, Python 3.11
# behaviour: consolidated metadata are a copy of all descriptions, made once for quick reading. open_group prefers that
#   copy where it exists, and writing does not renew it: the writer sees the new array, and everybody who opens the
#   group afterwards does not find it. use_consolidated=False, or another consolidation, shows it. A chunk that is
#   missing in the store is no mistake to zarr either: it reads as zeros, the fill value.
# output:
#   opened again: ['W1'] False
#   use_consolidated=False: ['W1', 'W2']
#   consolidated again: ['W1', 'W2']
#   without the second chunk: [1, 2, 0, 0]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check zarr==3.1.6 numpy==2.4.6
cat > group.py <<'PYTHON'
import pathlib

import numpy as np
import zarr

group = zarr.open_group("x.zarr", mode="w", zarr_format=2)
group["W1"] = np.ones(2)
zarr.consolidate_metadata("x.zarr")
writer = zarr.open_group("x.zarr", mode="r+")
writer["W2"] = np.ones(2)
print("opened again:", sorted(zarr.open_group("x.zarr", mode="r")), "W2" in zarr.open_group("x.zarr", mode="r"))
print("use_consolidated=False:", sorted(zarr.open_group("x.zarr", mode="r", use_consolidated=False)))
zarr.consolidate_metadata("x.zarr")
print("consolidated again:", sorted(zarr.open_group("x.zarr", mode="r")))
pixels = zarr.create_array("pixels.zarr", shape=(4,), chunks=(2,), dtype="u1")
pixels[:] = [1, 2, 3, 4]
pathlib.Path("pixels.zarr/c/1").unlink()
print("without the second chunk:", zarr.open_array("pixels.zarr", mode="r")[:].tolist())
PYTHON
environment/bin/python -W ignore group.py | tee said.txt
diff said.txt - <<'EXPECTED'
opened again: ['W1'] False
use_consolidated=False: ['W1', 'W2']
consolidated again: ['W1', 'W2']
without the second chunk: [1, 2, 0, 0]
EXPECTED
