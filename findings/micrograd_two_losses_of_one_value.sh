#!/usr/bin/env bash
# micrograd gives 24 for the gradient of two losses that share a value, where 18 is right: backward() keeps the inner gradients.
#
# versions: micrograd 0.1.0, autograd 1.9.1, numpy 2.4.6, Python 3.11
# behaviour: as in PyTorch, the gradients of several calls of backward() are to add up. But the gradient of a value
#   between the weight and the loss is not cleared either: the second call sends the first one's share down again. Two
#   terms of a loss, each with its own backward(), are therefore not the sum of their slopes, while one call for their
#   sum is right. Clearing the gradients of the parameters between the calls does not help, as it does not reach the
#   value between.
# output:
#   after the first: 6.0
#   after the second: 24.0
#   of the sum: 18.0 by autograd: 18.0
#   the second alone, x cleared before it: 18.0 by autograd: 12.0
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check micrograd==0.1.0 autograd==1.9.1 numpy==2.4.6
cat > losses.py <<'PYTHON'
from autograd import grad
from micrograd.engine import Value


def losses(x):
    y = x * x
    return y + 1, y * 2


x = Value(3.0)
first, second = losses(x)
first.backward()
print("after the first:", x.grad)
second.backward()
print("after the second:", x.grad)
x = Value(3.0)
first, second = losses(x)
(first + second).backward()
print("of the sum:", x.grad, "by autograd:", float(grad(lambda x: sum(losses(x)))(3.0)))
x = Value(3.0)
first, second = losses(x)
first.backward()
x.grad = 0
second.backward()
print("the second alone, x cleared before it:", x.grad, "by autograd:", float(grad(lambda x: losses(x)[1])(3.0)))
PYTHON
environment/bin/python losses.py | tee said.txt
diff said.txt - <<'EXPECTED'
after the first: 6.0
after the second: 24.0
of the sum: 18.0 by autograd: 18.0
the second alone, x cleared before it: 18.0 by autograd: 12.0
EXPECTED
