#!/usr/bin/env bash
# In TensorFlow.js 7 hits of 10 images are 0.7 as hits.div(10) and 0 as hits.div(images), if both are int32.
#
# versions: @tensorflow/tfjs 4.22.0 (CPU, Node 20)
# behaviour: a plain number becomes a float32 before the division, and so does the result; two tensors of int32 are
#   divided by floorDiv, -7 / 2 being -4. Counts are int32 by themselves: the sum of a comparison, an argMax or a
#   confusion matrix. So an accuracy per class is 0 for all but the perfect ones, while the same line with a constant is
#   right; mean() of the comparison is right too. TensorFlow in Python gives 0.7 for both, and Python's // is what
#   floorDiv is there for. The page of tf.div says only "divides"; no warning. The sum of two comparisons is worse: a
#   bool that holds 2. Bitten is who computes shares of counts.
# output:
#   hits.div(10): float32 [0.7,1]
#   hits.div(images): int32 [0,1]
#   -7 through 2: int32 [-4]
#   sum of a comparison through a count: int32 [0] mean: float32 [0.667]
#   two comparisons, added: bool [2,2,0]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @tensorflow/tfjs@4.22.0
cat > shares.js <<'JS'
const tf = require('@tensorflow/tfjs');

const told = (x) => `${x.dtype} ${JSON.stringify(Array.from(x.dataSync()).map((v) => Math.round(v * 1000) / 1000))}`;
const int = (values) => tf.tensor1d(values, 'int32');
const right = tf.equal(int([1, 2, 3]), int([1, 2, 0]));
console.log('hits.div(10):', told(int([7, 10]).div(10)));
console.log('hits.div(images):', told(int([7, 10]).div(int([10, 10]))));
console.log('-7 through 2:', told(int([-7]).div(int([2]))));
console.log('sum of a comparison through a count:', told(right.sum().div(tf.scalar(3, 'int32'))), 'mean:', told(right.mean()));
console.log('of floats:', told(int([7, 10]).toFloat().div(int([10, 10]).toFloat())));
console.log('two comparisons, added:', told(right.add(right)));
JS
node shares.js 2> noise.txt | grep -vE '^=|^$|Hi, looks|^of ' | tee said.txt
diff said.txt - <<'EXPECTED'
hits.div(10): float32 [0.7,1]
hits.div(images): int32 [0,1]
-7 through 2: int32 [-4]
sum of a comparison through a count: int32 [0] mean: float32 [0.667]
two comparisons, added: bool [2,2,0]
EXPECTED
