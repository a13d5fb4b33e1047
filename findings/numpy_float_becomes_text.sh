#!/usr/bin/env bash
# Since NumPy 2, toml and hjson write a np.float64 as the text "np.float64(0.1)", and plistlib writes a number that it cannot read.
#
# versions: toml 0.10.2, hjson 3.1.0, tomlkit 0.15.2, numpy 1.26.4 and 2.4.6, Python 3.11 with its plistlib and json
# behaviour: np.float64 is a subclass of float, so that it passes for one in json, tomlkit, hjson and plistlib. The two last
#   write its repr(), which NumPy 2 has changed: hjson then reads a text, and plistlib's own loads raises ValueError. toml
#   asks for the exact type, knows none, and writes repr() in quotes, of np.int64 too: in NumPy 1.26 "0.1", in NumPy 2 a call.
#   None of them warns.
# output: what comes back of a rate of np.float64(0.1)
#   numpy 1.26.4: toml '0.1', hjson 0.1, plistlib 0.1, tomlkit 0.1, json 0.1
#   numpy 2.4.6: toml 'np.float64(0.1)', hjson 'np.float64(0.1)', plistlib ValueError, tomlkit 0.1, json 0.1
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > write.py <<'PYTHON'
import json
import plistlib

import hjson
import numpy as np
import toml
import tomlkit


def told(library):
    try:
        return repr(library.loads(library.dumps({"rate": np.float64(0.1)}))["rate"])
    except ValueError as error:
        return type(error).__name__


libraries = toml, hjson, plistlib, tomlkit, json
print(f"numpy {np.__version__}:", ", ".join(f"{library.__name__} {told(library)}" for library in libraries))
PYTHON
for version in 1.26.4 2.4.6; do
    python3 -m venv "env-$version"
    "env-$version/bin/python" -m pip install --quiet --disable-pip-version-check "numpy==$version" toml==0.10.2 hjson==3.1.0 tomlkit==0.15.2
    "env-$version/bin/python" write.py | tee -a said.txt
done
diff said.txt - <<'EXPECTED'
numpy 1.26.4: toml '0.1', hjson 0.1, plistlib 0.1, tomlkit 0.1, json 0.1
numpy 2.4.6: toml 'np.float64(0.1)', hjson 'np.float64(0.1)', plistlib ValueError, tomlkit 0.1, json 0.1
EXPECTED
