#!/usr/bin/env bash
# In math.js the remainder of 0.3 by 0.1 is below zero, 2.9999999999999 is an integer, 0.5 is not larger than 0.5 - 1e-13, and [3, NaN, 1, 2] sorted is [1, 2, NaN, 3].
#
# versions: mathjs 15.2.0, Node 20
# behaviour: math.js takes two numbers for equal that differ by less than a part in 10**12, in floor, ceil,
#   isInteger, smaller and larger too, so that what was a hair below a whole number is that number. mod(x, y) is x - y
#   * floor(x / y), by its documentation and for numbers such as these: with that floor the remainder of positive
#   numbers can be below zero, where JavaScript's % and Python give 0.09999999999999998. Whether it is less than zero,
#   math.js denies. compare, by which sort works, says that NaN is less than each number and each number less than
#   NaN, so that a list with a NaN is in no order. The tolerance is documented, and was put into mod after its issue
#   2936; of the sign and the order nothing was found.
# output:
#   mod(0.3, 0.1): -5.551115123125783e-17
#   0.3 % 0.1: 0.09999999999999998
#   evaluate("0.3 mod 0.1 < 0"): false
#   mod(0.9, 0.3), mod(0.7, 0.1): 1.1102230246251565e-16, -1.1102230246251565e-16
#   floor(2.9999999999999): 3
#   isInteger(2.9999999999999): true
#   larger(0.5, 0.5 - 1e-13): false
#   0.5 > 0.5 - 1e-13: true
#   compare(NaN, 1), compare(1, NaN): -1, -1
#   sort([3, NaN, 1, 2]): 1,2,NaN,3
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund mathjs@15.2.0
cat > run.cjs <<'JAVASCRIPT'
const math = require('mathjs');
const show = (text, value) => console.log(`${text}: ${value}`);
show('mod(0.3, 0.1)', math.mod(0.3, 0.1));
show('0.3 % 0.1', 0.3 % 0.1);
show('evaluate("0.3 mod 0.1 < 0")', math.evaluate('0.3 mod 0.1 < 0'));
show('mod(0.9, 0.3), mod(0.7, 0.1)', `${math.mod(0.9, 0.3)}, ${math.mod(0.7, 0.1)}`);
show('floor(2.9999999999999)', math.floor(2.9999999999999));
show('isInteger(2.9999999999999)', math.isInteger(2.9999999999999));
show('larger(0.5, 0.5 - 1e-13)', math.larger(0.5, 0.5 - 1e-13));
show('0.5 > 0.5 - 1e-13', 0.5 > 0.5 - 1e-13);
show('compare(NaN, 1), compare(1, NaN)', `${math.compare(NaN, 1)}, ${math.compare(1, NaN)}`);
show('sort([3, NaN, 1, 2])', math.sort([3, NaN, 1, 2]));
JAVASCRIPT
node run.cjs | tee said.txt
diff said.txt - <<'EXPECTED'
mod(0.3, 0.1): -5.551115123125783e-17
0.3 % 0.1: 0.09999999999999998
evaluate("0.3 mod 0.1 < 0"): false
mod(0.9, 0.3), mod(0.7, 0.1): 1.1102230246251565e-16, -1.1102230246251565e-16
floor(2.9999999999999): 3
isInteger(2.9999999999999): true
larger(0.5, 0.5 - 1e-13): false
0.5 > 0.5 - 1e-13: true
compare(NaN, 1), compare(1, NaN): -1, -1
sort([3, NaN, 1, 2]): 1,2,NaN,3
EXPECTED
