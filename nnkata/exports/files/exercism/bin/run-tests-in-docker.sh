#!/bin/sh
# Tests the test runner as Exercism runs it: see run-tests.sh.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
docker build --rm -t nnkata-test-runner "$root"
docker run --rm --network none --read-only --memory 3g --tmpfs /tmp:rw \
    --entrypoint /opt/test-runner/bin/run-tests.sh nnkata-test-runner
