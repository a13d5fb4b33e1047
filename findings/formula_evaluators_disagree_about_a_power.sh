#!/usr/bin/env bash
# 2^3^2 of a student's formula is 512 to openedx-calc, 64 to py-expression-eval and 3 to simpleeval; py-expression-eval's 2**3**2 is 64 and its -7 % 3 is -1.
#
# versions: openedx-calc 4.0.3, py-expression-eval 0.3.14, simpleeval 1.0.8, cexprtk 0.4.2, asteval 1.0.10, Python 3.11
# behaviour: libraries that evaluate a formula from a text, for a grader of answers say, look alike and differ in
#   what an operator binds, without an error. A tower of powers is read from the right in mathematics and Python, and
#   from the left by py-expression-eval, with the signs ^ and **. simpleeval and asteval read Python, where ^ is the
#   exclusive or of two integers: 2^3 is 1, and 2.0^3 an error. The rest of -7 by 3 has Python's sign in those two and
#   C's in py-expression-eval and cexprtk. 3% is 0.03 to openedx-calc. An answer checked by one and a solution
#   computed by another differ, where both are right.
# output:
#   2^3: openedx-calc 8, py-expression-eval 8, simpleeval 1, asteval 1, cexprtk 8
#   2^3^2: openedx-calc 512, py-expression-eval 64, simpleeval 3, asteval 3, cexprtk 512
#   2**3**2: openedx-calc refuses, py-expression-eval 64, simpleeval 512, asteval 512, cexprtk refuses
#   -2^2: openedx-calc -4, py-expression-eval -4, simpleeval -4, asteval -4, cexprtk -4
#   -7 % 3: openedx-calc refuses, py-expression-eval -1, simpleeval 2, asteval 2, cexprtk -1
#   3%: openedx-calc 0.03, py-expression-eval refuses, simpleeval refuses, asteval refuses, cexprtk refuses
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check openedx-calc==4.0.3 \
  py-expression-eval==0.3.14 simpleeval==1.0.8 cexprtk==0.4.2 asteval==1.0.10
cat > evaluate.py <<'PYTHON'
import io

import asteval
import calc
import cexprtk
import py_expression_eval
import simpleeval

silent = io.StringIO()
libraries = {
    "openedx-calc": lambda text: calc.evaluator({}, {}, text),
    "py-expression-eval": lambda text: py_expression_eval.Parser().parse(text).evaluate({}),
    "simpleeval": simpleeval.simple_eval,
    "asteval": asteval.Interpreter(writer=silent, err_writer=silent),
    "cexprtk": lambda text: cexprtk.evaluate_expression(text, {}),
}
for text in ("2^3", "2^3^2", "2**3**2", "-2^2", "-7 % 3", "3%"):
    said = []
    for name, evaluate in libraries.items():
        try:
            value = evaluate(text)
        except Exception as refusal:
            value = None
        said.append(f"{name} {'refuses' if value is None else format(value, 'g')}")
    print(f"{text}: {', '.join(said)}")
PYTHON
environment/bin/python -W ignore evaluate.py | tee said.txt
diff said.txt - <<'EXPECTED'
2^3: openedx-calc 8, py-expression-eval 8, simpleeval 1, asteval 1, cexprtk 8
2^3^2: openedx-calc 512, py-expression-eval 64, simpleeval 3, asteval 3, cexprtk 512
2**3**2: openedx-calc refuses, py-expression-eval 64, simpleeval 512, asteval 512, cexprtk refuses
-2^2: openedx-calc -4, py-expression-eval -4, simpleeval -4, asteval -4, cexprtk -4
-7 % 3: openedx-calc refuses, py-expression-eval -1, simpleeval 2, asteval 2, cexprtk -1
3%: openedx-calc 0.03, py-expression-eval refuses, simpleeval refuses, asteval refuses, cexprtk refuses
EXPECTED
