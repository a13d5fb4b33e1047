#!/usr/bin/env bash
# npm's cucumber-junit-convert, called for two Cucumber reports, writes the scenarios of the first into the second JUnit file too: a right network has failures.
#
# versions: cucumber-junit-convert 2.1.1, Node 20
# behaviour: the module makes one builder of a report when it is loaded, and every call of convert() adds its suites
#   to that. The file of the n-th call has the scenarios of all calls before it, with their failures, under the
#   options of the last one. Called once, as the page of the package shows it, it is right; bitten is who converts the
#   reports of a class, or of several runs, in a loop: whoever comes after a wrong network has its failures. A process
#   of its own for each file mends it.
# output:
#   ann, whose scenario failed: 1 cases, 1 failures; in a process of its own 1 cases, 1 failures
#   bob, whose scenario passed: 2 cases, 1 failures; in a process of its own 1 cases, 0 failures
#   eve, whose scenario passed: 3 cases, 1 failures; in a process of its own 1 cases, 0 failures
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund cucumber-junit-convert@2.1.1
cat > class.mjs <<'JAVASCRIPT'
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import converter from 'cucumber-junit-convert';

const report = (name, status) => [{
  uri: `${name}.feature`, id: name, keyword: 'Feature', name, line: 1,
  elements: [{
    id: `${name};learns`, keyword: 'Scenario', type: 'scenario', name: 'learns', line: 2,
    steps: [{
      keyword: 'Then ', name: 'the loss falls', line: 3,
      result: { status, duration: 1000, ...(status === 'failed' ? { error_message: 'it rises' } : {}) },
    }],
  }],
}];
const counts = (text) => `${(text.match(/<testcase/g) ?? []).length} cases, ${(text.match(/<failure/g) ?? []).length} failures`;
const said = console.log;
for (const [name, status] of [['ann', 'failed'], ['bob', 'passed'], ['eve', 'passed']]) {
  writeFileSync(`${name}.json`, JSON.stringify(report(name, status)));
  console.log = () => {};
  converter.convert({ inputJsonFile: `${name}.json`, outputXmlFile: `${name}.xml` });
  console.log = said;
  execFileSync('node', ['-e', `require('cucumber-junit-convert').convert({ inputJsonFile: '${name}.json', outputXmlFile: '${name}-alone.xml' })`]);
  const [together, alone] = ['', '-alone'].map((end) => counts(readFileSync(`${name}${end}.xml`, 'utf8')));
  console.log(`${name}, whose scenario ${status}: ${together}; in a process of its own ${alone}`);
}
JAVASCRIPT
node class.mjs | tee said.txt
diff said.txt - <<'EXPECTED'
ann, whose scenario failed: 1 cases, 1 failures; in a process of its own 1 cases, 1 failures
bob, whose scenario passed: 2 cases, 1 failures; in a process of its own 1 cases, 0 failures
eve, whose scenario passed: 3 cases, 1 failures; in a process of its own 1 cases, 0 failures
EXPECTED
