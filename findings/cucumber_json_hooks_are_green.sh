#!/usr/bin/env bash
# Four converters from Cucumber JSON to JUnit show a scenario as passed whose After hook failed, in the form of Cucumber-JVM.
#
# versions: cucumber-junit 1.7.1, cucumber-junit-convert 2.1.1, cucumber-to-junit 0.1.3, cucumberjs-junitxml 1.0.0 (Node 20)
# behaviour: a hook that failed fails its scenario. In the JSON of Cucumber-JVM it stands in "before" or "after" of the scenario,
#   beside "steps"; cucumber-js writes it among the steps, as a hidden one. Three of the converters know the second form alone,
#   cucumber-junit neither: no failure, and no word of the hook. Bitten is who publishes the results of a contract in another
#   language: a network that has changed in a scenario, as an After hook finds, is green.
# output:
#   cucumber-junit: failures in the form of Cucumber-JVM 0, of cucumber-js 0
#   cucumber-junit-convert: failures in the form of Cucumber-JVM 0, of cucumber-js 1
#   cucumber-to-junit: failures in the form of Cucumber-JVM 0, of cucumber-js 2
#   cucumberjs-junitxml: failures in the form of Cucumber-JVM 0, of cucumber-js 1
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund cucumber-junit@1.7.1 cucumber-junit-convert@2.1.1 cucumber-to-junit@0.1.3 cucumberjs-junitxml@1.0.0
cat > write.js <<'JS'
const passed = { status: 'passed', duration: 1 };
const failed = { status: 'failed', duration: 1, error_message: 'the weights have changed' };
const step = { keyword: 'Given ', name: 'a network', line: 3, match: { location: 'Steps.network()' }, result: passed };
const scenario = { id: 'f;s', keyword: 'Scenario', name: 'S', line: 2, type: 'scenario', description: '', tags: [] };
const feature = (more) => [{ id: 'f', uri: 'f.feature', keyword: 'Feature', name: 'F', line: 1, description: '', tags: [], elements: [{ ...scenario, ...more }] }];
const hook = { match: { location: 'Hooks.after()' }, result: failed };
const fs = require('fs');
fs.writeFileSync('jvm.json', JSON.stringify(feature({ steps: [step], after: [hook] })));
fs.writeFileSync('js.json', JSON.stringify(feature({ steps: [step, { keyword: 'After', hidden: true, ...hook }] })));
JS
node write.js
cat > convert.js <<'JS'
const { CucumberConverter } = require('cucumber-to-junit');
for (const one of ['jvm', 'js']) {
  require('cucumber-junit-convert').convert({ inputJsonFile: `${one}.json`, outputXmlFile: `convert-${one}.xml` });
  new CucumberConverter({}).convertToJunit(`${one}.json`, `to-${one}.xml`);
}
JS
node convert.js > run.txt
for one in jvm js; do
    node node_modules/cucumber-junit/bin/cucumber-junit < "$one.json" > "junit-$one.xml"
    node node_modules/cucumberjs-junitxml/bin/cucumber-junit < "$one.json" > "junitxml-$one.xml"
done
failures() { if grep -q '<testcase' "$1"; then { grep -o '<failure' "$1" || true; } | wc -l | tr -d ' '; else echo 'no test'; fi; }
for tool in junit:cucumber-junit convert:cucumber-junit-convert to:cucumber-to-junit junitxml:cucumberjs-junitxml; do
    echo "${tool#*:}: failures in the form of Cucumber-JVM $(failures "${tool%%:*}-jvm.xml"), of cucumber-js $(failures "${tool%%:*}-js.xml")"
done | tee said.txt
diff said.txt - <<'EXPECTED'
cucumber-junit: failures in the form of Cucumber-JVM 0, of cucumber-js 0
cucumber-junit-convert: failures in the form of Cucumber-JVM 0, of cucumber-js 1
cucumber-to-junit: failures in the form of Cucumber-JVM 0, of cucumber-js 2
cucumberjs-junitxml: failures in the form of Cucumber-JVM 0, of cucumber-js 1
EXPECTED
