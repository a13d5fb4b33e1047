#!/bin/sh
# Judges a solution as Exercism does: without network, on a file system that cannot be written to.
# run-in-docker.sh SLUG SOLUTION_FOLDER OUTPUT_FOLDER
set -eu
if [ "$#" -ne 3 ]; then
    echo "usage: $0 slug path/to/solution/ path/to/output/" >&2
    exit 1
fi
root=$(cd "$(dirname "$0")/.." && pwd)
mkdir -p "$3"
docker build --rm -t nnkata-test-runner "$root"
docker run --rm --network none --read-only --memory 3g --tmpfs /tmp:rw \
    --mount "type=bind,src=$(realpath "$2"),dst=/solution" \
    --mount "type=bind,src=$(realpath "$3"),dst=/output" \
    nnkata-test-runner "$1" /solution/ /output/
