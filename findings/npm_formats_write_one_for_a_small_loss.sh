#!/usr/bin/env bash
# Five packages of npm write 1 for a loss of 1e-7 by %d, and 6 for 6.02e23: sprintf-js, voca, printf, format and underscore.string; console.log of Node does it by %i.
#
# versions: sprintf-js 1.1.3, voca 1.4.1, printf 0.6.1, format 0.2.2, underscore.string 3.3.6,
#   quick-format-unescaped 4.0.4, fast-printf 1.6.10, printj 1.3.1, Node 20
# behaviour: %d of C takes a whole number; these take any, and cut its fraction by parseInt. That is a function for
#   texts: the number is written first, as JavaScript writes it, and read up to the first letter. From 1e-6 down and
#   from 1e21 up that text has an exponent, so that 2.5e-7 is 2 and 9e-9 is 9: a loss that falls to nothing is printed
#   as 0, 0, 0 and then as a whole number. Node's documentation states parseInt for %i, and its %d gives 1e-7.
#   fast-printf and quick-format-unescaped, which pino's logs go through, cut or round as numbers; printj wraps large
#   ones to 32 bits.
# output:
#   the numbers: 0.7, 0.00001, 2.5e-7, 9e-9, 6.02e+23
#   sprintf-js: 0, 0, 2, 9, 6
#   voca: 0, 0, 2, 9, 6
#   printf: 0, 0, 2, 9, 6
#   format: 0, 0, 2, 9, 6
#   underscore.string: 0, 0, 2, 9, 6
#   console.log of %i: 0, 0, 2, 9, 6
#   console.log of %d: 0.7, 0.00001, 2.5e-7, 9e-9, 6.02e+23
#   quick-format-unescaped of %i: 0, 0, 0, 0, 6.02e+23
#   fast-printf: 0, 0, 0, 0, 6.02e+23
#   printj: 0, 0, 0, 0, -2080374784
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund sprintf-js@1.1.3 voca@1.4.1 printf@0.6.1 format@0.2.2 underscore.string@3.3.6 quick-format-unescaped@4.0.4 fast-printf@1.6.10 printj@1.3.1
cat > losses.cjs <<'JAVASCRIPT'
const util = require('util');
process.removeAllListeners('warning');
const tools = {
  'sprintf-js': (x) => require('sprintf-js').sprintf('%d', x),
  voca: (x) => require('voca').sprintf('%d', x),
  printf: (x) => require('printf')('%d', x),
  format: (x) => require('format')('%d', x),
  'underscore.string': (x) => require('underscore.string').sprintf('%d', x),
  'console.log of %i': (x) => util.format('%i', x),
  'console.log of %d': (x) => util.format('%d', x),
  'quick-format-unescaped of %i': (x) => require('quick-format-unescaped')('%i', [x]),
  'fast-printf': (x) => require('fast-printf').printf('%d', x),
  printj: (x) => require('printj').sprintf('%d', x),
};
const losses = [0.7, 0.00001, 2.5e-7, 9e-9, 6.02e23];
console.log('the numbers:', losses.join(', '));
for (const [name, write] of Object.entries(tools)) console.log('%s: %s', name, losses.map(write).join(', '));
JAVASCRIPT
node --no-deprecation losses.cjs | tee said.txt
diff said.txt - <<'EXPECTED'
the numbers: 0.7, 0.00001, 2.5e-7, 9e-9, 6.02e+23
sprintf-js: 0, 0, 2, 9, 6
voca: 0, 0, 2, 9, 6
printf: 0, 0, 2, 9, 6
format: 0, 0, 2, 9, 6
underscore.string: 0, 0, 2, 9, 6
console.log of %i: 0, 0, 2, 9, 6
console.log of %d: 0.7, 0.00001, 2.5e-7, 9e-9, 6.02e+23
quick-format-unescaped of %i: 0, 0, 0, 0, 6.02e+23
fast-printf: 0, 0, 0, 0, 6.02e+23
printj: 0, 0, 0, 0, -2080374784
EXPECTED
