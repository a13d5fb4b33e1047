#!/usr/bin/env bash
# sarif-to-markdown prints "Nothing here." for a SARIF log with errors, unless the rule of a result states a level.
#
# versions: @security-alert/sarif-to-markdown 1.11.1, Node 20
# behaviour: a result's own level, here error, takes precedence over its rule's, and a log need not describe its rules
#   at all. The converter uses the rules alone: a result whose rule is not described, or has no
#   defaultConfiguration.level, does not appear on the page. For a rule with a level, all results appear under the
#   message of the first. sarif-tools 3.0.5 shows each result.
# output:
#   no rules: Nothing here.
#   a rule without a level: Nothing here.
#   a rule with a level: - **[ERROR]** **[r1]** `first`; of the second message 0 lines
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @security-alert/sarif-to-markdown@1.11.1
cat > read.js <<'JS'
const { sarifToMarkdown } = require('@security-alert/sarif-to-markdown');
const at = (line) => [{ physicalLocation: { artifactLocation: { uri: 'a.py' }, region: { startLine: line } } }];
const results = ['first', 'second'].map((text, index) => ({ ruleId: 'r1', level: 'error', message: { text }, locations: at(index + 1) }));
const log = { version: '2.1.0', runs: [{ tool: { driver: { name: 't', rules: JSON.parse(process.argv[2]) } }, results }] };
const [page] = sarifToMarkdown({ owner: 'o', repo: 'r', branch: 'b', sourceRoot: '' })(log);
console.log(page.body.split('## Results')[1].split('## Suppressed')[0].trim());
JS
none=$(node read.js '[]')
bare=$(node read.js '[{"id": "r1"}]')
full=$(node read.js '[{"id": "r1", "defaultConfiguration": {"level": "error"}}]')
head=$(head -1 <<< "$full" | tr -s ' ')
second=$(grep -c second <<< "$full" || true)
printf 'no rules: %s\na rule without a level: %s\n' "$none" "$bare"
echo "a rule with a level: $head; of the second message $second lines"
[ "$none" = "Nothing here." ] && [ "$bare" = "Nothing here." ]
[ "$head" = '- **[ERROR]** **[r1]** `first`' ] && [ "$second" = 0 ]
