#!/usr/bin/env bash
# The layers W2, W10, b1 come back from h5py and from JAX's tree.map as W10, W2, b1; npz keeps the order of the dict.
#
# versions: h5py 3.16.0, jax 0.10.2, optree 0.20.0, dm-tree 0.1.10, numpy 2.4.6, Python 3.11
# behaviour: a dict keeps the order of insertion, and np.savez too. h5py sorts by name, where W10 comes before W2,
#   unless track_order=True. JAX's tree.map of a dict gives a dict that is sorted by name; optree and dm-tree flatten
#   in the order of names, but give back the original order. zip(weights.values(), gradients.values()) then pairs a
#   matrix with the gradient of another one, without an exception where shapes agree.
# output:
#   dict: W2 W10 b1
#   npz: W2 W10 b1
#   h5py, track_order=False: W10 W2 b1
#   h5py, track_order=True: W2 W10 b1
#   jax.tree.map: W10 W2 b1 leaves: W10 W2 b1
#   optree.tree_map: W2 W10 b1 leaves: W10 W2 b1
#   dm-tree map_structure: W2 W10 b1 flatten: W10 W2 b1
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check h5py==3.16.0 jax==0.10.2 optree==0.20.0 dm-tree==0.1.10 numpy==2.4.6
cat > layers.py <<'PYTHON'
import h5py
import jax
import numpy as np
import optree
import tree

layers = {"W2": np.zeros(2, np.float32), "W10": np.zeros(2, np.float32), "b1": np.zeros(2, np.float64)}
np.savez("x.npz", **layers)
print("dict:", *layers)
print("npz:", *np.load("x.npz"))
for keeps in (False, True):
    with h5py.File("x.h5", "w", track_order=keeps) as file:
        for name, layer in layers.items():
            file[name] = layer
        print(f"h5py, track_order={keeps}:", *file)
names = {name: name for name in layers}
print("jax.tree.map:", *jax.tree.map(str, names), "leaves:", *jax.tree.leaves(names))
print("optree.tree_map:", *optree.tree_map(str, names), "leaves:", *optree.tree_leaves(names))
print("dm-tree map_structure:", *tree.map_structure(str, names), "flatten:", *tree.flatten(names))
PYTHON
environment/bin/python layers.py | tee said.txt
diff said.txt - <<'EXPECTED'
dict: W2 W10 b1
npz: W2 W10 b1
h5py, track_order=False: W10 W2 b1
h5py, track_order=True: W2 W10 b1
jax.tree.map: W10 W2 b1 leaves: W10 W2 b1
optree.tree_map: W2 W10 b1 leaves: W10 W2 b1
dm-tree map_structure: W2 W10 b1 flatten: W10 W2 b1
EXPECTED
