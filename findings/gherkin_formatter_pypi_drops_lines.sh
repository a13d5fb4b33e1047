#!/usr/bin/env bash
# PyPI's gherkin-formatter drops the language of a feature and the tags of a Rule, writes the file, and says "Reformatted".
#
# versions: gherkin-formatter 0.1.3, gherkin-official 42.0.1, Python 3.11
# behaviour: its output lacks the line "# language: zh-CN", so Gherkin can no longer read a Chinese feature. It also
#   lacks the tags above a Rule, so a run by that tag finds no scenario. The exit status is 0 in both cases.
# output:
#   language: status 0, before 1 scenario, after not Gherkin
#   tags of a Rule: status 0, before @slow, after none
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check gherkin-formatter==0.1.3 gherkin-official==42.0.1
printf '# language: zh-CN\n功能: 数字\n  场景: 一\n    假如 一\n' > language.feature
printf 'Feature: F\n\n  @slow\n  Rule: R\n    Scenario: S\n      Given one\n' > tags.feature
cat > read.py <<'PYTHON'
import sys

from gherkin.errors import CompositeParserException
from gherkin.parser import Parser
from gherkin.pickles.compiler import Compiler

try:
    document = Parser().parse(open(sys.argv[1], encoding="utf-8").read())
except CompositeParserException:
    sys.exit(print("not Gherkin"))
pickles = Compiler().compile({**document, "uri": "read.feature"})
tags = " ".join(tag["name"] for pickle in pickles for tag in pickle["tags"])
print(f"{len(pickles)} scenario" if sys.argv[2] == "scenarios" else tags or "none")
PYTHON
tell() {
    before=$(environment/bin/python read.py "$1" "$2")
    status=0
    environment/bin/gherkin-formatter "$1" > said.txt 2>&1 || status=$?
    grep -q "Reformatted" said.txt
    after=$(environment/bin/python read.py "$1" "$2")
    told="status $status, before $before, after $after"
}
tell language.feature scenarios
echo "language: $told"
[ "$told" = "status 0, before 1 scenario, after not Gherkin" ]
tell tags.feature tags
echo "tags of a Rule: $told"
[ "$told" = "status 0, before @slow, after none" ]
