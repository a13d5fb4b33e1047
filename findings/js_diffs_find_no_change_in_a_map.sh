#!/usr/bin/env bash
# To four diffs and two comparisons of JavaScript values two networks with other weights in a Map are the same; jsondiffpatch finds a change from NaN to NaN.
#
# versions: microdiff 1.6.0, deep-diff 1.0.2, deep-object-diff 1.1.9, jsondiffpatch 0.7.7, just-compare 2.3.0, hash-sum 2.0.0, deep-eql 5.0.2, Node 20
# behaviour: a Map keeps its entries apart from its properties, and these libraries compare properties: a Map has
#   none, so that any two are alike, whatever they hold, and a snapshot or a test of a changed network sees no change.
#   The weights themselves, as Float32Array in an object, are compared by number. Only a size that differs would help,
#   and none looks at it. hash-sum gives both networks one hash. chai's deep-eql knows Map and Set. Of a loss of NaN
#   on both sides jsondiffpatch and deep-object-diff report a change for ever, the others none. Reported for deep-diff
#   in 2018 and open; in an issue of microdiff a Map is advised, and the reader reports that nothing changes in it.
# output:
#   an object: the same to none
#   a Map: the same to microdiff, deep-diff, deep-object-diff, jsondiffpatch, just-compare, hash-sum
#   a Map without the layer: the same to microdiff, deep-diff, deep-object-diff, jsondiffpatch, just-compare, hash-sum
#   a Set of classes: the same to microdiff, deep-diff, deep-object-diff, jsondiffpatch, hash-sum
#   NaN and NaN: the same to microdiff, deep-diff, just-compare, hash-sum, deep-eql
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund microdiff@1.6.0 deep-diff@1.0.2 deep-object-diff@1.1.9 jsondiffpatch@0.7.7 just-compare@2.3.0 hash-sum@2.0.0 deep-eql@5.0.2
cat > compare.mjs <<'JAVASCRIPT'
import { diff as jsonDiff } from 'jsondiffpatch';
import compare from 'just-compare';
import deepDiff from 'deep-diff';
import deepEql from 'deep-eql';
import hash from 'hash-sum';
import microdiff from 'microdiff';
import { diff as objectDiff } from 'deep-object-diff';

const same = {
  microdiff: (a, b) => microdiff(a, b).length === 0,
  'deep-diff': (a, b) => deepDiff(a, b) === undefined,
  'deep-object-diff': (a, b) => Object.keys(objectDiff(a, b)).length === 0,
  jsondiffpatch: (a, b) => jsonDiff(a, b) === undefined,
  'just-compare': compare,
  'hash-sum': (a, b) => hash(a) === hash(b),
  'deep-eql': deepEql,
};
const weights = (...numbers) => Float32Array.from(numbers);
const cases = {
  'an object': [{ net: { W1: weights(1, 2) } }, { net: { W1: weights(1, 3) } }],
  'a Map': [{ net: new Map([['W1', weights(1, 2)]]) }, { net: new Map([['W1', weights(1, 3)]]) }],
  'a Map without the layer': [{ net: new Map([['W1', weights(1, 2)]]) }, { net: new Map() }],
  'a Set of classes': [{ classes: new Set([7]) }, { classes: new Set([1, 2]) }],
  'NaN and NaN': [{ loss: NaN }, { loss: NaN }],
};
for (const [name, pair] of Object.entries(cases)) {
  const equal = Object.keys(same).filter((library) => same[library](...pair));
  console.log(`${name}: the same to ${equal.join(', ') || 'none'}`);
}
JAVASCRIPT
node compare.mjs | tee said.txt
diff said.txt - <<'EXPECTED'
an object: the same to none
a Map: the same to microdiff, deep-diff, deep-object-diff, jsondiffpatch, just-compare, hash-sum
a Map without the layer: the same to microdiff, deep-diff, deep-object-diff, jsondiffpatch, just-compare, hash-sum
a Set of classes: the same to microdiff, deep-diff, deep-object-diff, jsondiffpatch, hash-sum
NaN and NaN: the same to microdiff, deep-diff, just-compare, hash-sum, deep-eql
EXPECTED
