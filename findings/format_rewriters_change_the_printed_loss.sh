#!/usr/bin/env bash
# pyupgrade and flynt, which modernise formats, change what a program prints: "loss %s" of a float32 loss of 0.1 becomes loss 0.10000000149011612.
#
# versions: pyupgrade 3.22.0, flynt 1.0.6, numpy 2.4.6, Python 3.11
# behaviour: %s writes str() of a value; str.format and an f-string, which the tools put in its place by default,
#   write what its __format__ says, and for NumPy's float32 and float16 that is the text of the Python float. So a
#   log, an expected output and a test of one change with a rewrite of style, only where the network computes in
#   float32. flynt rewrites "%s" % x without a tuple as well, where x may be one: (1,) was 1 and is (1,), and of two
#   elements the error is gone. f"{x!s}" would be the same text. pyupgrade leaves that form, and both leave "%8s"
#   alone.
# output:
#   of_a_tuple of 0.1: loss 0.1, by both as well
#   of_a_tuple of np.float64(0.1): loss 0.1, by both as well
#   of_a_tuple of np.float32(0.1): loss 0.1; by pyupgrade loss 0.10000000149011612; by flynt loss 0.10000000149011612
#   of_a_tuple of np.float16(0.1): loss 0.1; by pyupgrade loss 0.0999755859375; by flynt loss 0.0999755859375
#   of_a_tuple of (1,): loss (1,), by both as well
#   of_a_tuple of (1, 2): loss (1, 2), by both as well
#   two of 0.1: loss 0.1 of 0.1, by both as well
#   two of np.float64(0.1): loss 0.1 of 0.1, by both as well
#   two of np.float32(0.1): loss 0.1 of 0.1; by pyupgrade loss 0.10000000149011612 of 0.10000000149011612; by flynt loss 0.10000000149011612 of 0.10000000149011612
#   two of np.float16(0.1): loss 0.1 of 0.1; by pyupgrade loss 0.0999755859375 of 0.0999755859375; by flynt loss 0.0999755859375 of 0.0999755859375
#   two of (1,): loss (1,) of (1,), by both as well
#   two of (1, 2): loss (1, 2) of (1, 2), by both as well
#   alone of 0.1: loss 0.1, by both as well
#   alone of np.float64(0.1): loss 0.1, by both as well
#   alone of np.float32(0.1): loss 0.1; by pyupgrade loss 0.1; by flynt loss 0.10000000149011612
#   alone of np.float16(0.1): loss 0.1; by pyupgrade loss 0.1; by flynt loss 0.0999755859375
#   alone of (1,): loss 1; by pyupgrade loss 1; by flynt loss (1,)
#   alone of (1, 2): TypeError; by pyupgrade TypeError; by flynt loss (1, 2)
#   wide of 0.1: loss      0.1, by both as well
#   wide of np.float64(0.1): loss      0.1, by both as well
#   wide of np.float32(0.1): loss      0.1, by both as well
#   wide of np.float16(0.1): loss      0.1, by both as well
#   wide of (1,): loss     (1,), by both as well
#   wide of (1, 2): loss   (1, 2), by both as well
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check pyupgrade==3.22.0 flynt==1.0.6 numpy==2.4.6
cat > before.py <<'PYTHON'
def of_a_tuple(loss):
    return "loss %s" % (loss,)


def two(loss):
    return "loss %s of %s" % (loss, loss)


def alone(loss):
    return "loss %s" % loss


def wide(loss):
    return "loss %8s" % (loss,)
PYTHON
cat > run.py <<'PYTHON'
import before
import by_flynt
import by_pyupgrade
import numpy as np


def said(module, name, loss):
    try:
        return getattr(module, name)(loss)
    except TypeError:
        return "TypeError"


for name in ("of_a_tuple", "two", "alone", "wide"):
    for loss in (0.1, np.float64(0.1), np.float32(0.1), np.float16(0.1), (1,), (1, 2)):
        first, *others = (said(module, name, loss) for module in (before, by_pyupgrade, by_flynt))
        if others != [first, first]:
            print(f"{name} of {loss!r}: {first}; by pyupgrade {others[0]}; by flynt {others[1]}")
        else:
            print(f"{name} of {loss!r}: {first}, by both as well")
PYTHON
cp before.py by_pyupgrade.py
cp before.py by_flynt.py
environment/bin/pyupgrade --py311-plus by_pyupgrade.py > said_by_pyupgrade.txt 2>&1 || true
environment/bin/flynt --quiet by_flynt.py > said_by_flynt.txt 2>&1
environment/bin/python run.py | tee said.txt
diff said.txt - <<'EXPECTED'
of_a_tuple of 0.1: loss 0.1, by both as well
of_a_tuple of np.float64(0.1): loss 0.1, by both as well
of_a_tuple of np.float32(0.1): loss 0.1; by pyupgrade loss 0.10000000149011612; by flynt loss 0.10000000149011612
of_a_tuple of np.float16(0.1): loss 0.1; by pyupgrade loss 0.0999755859375; by flynt loss 0.0999755859375
of_a_tuple of (1,): loss (1,), by both as well
of_a_tuple of (1, 2): loss (1, 2), by both as well
two of 0.1: loss 0.1 of 0.1, by both as well
two of np.float64(0.1): loss 0.1 of 0.1, by both as well
two of np.float32(0.1): loss 0.1 of 0.1; by pyupgrade loss 0.10000000149011612 of 0.10000000149011612; by flynt loss 0.10000000149011612 of 0.10000000149011612
two of np.float16(0.1): loss 0.1 of 0.1; by pyupgrade loss 0.0999755859375 of 0.0999755859375; by flynt loss 0.0999755859375 of 0.0999755859375
two of (1,): loss (1,) of (1,), by both as well
two of (1, 2): loss (1, 2) of (1, 2), by both as well
alone of 0.1: loss 0.1, by both as well
alone of np.float64(0.1): loss 0.1, by both as well
alone of np.float32(0.1): loss 0.1; by pyupgrade loss 0.1; by flynt loss 0.10000000149011612
alone of np.float16(0.1): loss 0.1; by pyupgrade loss 0.1; by flynt loss 0.0999755859375
alone of (1,): loss 1; by pyupgrade loss 1; by flynt loss (1,)
alone of (1, 2): TypeError; by pyupgrade TypeError; by flynt loss (1, 2)
wide of 0.1: loss      0.1, by both as well
wide of np.float64(0.1): loss      0.1, by both as well
wide of np.float32(0.1): loss      0.1, by both as well
wide of np.float16(0.1): loss      0.1, by both as well
wide of (1,): loss     (1,), by both as well
wide of (1, 2): loss   (1, 2), by both as well
EXPECTED
