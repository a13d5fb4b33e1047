#!/usr/bin/env bash
# pytestify makes `assert not broken or empty` of assertFalse(broken or empty), and `assert accuracy == 1 or loss` of assertEqual(accuracy, 1 or loss): the failing tests pass.
#
# versions: pytestify 1.5.0, unittest2pytest 0.5, pytest 9.2.0, Python 3.11
# behaviour: the tool rewrites a suite of unittest into assertions of pytest. It joins the texts of the arguments by
#   an operator, and an argument that has an operator of lower rank falls apart: or, and, if-else, not, in and
#   comparisons. Such an assertion asks something else, and a part of it, which is often true, stands alone.
#   assertAlmostEqual becomes pytest.approx, which allows a millionth of the number where the method allows half of a
#   ten-millionth: 1000.0 and 1000.0005 are equal afterwards. Its places=2 become 0.01, twice the room.
#   unittest2pytest, which does the same job, writes the parentheses and round(abs(a - b), 7).
# output:
#   test_false: unittest failed, unittest2pytest failed, pytestify passed - assert not broken or empty
#   test_default: unittest failed, unittest2pytest failed, pytestify passed - assert accuracy == expected or 0.9
#   test_choice: unittest failed, unittest2pytest failed, pytestify passed - assert accuracy == 0.9 if not trained else 1.0
#   test_truth: unittest failed, unittest2pytest failed, pytestify passed - assert trained or accuracy > 0.5 == False
#   test_none: unittest failed, unittest2pytest failed, pytestify passed - assert broken or accuracy is None
#   test_almost: unittest failed, unittest2pytest failed, pytestify passed - assert 1000.0 == pytest.approx(1000.0005)
#   test_places: unittest failed, unittest2pytest failed, pytestify passed - assert 0.5 == pytest.approx(0.509, abs=0.01)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check pytestify==1.5.0 unittest2pytest==0.5 \
  pytest==9.2.0
cat > test_net.py <<'PYTHON'
import unittest

broken, empty, accuracy, expected, trained = True, True, 0.1, None, True


class TestNet(unittest.TestCase):
    def test_false(self):
        self.assertFalse(broken or empty)

    def test_default(self):
        self.assertEqual(accuracy, expected or 0.9)

    def test_choice(self):
        self.assertEqual(accuracy, 0.9 if not trained else 1.0)

    def test_truth(self):
        self.assertEqual(trained or accuracy > 0.5, False)

    def test_none(self):
        self.assertIsNone(broken or accuracy)

    def test_almost(self):
        self.assertAlmostEqual(1000.0, 1000.0005)

    def test_places(self):
        self.assertAlmostEqual(0.5, 0.509, places=2)
PYTHON
cat > convert.py <<'PYTHON'
import re
import shutil
import subprocess
import sys


def outcomes(file):
    run = subprocess.run([sys.executable, "-m", "pytest", "-rA", "-p", "no:cacheprovider", file], capture_output=True, text=True)
    return {name: word for word, name in re.findall(r"^(PASSED|FAILED) \S+::(test_\w+)", run.stdout, re.MULTILINE)}


found = {"unittest": outcomes("test_net.py")}
for tool, options in {"unittest2pytest": ["-w", "-n"], "pytestify": []}.items():
    file = f"test_by_{tool}.py"
    shutil.copy("test_net.py", file)
    subprocess.run([f"environment/bin/{tool}", *options, file], capture_output=True)
    found[tool] = outcomes(file)
for test, line in re.findall(r"def (test_\w+).*\n +(.+)", open("test_by_pytestify.py").read()):
    print(f"{test}:", ", ".join(f"{tool} {words.get(test, 'lost').lower()}" for tool, words in found.items()), "-", line)
PYTHON
environment/bin/python convert.py | tee said.txt
diff said.txt - <<'EXPECTED'
test_false: unittest failed, unittest2pytest failed, pytestify passed - assert not broken or empty
test_default: unittest failed, unittest2pytest failed, pytestify passed - assert accuracy == expected or 0.9
test_choice: unittest failed, unittest2pytest failed, pytestify passed - assert accuracy == 0.9 if not trained else 1.0
test_truth: unittest failed, unittest2pytest failed, pytestify passed - assert trained or accuracy > 0.5 == False
test_none: unittest failed, unittest2pytest failed, pytestify passed - assert broken or accuracy is None
test_almost: unittest failed, unittest2pytest failed, pytestify passed - assert 1000.0 == pytest.approx(1000.0005)
test_places: unittest failed, unittest2pytest failed, pytestify passed - assert 0.5 == pytest.approx(0.509, abs=0.01)
EXPECTED
