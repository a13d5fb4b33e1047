#!/usr/bin/env bash
# mocha passes a describe with an async function, whose second test fails: the tests behind an await are never run nor counted, with status 0; Vitest and Node's runner run them, QUnit and Jasmine refuse the function.
#
# versions: mocha 12.0.3, vitest 4.1.12, qunit 3.0.0, jasmine 7.0.0, Node 20 with its runner
# behaviour: A test needs weights, so that its describe is async and awaits the file before it states the tests.
#   mocha calls the function, does not wait for what it returns, and starts the run: the tests that were stated before
#   the first await are run, and the others come when the run is over. No report has a word on them: "1 passing", and
#   the JSON has tests 1. If the await is short enough to end during the run, the tests behind it run, and stand
#   beside the describe and not in it. mocha's documentation has an option, --delay, for suites that are built later,
#   and the function run for it; nothing reminds one of it. Bitten is who comes from Vitest or from Node's runner.
# output:
#   mocha: status 0, the second test is not in the report
#     1 passing
#   node: status 1, the second test fails
#   vitest: status 1, the second test fails
#   qunit: status 1, the second test is not in the report
#     must not be async
#   jasmine: status 1, the second test is not in the report
#     expects a function argument; received [object AsyncFunction]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund mocha@12.0.3 vitest@4.1.12 qunit@3.0.0 jasmine@7.0.0
cat > suite.mjs <<'JAVASCRIPT'
const weights = () => new Promise(resolve => setTimeout(resolve, 1500, [1, NaN]));

export const suite = (describe, test) =>
  describe("network", async () => {
    test("has a name", () => {});
    const numbers = await weights();
    test("has finite weights", () => {
      if (!numbers.every(Number.isFinite)) throw new Error("a weight is not finite");
    });
  });
JAVASCRIPT
cat > mocha.spec.mjs <<'JAVASCRIPT'
import { suite } from "./suite.mjs";

suite(describe, it);
JAVASCRIPT
cat > node.spec.mjs <<'JAVASCRIPT'
import { describe, it } from "node:test";
import { suite } from "./suite.mjs";

suite(describe, it);
JAVASCRIPT
cat > vitest.test.mjs <<'JAVASCRIPT'
import { describe, it } from "vitest";
import { suite } from "./suite.mjs";

suite(describe, it);
JAVASCRIPT
cat > qunit.spec.mjs <<'JAVASCRIPT'
import { suite } from "./suite.mjs";

suite(QUnit.module, QUnit.test);
JAVASCRIPT
{
  for runner in "mocha mocha.spec.mjs" "node --test node.spec.mjs" "vitest run vitest.test.mjs" "qunit qunit.spec.mjs" "jasmine mocha.spec.mjs"; do
    status=0
    PATH="$folder/node_modules/.bin:$PATH" NO_COLOR=1 $runner > run.txt 2>&1 < /dev/null || status=$?
    named=$(grep -c "a weight is not finite" run.txt || true)
    echo "${runner%% *}: status $status, the second test $([ "$named" -gt 0 ] && echo "fails" || echo "is not in the report")"
    grep -oE "[0-9]+ (passing|failing)|must not be async|expects a function argument; received .object AsyncFunction." run.txt | sort -u | sed "s/^/  /" || true
  done
} | tee said.txt
diff said.txt - <<'EXPECTED'
mocha: status 0, the second test is not in the report
  1 passing
node: status 1, the second test fails
vitest: status 1, the second test fails
qunit: status 1, the second test is not in the report
  must not be async
jasmine: status 1, the second test is not in the report
  expects a function argument; received [object AsyncFunction]
EXPECTED
