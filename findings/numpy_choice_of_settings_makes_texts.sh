#!/usr/bin/env bash
# rng.choice([False, "auto"]) of NumPy gives the text 'False', which is true, and rng.choice([128, 0.5]) the float 128.0; random.choice gives what stands in the list.
#
# versions: numpy 2.4.6, Python 3.11 with its random
# behaviour: One draws settings for a search: shuffle=rng.choice([False, "auto"]), batch=rng.choice([128, 0.5]). The
#   list is made an array first, and an array has one type: of a bool or a number beside a text all become texts, of a
#   bool beside a number all become numbers, of an int beside a float floats. So `if shuffle:` is taken for 'False'
#   and for '0', early_stopping == True never holds, and range(batch) raises. None beside anything makes an array of
#   objects, and all stay as they are. permutation of the same list gives texts as well; shuffle, which works within
#   the list, keeps the items. The page says that a is "array_like"; that its items are changed is said nowhere. The
#   legacy np.random.choice is alike. list[rng.integers(len(list))] or random.choice give the item.
# output:
#   [False, 'auto']
#     NumPy:  np.str_('False') (true), np.str_('auto') (true)
#     random: 'auto' (true), False (false)
#   [0, 'auto']
#     NumPy:  np.str_('0') (true), np.str_('auto') (true)
#     random: 'auto' (true), 0 (false)
#   [None, 'relu']
#     NumPy:  'relu' (true), None (false)
#     random: 'relu' (true), None (false)
#   [128, 0.5]
#     NumPy:  np.float64(0.5) (true), np.float64(128.0) (true)
#     random: 0.5 (true), 128 (true)
#   [True, 32]
#     NumPy:  np.int64(1) (true), np.int64(32) (true)
#     random: 32 (true), True (true)
#   [None, 0]
#     NumPy:  0 (false), None (false)
#     random: 0 (false), None (false)
#   permutation: U - shuffle keeps ['bool', 'str']
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numpy==2.4.6
cat > settings.py <<'PYTHON'
import random

import numpy as np


def drawn(choice, settings: list) -> str:
    """Return all that comes in a hundred draws, and which of it is true."""
    found = sorted({repr(item): item for item in (choice(settings) for _ in range(100))}.items())
    return ", ".join(f"{text} ({'true' if item else 'false'})" for text, item in found)


rng = np.random.default_rng(0)
generator = random.Random(0)
for settings in ([False, "auto"], [0, "auto"], [None, "relu"], [128, 0.5], [True, 32], [None, 0]):
    print(settings)
    print("  NumPy: ", drawn(rng.choice, settings))
    print("  random:", drawn(generator.choice, settings))
mixed = [False, "auto"]
rng.shuffle(mixed)
print("permutation:", rng.permutation([False, "auto"]).dtype.kind, "- shuffle keeps", sorted(type(item).__name__ for item in mixed))
PYTHON
environment/bin/python settings.py | tee said.txt
diff said.txt - <<'EXPECTED'
[False, 'auto']
  NumPy:  np.str_('False') (true), np.str_('auto') (true)
  random: 'auto' (true), False (false)
[0, 'auto']
  NumPy:  np.str_('0') (true), np.str_('auto') (true)
  random: 'auto' (true), 0 (false)
[None, 'relu']
  NumPy:  'relu' (true), None (false)
  random: 'relu' (true), None (false)
[128, 0.5]
  NumPy:  np.float64(0.5) (true), np.float64(128.0) (true)
  random: 0.5 (true), 128 (true)
[True, 32]
  NumPy:  np.int64(1) (true), np.int64(32) (true)
  random: 32 (true), True (true)
[None, 0]
  NumPy:  0 (false), None (false)
  random: 0 (false), None (false)
permutation: U - shuffle keeps ['bool', 'str']
EXPECTED
