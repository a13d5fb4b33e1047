#!/usr/bin/env bash
# prettier-plugin-gherkin rewrites the text of a doc string if it can be read as JSON, with or without that media type.
#
# versions: prettier 3.10.1, prettier-plugin-gherkin 4.0.0 (Node 20), gherkin-official 42.0.1 (Python 3.11)
# behaviour: a doc string is a value, which a step may compare letter by letter with what a program printed. A formatter may indent
#   it as a whole, and this one leaves a text that is no JSON alone. One that is JSON gets blanks after its commas and within
#   its braces, and 1E-3 becomes 1e-3, also where the text is marked as python or not at all. A test of a printed line fails
#   after a formatter ran; one that was written by copying the feature passes against a wrong line. gherkin-utils, Cucumber's
#   own formatter, keeps the texts. Bitten is who formats features in a commit hook.
# output:
#   before: json {"l_rate":1E-3,"sizes":[784,128]}; plain {"l_rate":1E-3}; plain rates:{"l_rate":1E-3}; python {"l_rate":1E-3}
#   gherkin-utils: json {"l_rate":1E-3,"sizes":[784,128]}; plain {"l_rate":1E-3}; plain rates:{"l_rate":1E-3}; python {"l_rate":1E-3}
#   prettier: json { "l_rate": 1e-3, "sizes": [784, 128] }; plain { "l_rate": 1e-3 }; plain rates:{"l_rate":1E-3}; python { "l_rate": 1e-3 }
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @cucumber/gherkin-utils@12.0.2 prettier@3.10.1 prettier-plugin-gherkin@4.0.0
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check gherkin-official==42.0.1
cat > rates.feature <<'FEATURE'
Feature: Rates
  Scenario: A rate
    Given the settings
      """json
      {"l_rate":1E-3,"sizes":[784,128]}
      """
    And the output
      """
      {"l_rate":1E-3}
      """
    And the line
      """
      rates:{"l_rate":1E-3}
      """
    And the code
      """python
      {"l_rate":1E-3}
      """
FEATURE
cat > told.py <<'PYTHON'
from gherkin.parser import Parser

steps = Parser().parse(open("rates.feature").read())["feature"]["children"][0]["scenario"]["steps"]
print("; ".join(f"{step['docString'].get('mediaType', 'plain')} {step['docString']['content']}" for step in steps))
PYTHON
{
    echo "before: $(environment/bin/python told.py)"
    node_modules/.bin/gherkin-utils format rates.feature > run.txt < /dev/null
    echo "gherkin-utils: $(environment/bin/python told.py)"
    node_modules/.bin/prettier --plugin prettier-plugin-gherkin --write rates.feature > run.txt
    echo "prettier: $(environment/bin/python told.py)"
} | tee said.txt
diff said.txt - <<'EXPECTED'
before: json {"l_rate":1E-3,"sizes":[784,128]}; plain {"l_rate":1E-3}; plain rates:{"l_rate":1E-3}; python {"l_rate":1E-3}
gherkin-utils: json {"l_rate":1E-3,"sizes":[784,128]}; plain {"l_rate":1E-3}; plain rates:{"l_rate":1E-3}; python {"l_rate":1E-3}
prettier: json { "l_rate": 1e-3, "sizes": [784, 128] }; plain { "l_rate": 1e-3 }; plain rates:{"l_rate":1E-3}; python { "l_rate": 1e-3 }
EXPECTED
