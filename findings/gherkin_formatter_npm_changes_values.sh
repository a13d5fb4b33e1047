#!/usr/bin/env bash
# npm's gherkin-formatter changes values: a text block loses its inner indentation, a cell everything after its \n.
#
# versions: gherkin-formatter 1.2.2 with gherkin-io 1.3.0 (Node 20), gherkin-official 42.0.1 (Python 3.11)
# behaviour: each line of a text block gets a new indentation, regardless of its depth, so that Python code or YAML in
#   it becomes a different program. Of the cell 'two\nlines' only the word 'two' is written. The result is valid Gherkin
#   again.
# output:
#   before: block 'if x:\n    y', cell 'two\nlines'
#   after: block 'if x:\ny', cell 'two'
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund gherkin-formatter@1.2.2 gherkin-io@1.3.0
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check gherkin-official==42.0.1
cat > before.feature <<'FEATURE'
Feature: F

  Scenario: S
    Given a program
      """
      if x:
          y
      """
    And a table
      | two\nlines |
FEATURE
cat > format.js <<'JS'
const { read } = require('gherkin-io');
const { format } = require('gherkin-formatter');
read('before.feature').then((documents) => require('fs').writeFileSync('after.feature', format(documents[0])));
JS
node format.js
cat > read.py <<'PYTHON'
import sys

from gherkin.parser import Parser

feature = Parser().parse(open(sys.argv[1], encoding="utf-8").read())["feature"]
block, table = feature["children"][0]["scenario"]["steps"]
print(f"block {block['docString']['content']!r}, cell {table['dataTable']['rows'][0]['cells'][0]['value']!r}")
PYTHON
before=$(environment/bin/python read.py before.feature)
after=$(environment/bin/python read.py after.feature)
printf 'before: %s\nafter: %s\n' "$before" "$after"
[ "$before" = "block 'if x:\n    y', cell 'two\nlines'" ]
[ "$after" = "block 'if x:\ny', cell 'two'" ]
