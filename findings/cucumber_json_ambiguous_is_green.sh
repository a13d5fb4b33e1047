#!/usr/bin/env bash
# Three converters from Cucumber JSON to JUnit show a scenario as passed that cucumber-js fails for an ambiguous step.
#
# versions: @cucumber/cucumber 12.9.0, cucumber-junit-convert 2.1.1, cucumber-to-junit 0.1.3, cucumberjs-junitxml 1.0.0 (Node 20)
# behaviour: if two definitions match a step, cucumber-js ends with 1 and writes the status "ambiguous"; its own JUnit
#   formatter writes a failure. The converters do not know this status and write a test without a failure.
#   cucumber-junit-convert does the same for a step without a definition ("undefined").
# output:
#   cucumber-js: status 1, failures="2"
#   cucumber-junit-convert: ambiguous 0 failures, undefined 0
#   cucumber-to-junit: ambiguous 0 failures, undefined 1
#   cucumberjs-junitxml: ambiguous 0 failures, undefined 0 (1 skipped)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @cucumber/cucumber@12.9.0 cucumber-junit-convert@2.1.1 cucumber-to-junit@0.1.3 cucumberjs-junitxml@1.0.0
cat > ambiguous.feature <<'FEATURE'
Feature: F
  Scenario: S
    Given two match
FEATURE
cat > undefined.feature <<'FEATURE'
Feature: F
  Scenario: S
    Given nobody wrote this
FEATURE
cat > steps.js <<'JS'
const { Given } = require('@cucumber/cucumber');
Given('two match', () => {});
Given(/^two match$/, () => {});
JS
status=0
node_modules/.bin/cucumber-js --require steps.js --format junit:own.xml ambiguous.feature undefined.feature > said.txt || status=$?
own=$(grep -oE 'failures="[0-9]+"' own.xml)
echo "cucumber-js: status $status, $own"
for feature in ambiguous undefined; do
    node_modules/.bin/cucumber-js --require steps.js --format "json:$feature.json" "$feature.feature" > said.txt || true
done
cat > convert.js <<'JS'
const { CucumberConverter } = require('cucumber-to-junit');
for (const one of ['ambiguous', 'undefined']) {
  require('cucumber-junit-convert').convert({ inputJsonFile: `${one}.json`, outputXmlFile: `convert-${one}.xml` });
  new CucumberConverter({ markUndefinedAsFailed: true }).convertToJunit(`${one}.json`, `to-${one}.xml`);
}
JS
node convert.js > said.txt
for feature in ambiguous undefined; do node node_modules/cucumberjs-junitxml/bin/cucumber-junit < "$feature.json" > "xml-$feature.xml"; done
failures() { if grep -q '<testcase ' "$1"; then { grep -o '<failure' "$1" || true; } | wc -l | tr -d ' '; else echo 'no test'; fi; }
convert="$(failures convert-ambiguous.xml) $(failures convert-undefined.xml)"
to="$(failures to-ambiguous.xml) $(failures to-undefined.xml)"
xml="$(failures xml-ambiguous.xml) $(failures xml-undefined.xml)"
skipped=$(grep -o '<skipped' xml-undefined.xml | wc -l | tr -d ' ')
echo "cucumber-junit-convert: ambiguous ${convert% *} failures, undefined ${convert#* }"
echo "cucumber-to-junit: ambiguous ${to% *} failures, undefined ${to#* }"
echo "cucumberjs-junitxml: ambiguous ${xml% *} failures, undefined ${xml#* } ($skipped skipped)"
[ "$status $own" = '1 failures="2"' ] && [ "$convert $to $xml $skipped" = "0 0 0 1 0 0 1" ]
