#!/usr/bin/env bash
# mocha, uvu and Node's runner pass a test that is a generator, function* or async function*: its failing body never runs.
#
# versions: mocha 12.0.3, uvu 0.5.6, jasmine 7.0.0, qunit 3.0.0, Node 20 with its node:test
# behaviour: a call of a generator runs nothing and returns an object. The three wait for what a test returns only if it is a
#   promise, and drop anything else without a word, so that a star left over from another runner, or a yield in place of an
#   await, turns off the test: it counts as passed, with exit status 0. mocha does the same for an `it` within an `it`, whose
#   body is never called, where node:test runs and fails the inner one. jasmine runs no generator, and says so; qunit fails a
#   test that asserted nothing.
# output:
#   mocha: status 0, 3 passing (generator, async generator, it within it)
#   uvu: status 0, Passed: 2
#   node: status 0, pass 2, fail 0
#   jasmine: status 1, it expects a function argument; received [object GeneratorFunction]
#   qunit: status 1, Expected at least one assertion, but none were run
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund mocha@12.0.3 uvu@0.5.6 jasmine@7.0.0 qunit@3.0.0
export PATH="$PWD/node_modules/.bin:$PATH" NO_COLOR=1 FORCE_COLOR=0
fail="throw new Error('accuracy 0.1')"
cat > mocha.cjs <<JS
it('generator', function* () { $fail; });
it('async generator', async function* () { $fail; });
it('outer', () => { it('inner', () => { $fail; }); });
JS
cat > uvu.cjs <<JS
const { test } = require('uvu');
test('generator', function* () { $fail; });
test('async generator', async function* () { $fail; });
test.run();
JS
cat > node.test.cjs <<JS
const { test } = require('node:test');
test('generator', function* () { $fail; });
test('async generator', async function* () { $fail; });
JS
echo "it('generator', function* () { $fail; });" > jasmine.spec.cjs
echo "QUnit.test('generator', function* () { $fail; });" > qunit.cjs
run() {
    name=$1 pattern=$2 status=0
    shift 2
    "$@" > run.txt 2>&1 || status=$?
    echo "$name: status $status, $(grep -oE "$pattern" run.txt | tr -s ' ' | paste -sd+ | sed 's/+/, /')"
}
{
    echo "$(run mocha '[0-9]+ (passing|failing)' mocha mocha.cjs) (generator, async generator, it within it)"
    run uvu 'Passed: +[0-9]+' node uvu.cjs
    run node '(pass|fail) [0-9]+' node --test --test-reporter=tap node.test.cjs
    run jasmine 'it expects a function argument; received .*' jasmine jasmine.spec.cjs
    run qunit 'Expected at least one assertion, but none were run' qunit qunit.cjs
} | tee said.txt
diff said.txt - <<'EXPECTED'
mocha: status 0, 3 passing (generator, async generator, it within it)
uvu: status 0, Passed: 2
node: status 0, pass 2, fail 0
jasmine: status 1, it expects a function argument; received [object GeneratorFunction]
qunit: status 1, Expected at least one assertion, but none were run
EXPECTED
