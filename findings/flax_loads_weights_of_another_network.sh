#!/usr/bin/env bash
# flax.serialization.from_bytes fills a network of 784 by 30 weights with 784 by 10 of another one, or with a text, without a word; Equinox raises, and so does Flax for a list of another length.
#
# versions: flax 0.12.8, equinox 0.13.8, jax 0.10.2, numpy 2.4.6, Python 3.11
# behaviour: from_bytes(target, data) and from_state_dict take a target "with the structure to restore", and compare
#   the names of the layers with it: a missing or unknown one raises. What the names hold is replaced by what was
#   saved, whatever its shape, dtype and type. So the file of another run gives ten hidden neurons for thirty, half
#   precision for single, and the first mistake comes where the shapes meet, or never: a bias of shape (1,) for (30,)
#   and a column for a matrix broadcast, and the network answers. An issue of 2022, 2436, asked for a check of shapes.
# output:
#   ten neurons, Flax: W1 float32 (784, 10), b1 float32 (10,)
#   ten neurons, Equinox: RuntimeError
#   one bias, Flax: W1 float16 (784, 30), b1 float64 (1,)
#   one bias, Equinox: RuntimeError
#   a text, Flax: W1  '784 by 30', b1  None
#   another name, Flax: ValueError
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check flax==0.12.8 equinox==0.13.8 jax==0.10.2 \
  numpy==2.4.6
cat > load.py <<'PYTHON'
import equinox
import numpy as np
from flax import serialization

network = {"W1": np.ones((784, 30), np.float32), "b1": np.zeros(30, np.float32)}
others = {
    "ten neurons": {"W1": np.ones((784, 10), np.float32), "b1": np.zeros(10, np.float32)},
    "one bias": {"W1": np.ones((784, 30), np.float16), "b1": np.ones(1)},
    "a text": {"W1": "784 by 30", "b1": None},
    "another name": {"W1": np.ones((784, 30)), "bias": np.zeros(30)},
}


def describe(tree):
    return ", ".join(f"{name} {getattr(value, 'dtype', '')} {getattr(value, 'shape', repr(value))}" for name, value in tree.items())


def load_by_equinox(other):
    equinox.tree_serialise_leaves("weights.eqx", other)
    return equinox.tree_deserialise_leaves("weights.eqx", network)


for name, other in others.items():
    loaders = {"Flax": lambda other=other: serialization.from_bytes(network, serialization.to_bytes(other))}
    if all(isinstance(value, np.ndarray) for value in other.values()) and other.keys() == network.keys():
        loaders["Equinox"] = lambda other=other: load_by_equinox(other)
    for tool, load in loaders.items():
        try:
            said = describe(load())
        except Exception as error:
            said = f"{type(error).__name__}"
        print(f"{name}, {tool}: {said}")
PYTHON
environment/bin/python load.py | tee said.txt
diff said.txt - <<'EXPECTED'
ten neurons, Flax: W1 float32 (784, 10), b1 float32 (10,)
ten neurons, Equinox: RuntimeError
one bias, Flax: W1 float16 (784, 30), b1 float64 (1,)
one bias, Equinox: RuntimeError
a text, Flax: W1  '784 by 30', b1  None
another name, Flax: ValueError
EXPECTED
