#!/usr/bin/env bash
# In a Chinese feature a description that begins with the word for "current" (当前) is a When step without its first character.
#
# versions: gherkin-official 42.0.1, pytest-bdd 9.0.1 (Python 3.11), @cucumber/cucumber 12.9.0 (Node 20)
# behaviour: a description may be any text that does not begin with a keyword, and English keywords end in a blank. Chinese
#   ones, such as 当 (When), do not, and are the beginning of common words: 当前 is "current", 同时 "at the same time". A
#   description that begins with one is a step, with the rest of the sentence as its text: 前的网络有三层. The tools then look
#   for its definition and fail; below Feature:, where no step may stand, the same line is a description. A bullet is no
#   way out, as "* " is a step in every language.
# output:
#   gherkin-official: below Feature a description; below Scenario steps 当|前的网络有三层 假如|输入是一
#   cucumber-js: 1 scenario (1 undefined), 2 steps (2 undefined)
#   pytest-bdd: Step definition is not found: When "前的网络有三层"
#   in English, below Scenario: steps Given|the input is one
set -euo pipefail
export PYTHONUTF8=1 LC_ALL=C.UTF-8
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @cucumber/cucumber@12.9.0
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check gherkin-official==42.0.1
python3 -m venv bdd
bdd/bin/python -m pip install --quiet --disable-pip-version-check pytest-bdd==9.0.1 pytest==9.2.0
cat > zh.feature <<'FEATURE'
# language: zh-CN
功能: 网络
  当前的网络有三层

  场景: 前向
    当前的网络有三层
    假如输入是一
FEATURE
cat > en.feature <<'FEATURE'
Feature: Network
  The current network has three layers

  Scenario: Forward
    Whenever it is read, the network has three layers
    Given the input is one
FEATURE
cat > read.py <<'PYTHON'
import pathlib
import sys

from gherkin.parser import Parser

feature = Parser().parse(pathlib.Path(sys.argv[1]).read_text())["feature"]
(scenario,) = [child["scenario"] for child in feature["children"]]
above = "a description" if feature["description"] else "nothing"
print(above, " ".join(f"{step['keyword'].strip()}|{step['text']}" for step in scenario["steps"]), sep="; ")
PYTHON
steps() { environment/bin/python read.py "$1"; }
zh=$(steps zh.feature)
en=$(steps en.feature)
node_modules/.bin/cucumber-js --dry-run zh.feature > said.txt || true
js=$(grep -E '^[0-9]+ (scenario|step)' said.txt | paste -sd, | sed 's/,/, /')
printf 'from pytest_bdd import scenarios\n\nscenarios("zh.feature")\n' > test_zh.py
bdd/bin/python -m pytest -q -p no:cacheprovider test_zh.py > said.txt || true
bdd=$(grep -oE 'Step definition is not found: [^.]*"' said.txt | head -1)
{
    echo "gherkin-official: below Feature ${zh%%; *}; below Scenario steps ${zh#*; }"
    echo "cucumber-js: $js"
    echo "pytest-bdd: $bdd"
    echo "in English, below Scenario: steps ${en#*; }"
} | tee all.txt
diff all.txt - <<'EXPECTED'
gherkin-official: below Feature a description; below Scenario steps 当|前的网络有三层 假如|输入是一
cucumber-js: 1 scenario (1 undefined), 2 steps (2 undefined)
pytest-bdd: Step definition is not found: When "前的网络有三层"
in English, below Scenario: steps Given|the input is one
EXPECTED
