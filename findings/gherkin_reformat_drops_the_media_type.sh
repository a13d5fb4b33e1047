#!/usr/bin/env bash
# reformat-gherkin turns """json into """, writes the file, and reports that the content is unchanged: a step loses the media type.
#
# versions: reformat-gherkin 3.0.1, gherkin-official 24.0.0 (its own), Python 3.11
# behaviour: what stands behind the quotes of a doc string is its media type, part of Gherkin, by which a step or a formatter decides
#   how to read the text (docString.mediaType in Cucumber's messages). The tool compares the features before and after, as black
#   does, to be safe, but this comparison leaves the media type out, as its writer does. Exit status 0. The same happens to
#   the fence ```, and a second run finds nothing to do. Bitten is who formats features in a hook and passes JSON to a network.
# output:
#   before: """json ```python
#   reformat-gherkin: status 0, 1 file reformatted
#   after: """ """
#   reformat-gherkin --check: status 0, 1 file would be left unchanged.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check reformat-gherkin==3.0.1 gherkin-official==24.0.0 setuptools==80.9.0
cat > rates.feature <<'FEATURE'
Feature: Rates

  Scenario: A rate
    Given the settings
      """json
      {"l_rate": 0.1}
      """
    And the code
      ```python
      x = 1
      ```
FEATURE
cat > told.py <<'PYTHON'
from gherkin.parser import Parser

steps = Parser().parse(open("rates.feature").read())["feature"]["children"][0]["scenario"]["steps"]
print(*(f"{step['docString']['delimiter']}{step['docString'].get('mediaType', '')}" for step in steps))
PYTHON
{
    echo "before: $(environment/bin/python told.py)"
    status=0
    environment/bin/reformat-gherkin rates.feature > run.txt 2>&1 || status=$?
    echo "reformat-gherkin: status $status, $(grep -oE '^[0-9]+ files? [a-z ]+' run.txt)"
    echo "after: $(environment/bin/python told.py)"
    status=0
    environment/bin/reformat-gherkin --check rates.feature > run.txt 2>&1 || status=$?
    echo "reformat-gherkin --check: status $status, $(grep -oE '^[0-9]+ files? .*' run.txt)"
} | tee said.txt
diff said.txt - <<'EXPECTED'
before: """json ```python
reformat-gherkin: status 0, 1 file reformatted
after: """ """
reformat-gherkin --check: status 0, 1 file would be left unchanged.
EXPECTED
