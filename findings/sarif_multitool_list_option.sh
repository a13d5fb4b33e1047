#!/usr/bin/env bash
# npm's sarif-multitool runs no rules, or only the first kind, for a list like "Sarif;Ghas", the form that its help gives.
#
# versions: @microsoft/sarif-multitool 5.7.0, Node 20
# behaviour: the command that npm installs joins its arguments to a line for a shell (`shell: true` without quoting).
#   The semicolon ends that line: the program never sees the rest, and the shell looks for a command Ghas. GitHub's
#   rules do not run, and the status is the shell's, 127. Called without this wrapper, the program takes the same
#   argument and reports results without a location, which GitHub refuses (GH1015).
# output:
#   by npm's command: status 127, findings of GitHub's rules 0
#   by the program: status 0, findings of GitHub's rules 6
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @microsoft/sarif-multitool@5.7.0
program=$(echo node_modules/@microsoft/sarif-multitool-*/Sarif.Multitool)
chmod u+x "$program"
cat > log.sarif <<'JSON'
{"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [{"tool": {"driver": {"name": "t",
 "rules": [{"id": "r"}]}}, "results": [{"ruleId": "r", "message": {"text": "A finding without a place."}}]}]}
JSON
found() { grep -cE 'error GH[0-9]+' "$1" || true; }
status=0
node_modules/.bin/sarif-multitool validate log.sarif --output by-npm.sarif --rule-kind "Sarif;Ghas" > npm.txt 2>&1 || status=$?
echo "by npm's command: status $status, findings of GitHub's rules $(found npm.txt)"
direct=0
"$program" validate log.sarif --output by-program.sarif --rule-kind "Sarif;Ghas" > program.txt 2>&1 || direct=$?
echo "by the program: status $direct, findings of GitHub's rules $(found program.txt)"
[ "$status" = 127 ] && [ "$(found npm.txt)" = 0 ] && [ "$(found program.txt)" -gt 0 ]
