#!/usr/bin/env bash
# A Turkish scenario whose steps all begin with newer keywords passes in behave, which takes the steps for a description; pytest-bdd runs them, and it fails.
#
# versions: behave 1.3.3, pytest-bdd 9.0.1, gherkin-official 42.0.1, Python 3.11
# behaviour: behave keeps a list of the keywords of all languages, older than that of gherkin-official, which
#   pytest-bdd reads: there Turkish has 58 keywords more, Persian 10, Korean and Russian one each. A line that begins
#   with no known keyword is text, and text before the first step is the description of the scenario: no error, and no
#   undefined step. If all steps begin so, the scenario has none and passes, with status 0; if the first ones of
#   several do, those are left out; behind a known step such a line is an error. The lists were compared by program.
#   behave takes Cucumber's from time to time (its pull request 895); the new Turkish words are of spring 2026
#   (Cucumber's pull request 567), and also Behat's users have met unknown keywords that are taken for text (its issue
#   86).
# output:
#   old, behave: status 1, steps run 3
#   old, pytest-bdd: status 1, steps run 3
#   new, behave: status 0, steps run 0
#   new, pytest-bdd: status 1, steps run 3
#   half, behave: status 1, steps run 2
#   half, pytest-bdd: status 1, steps run 3
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check behave==1.3.3 pytest-bdd==9.0.1 \
  gherkin-official==42.0.1 pytest==9.2.0
cat > old.feature <<'TEXT'
# language: tr
Özellik: Ağ

  Senaryo: Ağ öğrenir
    Diyelim ki ağ kuruldu
    Eğer ki ağ öğrenirse
    O zaman kayıp azalır
TEXT
cat > new.feature <<'TEXT'
# language: tr
Özellik: Ağ

  Senaryo: Ağ öğrenir
    Varsayalım ki ağ kuruldu
    Şayet ağ öğrenirse
    Bu durumda kayıp azalır
TEXT
cat > half.feature <<'TEXT'
# language: tr
Özellik: Ağ

  Senaryo: Ağ öğrenir
    Varsayalım ki ağ kuruldu
    Eğer ki ağ öğrenirse
    O zaman kayıp azalır
TEXT
mkdir -p steps
cat > steps/steps.py <<'PYTHON'
from behave import step

for text in ("ağ kuruldu", "ağ öğrenirse", "kayıp azalır"):
    @step(text)
    def run(context, text=text):
        print(f"DONE {text}")
        assert text != "kayıp azalır"
PYTHON
cat > test_net.py <<'PYTHON'
import os

from pytest_bdd import scenarios, step

scenarios(os.environ["FEATURE"])


@step("ağ kuruldu")
@step("ağ öğrenirse")
def done():
    print("DONE!")


@step("kayıp azalır")
def fails():
    print("DONE!")
    assert False
PYTHON
cat > run.py <<'PYTHON'
import os
import re
import subprocess
import sys

commands = {
    "behave": [sys.executable, "-m", "behave", "--no-capture", "--format", "progress"],
    "pytest-bdd": [sys.executable, "-m", "pytest", "-s", "-q", "-p", "no:cacheprovider", "test_net.py"],
}
for name in ("old", "new", "half"):
    for runner, command in commands.items():
        last = [] if runner == "pytest-bdd" else [f"{name}.feature"]
        done = subprocess.run([*command, *last], env={**os.environ, "FEATURE": f"{name}.feature"}, capture_output=True, text=True)
        print(f"{name}, {runner}: status {done.returncode}, steps run {len(re.findall(r'DONE.ağ|DONE.kay|DONE!(?!.[)])', done.stdout))}")
PYTHON
environment/bin/python run.py | tee said.txt
diff said.txt - <<'EXPECTED'
old, behave: status 1, steps run 3
old, pytest-bdd: status 1, steps run 3
new, behave: status 0, steps run 0
new, pytest-bdd: status 1, steps run 3
half, behave: status 1, steps run 2
half, pytest-bdd: status 1, steps run 3
EXPECTED
