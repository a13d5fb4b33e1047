#!/usr/bin/env bash
# Two of three numbers by fast-check's fc.double({ min: -1, max: 1 }) are nearer to 0 than 1e-100, and an array of up to 784 has at most 10.
#
# versions: fast-check 4.11.0, Node 20
# behaviour: all floats of the range are equally likely, and half of them are below 1e-150; the array's length is bound by
#   its `size`, "small" unless said otherwise, whatever maxLength allows. A property "for any weights and any image" is
#   thus tried with zeros, in effect, and on images of ten pixels: a sigmoid of them is 0.5, a product vanishes, and a wrong
#   slope is as good as a right one. nan is among the numbers, though min and max are given (noNaN: true). The reference
#   has size on a page of its own. Bitten is who tests a network in JavaScript by properties. fc.integer divided by 1000, and
#   size: 'max', give numbers and lengths of all kinds.
# output:
#   nearer to 0 than 1e-100: more than half true
#   between 0.01 and 0.99 in size: less than a tenth true
#   some are NaN: true
#   the longest of 300 arrays, maxLength 784: 10, with size max more than 500: true
#   fc.integer / 1000 between 0.01 and 0.99 in size: more than half true
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund fast-check@4.11.0
cat > drawn.mjs <<'JS'
import fc from 'fast-check';
const many = { numRuns: 2000, seed: 7 };
const share = (numbers, test) => numbers.filter(test).length / numbers.length;
const numbers = fc.sample(fc.double({ min: -1, max: 1 }), many);
const lengths = (options) => fc.sample(fc.array(fc.integer(), options), { numRuns: 300, seed: 7 }).map((array) => array.length);
console.log(`nearer to 0 than 1e-100: more than half ${share(numbers, (x) => Math.abs(x) < 1e-100) > 0.5}`);
console.log(`between 0.01 and 0.99 in size: less than a tenth ${share(numbers, (x) => Math.abs(x) > 0.01 && Math.abs(x) < 0.99) < 0.1}`);
console.log(`some are NaN: ${numbers.some(Number.isNaN)}`);
console.log(`the longest of 300 arrays, maxLength 784: ${Math.max(...lengths({ maxLength: 784 }))}, with size max more than 500: ${Math.max(...lengths({ maxLength: 784, size: 'max' })) > 500}`);
const integers = fc.sample(fc.integer({ min: -1000, max: 1000 }), many).map((n) => n / 1000);
console.log(`fc.integer / 1000 between 0.01 and 0.99 in size: more than half ${share(integers, (x) => Math.abs(x) > 0.01 && Math.abs(x) < 0.99) > 0.5}`);
JS
node drawn.mjs | tee said.txt
diff said.txt - <<'EXPECTED'
nearer to 0 than 1e-100: more than half true
between 0.01 and 0.99 in size: less than a tenth true
some are NaN: true
the longest of 300 arrays, maxLength 784: 10, with size max more than 500: true
fc.integer / 1000 between 0.01 and 0.99 in size: more than half true
EXPECTED
