#!/usr/bin/env bash
# jest-codemods rewrites Chai's assertions into weaker ones of Jest: of nine that fail eight pass afterwards, assert.isNotNaN(loss) of a nan and expect(losses).to.have.members([1, 2]) of [1, 2, 3] among them.
#
# versions: jest-codemods 0.35.0, chai 6.3.0, expect 30.5.2, Node 20
# behaviour: the tool moves a suite to Jest, and warns of an assertion that it cannot translate. isNotNaN becomes
#   expect(loss).not.toBe(), "is not undefined"; members, with or without an order, become arrayContaining, and keys
#   toContain, so that what is there too does no harm; to.exist becomes toBeDefined, which null is; equal, which asks
#   for the same object or number, becomes toEqual; of throw(Error, "text") and of assert.throws(f, /text/) the text
#   is gone. None of these gives a warning. A suite whose tests were right, and failed for a wrong network, so is
#   green for it.
# output:
#   assert.isNotNaN(NaN): fails
#     expect(NaN).not.toBe(): passes
#   assert.equal(weights, copy): fails
#     expect(weights).toEqual(copy): passes
#   assert.throws(train, /rate/): fails
#     expect(train).toThrow(): passes
#   expect([1, 2, 3]).to.have.members([1, 2]): fails
#     expect([1, 2, 3]).toEqual(expect.arrayContaining([1, 2])): passes
#   expect([2, 1]).to.have.ordered.members([1, 2]): fails
#     expect([2, 1]).toEqual(expect.arrayContaining([1, 2])): passes
#   expect({ W1: 1, W2: 2 }).to.have.all.keys("W1"): fails
#     expect(Object.keys({ W1: 1, W2: 2 })).toContain("W1"): passes
#   expect(null).to.exist: fails
#     expect(null).toBeDefined(): passes
#   expect(train).to.throw(Error, "rate"): fails
#     expect(train).toThrow(Error): passes
#   expect([1, 2, 3]).to.have.lengthOf(2): fails
#     expect([1, 2, 3]).toHaveLength(2): fails
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund jest-codemods@0.35.0 chai@6.3.0 expect@30.5.2
cat > run.mjs <<'JAVASCRIPT'
import { execFileSync } from 'child_process';
import { readFileSync, writeFileSync } from 'fs';
import { assert, expect as chai } from 'chai';
import { expect as jest } from 'expect';

const lines = [
  ['chai-assert', 'assert.isNotNaN(NaN)'],
  ['chai-assert', 'assert.equal(weights, copy)'],
  ['chai-assert', 'assert.throws(train, /rate/)'],
  ['chai-should', 'expect([1, 2, 3]).to.have.members([1, 2])'],
  ['chai-should', 'expect([2, 1]).to.have.ordered.members([1, 2])'],
  ['chai-should', 'expect({ W1: 1, W2: 2 }).to.have.all.keys("W1")'],
  ['chai-should', 'expect(null).to.exist'],
  ['chai-should', 'expect(train).to.throw(Error, "rate")'],
  ['chai-should', 'expect([1, 2, 3]).to.have.lengthOf(2)'],
];
const values = { weights: [1], copy: [1], train: () => { throw new Error('shape'); } };
const outcome = (code, tools) => {
  try { new Function(...Object.keys(values), ...Object.keys(tools), code)(...Object.values(values), ...Object.values(tools)); }
  catch { return 'fails'; }
  return 'passes';
};
for (const [transformer, line] of lines) {
  const name = transformer === 'chai-assert' ? 'assert' : 'expect';
  writeFileSync('net.test.js', `import { ${name} } from 'chai';\n${line};\n`);
  const call = ['-t', `node_modules/jest-codemods/dist/transformers/${transformer}.js`, 'net.test.js', '--silent'];
  const said = execFileSync('node_modules/.bin/jscodeshift', call, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const written = readFileSync('net.test.js', 'utf8').trim().replace(/;$/, '');
  const warned = /warning/i.test(said) ? ', with a warning' : '';
  console.log(`${line}: ${outcome(line, { assert, expect: chai })}`);
  console.log(`  ${written}: ${outcome(written, { expect: jest })}${warned}`);
}
JAVASCRIPT
node run.mjs | tee said.txt
diff said.txt - <<'EXPECTED'
assert.isNotNaN(NaN): fails
  expect(NaN).not.toBe(): passes
assert.equal(weights, copy): fails
  expect(weights).toEqual(copy): passes
assert.throws(train, /rate/): fails
  expect(train).toThrow(): passes
expect([1, 2, 3]).to.have.members([1, 2]): fails
  expect([1, 2, 3]).toEqual(expect.arrayContaining([1, 2])): passes
expect([2, 1]).to.have.ordered.members([1, 2]): fails
  expect([2, 1]).toEqual(expect.arrayContaining([1, 2])): passes
expect({ W1: 1, W2: 2 }).to.have.all.keys("W1"): fails
  expect(Object.keys({ W1: 1, W2: 2 })).toContain("W1"): passes
expect(null).to.exist: fails
  expect(null).toBeDefined(): passes
expect(train).to.throw(Error, "rate"): fails
  expect(train).toThrow(Error): passes
expect([1, 2, 3]).to.have.lengthOf(2): fails
  expect([1, 2, 3]).toHaveLength(2): fails
EXPECTED
