#!/usr/bin/env bash
# gherkin-lint finds nothing within a Rule: two scenarios of one name, one without a name and an outline without examples all pass.
#
# versions: gherkin-lint 4.2.4, Node 20
# behaviour: Rule has been part of Gherkin since version 6. gherkin-lint reads such a feature without a complaint, and its checks
#   look at the children of the feature alone. The scenarios below a Rule are not looked at, and the exit status is 0. The same
#   scenarios without the line "Rule:" are four errors. Bitten is who gates a contract of many clauses by it: pytest-bdd runs
#   only the last of two scenarios of one name.
# output:
#   plain: status 1, no-dupe-scenario-names, no-duplicate-tags, no-scenario-outlines-without-examples, no-unnamed-scenarios
#   rule: status 0
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund gherkin-lint@4.2.4
cat > .gherkin-lintrc <<'JSON'
{
  "no-dupe-scenario-names": "on",
  "no-unnamed-scenarios": "on",
  "no-scenario-outlines-without-examples": "on",
  "no-duplicate-tags": "on",
  "no-partially-commented-tag-lines": "on"
}
JSON
feature() {
    printf 'Feature: F\n%s\n' "$1"
    cat <<'FEATURE'
  Scenario: S
    Given a network

  @slow @slow
  Scenario: S
    Given another one

  Scenario:
    Given a third one

  Scenario Outline: O
    Given a network of <widths>
FEATURE
}
feature "" > plain.feature
feature "  Rule: R" > rule.feature
for name in plain rule; do
    status=0
    node_modules/.bin/gherkin-lint "$name.feature" > run.txt 2>&1 || status=$?
    echo "$name: status $status, $(grep -oE '(no-[a-z-]+)' run.txt | sort | uniq | paste -sd, | sed 's/,/, /g')"
done | sed 's/, $//' | tee said.txt
diff said.txt - <<'EXPECTED'
plain: status 1, no-dupe-scenario-names, no-duplicate-tags, no-scenario-outlines-without-examples, no-unnamed-scenarios
rule: status 0
EXPECTED
