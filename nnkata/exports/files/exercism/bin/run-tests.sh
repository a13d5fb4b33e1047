#!/bin/sh
# Tests the test runner: the status of each solution in tests/ has to be the one in its expected_status.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
output=$(mktemp -d)
trap 'rm -rf "$output"' EXIT
bad=0
for folder in "$root"/tests/*/; do
    name=$(basename "$folder")
    expected=$(cat "$folder/expected_status")
    "$root/bin/run.sh" "$name" "$folder" "$output/$name" >"$output/log"
    status=$(sed -n 's/^ "status": *"\([a-z]*\)".*/\1/p' "$output/$name/results.json")
    echo "$name: $status, expected $expected"
    [ "$status" = "$expected" ] || bad=1
done
exit "$bad"
