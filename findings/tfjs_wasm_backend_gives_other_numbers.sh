#!/usr/bin/env bash
# TensorFlow.js gives other numbers on its WebAssembly backend than on its plain one: the logarithm of 1 + 1e-10 is 0, a probability of 0.9 as bool is false, and a NaN clipped to [0, 1] is 0.
#
# versions: @tensorflow/tfjs 4.22.0, @tensorflow/tfjs-backend-wasm 4.22.0, Node 20
# behaviour: A backend is chosen for its speed, by setBackend, or by the library itself, which takes the best one
#   that loads; the code of the network stays. log1p is there for numbers near 0, and on WebAssembly computes the
#   logarithm of 1 + x in float32, so that a cross-entropy of a confident network is 0. A cast of 0.5 or 0.9 to bool
#   cuts to an integer first, and is false; on cpu everything but 0 and NaN is true. clipByValue and relu6 make 0 of
#   NaN, fused.matMul with a relu, which converted graphs use for each layer, does so too, and relu alone keeps it;
#   maximum and minimum of NaN and 1 depend on which stands first. A confusion matrix raises on WebAssembly. All
#   others of some sixty operations that were compared agree. So a broken network shows NaN in the test, and a class
#   in the page. No warning.
# output:
#   log1p of 1e-10: cpu 1e-10; wasm 0
#   0.9, 0.5 and 1 as bool: cpu 1, 1, 1; wasm 0, 0, 1
#   clipByValue of NaN, 5: cpu NaN, 1; wasm 0, 1
#   relu of NaN, -1: cpu NaN, 0; wasm NaN, 0
#   relu6 of NaN, -1: cpu NaN, 0; wasm 0, 0
#   fused relu of 1 * 1 + NaN * 1: cpu NaN; wasm 0
#   maximum of NaN, 1 and of 1, NaN: cpu NaN, NaN; wasm NaN, 1
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund @tensorflow/tfjs@4.22.0 @tensorflow/tfjs-backend-wasm@4.22.0
cat > backends.js <<'JAVASCRIPT'
console.log = (log => (...said) => String(said[0]).includes("=====") || log(...said))(console.log);
const tf = require("@tensorflow/tfjs");
require("@tensorflow/tfjs-backend-wasm");

const matrix = numbers => tf.tensor2d([numbers]);
const operations = {
  "log1p of 1e-10": () => tf.log1p([1e-10]),
  "0.9, 0.5 and 1 as bool": () => tf.cast([0.9, 0.5, 1], "bool"),
  "clipByValue of NaN, 5": () => tf.clipByValue([NaN, 5], 0, 1),
  "relu of NaN, -1": () => tf.relu([NaN, -1]),
  "relu6 of NaN, -1": () => tf.relu6([NaN, -1]),
  "fused relu of 1 * 1 + NaN * 1": () => tf.fused.matMul({ a: matrix([1, NaN]), b: tf.tensor2d([[1], [1]]), activation: "relu" }),
  "maximum of NaN, 1 and of 1, NaN": () => tf.maximum([NaN, 1], [1, NaN]),
};
const run = async backend => {
  await tf.setBackend(backend);
  return Object.values(operations).map(operation => [...operation().dataSync()].map(x => (x === true || x === false ? Number(x) : Number(x.toPrecision(6)))).join(", "));
};
(async () => {
  const [plain, assembly] = [await run("cpu"), await run("wasm")];
  Object.keys(operations).forEach((name, i) => console.log(`${name}: cpu ${plain[i]}; wasm ${assembly[i]}`));
})();
JAVASCRIPT
node backends.js 2> errors.txt | tee said.txt
diff said.txt - <<'EXPECTED'
log1p of 1e-10: cpu 1e-10; wasm 0
0.9, 0.5 and 1 as bool: cpu 1, 1, 1; wasm 0, 0, 1
clipByValue of NaN, 5: cpu NaN, 1; wasm 0, 1
relu of NaN, -1: cpu NaN, 0; wasm NaN, 0
relu6 of NaN, -1: cpu NaN, 0; wasm 0, 0
fused relu of 1 * 1 + NaN * 1: cpu NaN; wasm 0
maximum of NaN, 1 and of 1, NaN: cpu NaN, NaN; wasm NaN, 1
EXPECTED
