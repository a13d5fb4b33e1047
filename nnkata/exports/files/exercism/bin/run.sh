#!/bin/sh
# Judges a solution: run.sh SLUG SOLUTION_FOLDER OUTPUT_FOLDER writes OUTPUT_FOLDER/results.json.
# Exercism wants status 0 however the tests went; any other says that this script was called wrongly.
if [ "$#" -ne 3 ]; then
    echo "usage: $0 slug path/to/solution/ path/to/output/" >&2
    exit 1
fi
root=$(cd "$(dirname "$0")/.." && pwd)
output=${3%/}
mkdir -p "$output" || exit 1
cp "$root/kit/unjudged.json" "$output/results.json" || exit 1
"$root/nnkata/bin/python" -I -m nnkata.exports.judge "$root/kit/nnkata.json" "${2%/}" "$output/results.json"
echo "$1: nnkata ended with status $? (0 judged, 1 cannot be judged, 2 a fault of the grader's)"
