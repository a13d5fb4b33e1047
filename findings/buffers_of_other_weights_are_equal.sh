#!/usr/bin/env bash
# expect(buffer).toEqual(other) of Jest and Vitest passes for two ArrayBuffers with other weights, and of another length; sinon, should, unexpected and earl agree.
#
# versions: expect 30.5.2, vitest 4.1.12, sinon 22.1.0, should 13.2.3, unexpected 13.2.1, earl 2.0.0, chai 6.3.0, uvu 0.5.6, Node 20
# behaviour: weights from a file or a request come as an ArrayBuffer, which has no properties of its own, so that an
#   equality by properties finds two buffers alike, whatever they hold. should alone looks at the length. A DataView
#   is the same to the six as well. A Float32Array on the same bytes is compared by number by all, which makes it hard
#   to notice. toStrictEqual, chai and Node's assert compare the bytes. Jest's and Vitest's toMatchObject takes a
#   shorter Float32Array, whose numbers are the first ones, for the whole, though of plain arrays it wants the same
#   length.
# output:
#   a Float32Array: the same to none
#   its buffer: the same to Jest's toEqual, Jest's toMatchObject, sinon, should, unexpected, earl
#   a longer buffer: the same to Jest's toEqual, Jest's toMatchObject, sinon, unexpected, earl
#   a buffer in an object: the same to Jest's toEqual, Jest's toMatchObject, sinon, should, unexpected, earl
#   a DataView: the same to Jest's toEqual, Jest's toMatchObject, sinon, should, unexpected, earl
#   the front of a Float32Array: the same to Jest's toMatchObject
#   the front of an array: the same to none
#   a Float32Array: the same to none
#   its buffer: the same to Vitest's toEqual, Vitest's toMatchObject
#   a longer buffer: the same to Vitest's toEqual, Vitest's toMatchObject
#   a buffer in an object: the same to Vitest's toEqual, Vitest's toMatchObject
#   a DataView: the same to Vitest's toEqual, Vitest's toMatchObject
#   the front of a Float32Array: the same to none
#   the front of an array: the same to none
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund expect@30.5.2 vitest@4.1.12 sinon@22.1.0 should@13.2.3 unexpected@13.2.1 earl@2.0.0 chai@6.3.0 uvu@0.5.6
cat > buffers.test.mjs <<'JAVASCRIPT'
import assert from 'node:assert';
import { appendFileSync } from 'node:fs';
import { expect as chai } from 'chai';
import { expect as earl } from 'earl';
import should from 'should';
import sinon from 'sinon';
import unexpected from 'unexpected';
import * as uvu from 'uvu/assert';

const weights = (...numbers) => Float32Array.from(numbers);
const pairs = {
  'a Float32Array': [weights(1, 2), weights(7, 9)],
  'its buffer': [weights(1, 2).buffer, weights(7, 9).buffer],
  'a longer buffer': [weights(1, 2).buffer, weights(1, 2, 3).buffer],
  'a buffer in an object': [{ W1: weights(1, 2).buffer }, { W1: weights(7, 9).buffer }],
  'a DataView': [new DataView(weights(1, 2).buffer), new DataView(weights(7, 9).buffer)],
  'the front of a Float32Array': [{ W1: weights(1, 2, 3) }, { W1: weights(1, 2) }],
  'the front of an array': [{ W1: [1, 2, 3] }, { W1: [1, 2] }],
};

export function compare(runner, expect, others) {
  const equal = {
    [`${runner}'s toEqual`]: (a, b) => expect(a).toEqual(b),
    [`${runner}'s toStrictEqual`]: (a, b) => expect(a).toStrictEqual(b),
    [`${runner}'s toMatchObject`]: (a, b) => expect(a).toMatchObject(b),
    ...(others && {
      sinon: sinon.assert.match,
      should: (a, b) => should(a).eql(b),
      unexpected: (a, b) => unexpected(a, 'to equal', b),
      earl: (a, b) => earl(a).toEqual(b),
      chai: (a, b) => chai(a).to.deep.equal(b),
      uvu: uvu.equal,
      'node:assert': assert.deepEqual,
    }),
  };
  for (const [name, pair] of Object.entries(pairs)) {
    const passed = Object.keys(equal).filter((by) => {
      try { equal[by](...pair); return true; } catch { return false; }
    });
    appendFileSync('compared.txt', `${name}: the same to ${passed.join(', ') || 'none'}\n`);
  }
}

if (process.env.VITEST) {
  const { test, expect } = await import('vitest');
  test('buffers', () => compare('Vitest', expect, false));
} else {
  const { expect } = await import('expect');
  compare('Jest', expect, true);
}
JAVASCRIPT
node buffers.test.mjs
npx vitest run buffers.test.mjs > vitest.txt 2>&1
cat compared.txt | tee said.txt
diff said.txt - <<'EXPECTED'
a Float32Array: the same to none
its buffer: the same to Jest's toEqual, Jest's toMatchObject, sinon, should, unexpected, earl
a longer buffer: the same to Jest's toEqual, Jest's toMatchObject, sinon, unexpected, earl
a buffer in an object: the same to Jest's toEqual, Jest's toMatchObject, sinon, should, unexpected, earl
a DataView: the same to Jest's toEqual, Jest's toMatchObject, sinon, should, unexpected, earl
the front of a Float32Array: the same to Jest's toMatchObject
the front of an array: the same to none
a Float32Array: the same to none
its buffer: the same to Vitest's toEqual, Vitest's toMatchObject
a longer buffer: the same to Vitest's toEqual, Vitest's toMatchObject
a buffer in an object: the same to Vitest's toEqual, Vitest's toMatchObject
a DataView: the same to Vitest's toEqual, Vitest's toMatchObject
the front of a Float32Array: the same to none
the front of an array: the same to none
EXPECTED
