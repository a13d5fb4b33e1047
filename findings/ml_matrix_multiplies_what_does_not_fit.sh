#!/usr/bin/env bash
# In JavaScript's ml-matrix and numeric a product of matrices that do not fit has a result: 2 by 3 times 4 by 1 is 2 by 1.
#
# versions: ml-matrix 6.15.1, numeric 1.2.6, mathjs 15.2.0, Node 20
# behaviour: both loop over one of the two inner dimensions and never compare them. ml-matrix counts the columns of the
#   first, so rows of the second beyond these are ignored; numeric counts the rows of the second, so columns of the first are
#   ignored, and with numbers missing the result is NaN. numeric adds vectors of different lengths as well, up to the length
#   of the second. ml-matrix does compare for add and dot, and mathjs for all. An input with a pixel too many, weights of
#   another layer, or a forgotten transpose is no error, then, but a network that computes something else. Bitten is who ports
#   a network to JavaScript.
# output:
#   ml-matrix, 2 by 3 times 4 by 1: [[6],[15]]
#   numeric, 2 by 3 times 2 by 2: [[7,10],[19,28]]
#   numeric, 2 by 2 times a vector of 3: [5,11]
#   numeric, [1,2,3] + [1,2]: [2,4]
#   ml-matrix, add: Matrices dimensions must be equal
#   mathjs, 2 by 3 times 4 by 1: refused
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > npm.txt
npm install --silent --no-audit --no-fund --ignore-scripts ml-matrix@6.15.1 numeric@1.2.6 mathjs@15.2.0 > npm.txt
cat > product.js <<'JS'
const { Matrix } = require('ml-matrix')
const numeric = require('numeric')
const math = require('mathjs')

const wide = [[1, 2, 3], [4, 5, 6]]
const square = [[1, 2], [3, 4]]
const column = [[1], [1], [1], [1]]
const show = (name, value) => console.log(`${name}: ${value}`)
const attempt = (compute, refusal) => {
  try {
    return JSON.stringify(compute())
  } catch (error) {
    return refusal ?? error.message
  }
}
show('ml-matrix, 2 by 3 times 4 by 1', attempt(() => new Matrix(wide).mmul(new Matrix(column)).to2DArray()))
show('numeric, 2 by 3 times 2 by 2', attempt(() => numeric.dot(wide, square)))
show('numeric, 2 by 2 times a vector of 3', attempt(() => numeric.dot(square, [1, 2, 3])))
show('numeric, [1,2,3] + [1,2]', attempt(() => numeric.add([1, 2, 3], [1, 2])))
show('ml-matrix, add', attempt(() => Matrix.add(wide, square)))
show('mathjs, 2 by 3 times 4 by 1', attempt(() => math.multiply(wide, column), 'refused'))
JS
node product.js | tee said.txt
diff said.txt - <<'EXPECTED'
ml-matrix, 2 by 3 times 4 by 1: [[6],[15]]
numeric, 2 by 3 times 2 by 2: [[7,10],[19,28]]
numeric, 2 by 2 times a vector of 3: [5,11]
numeric, [1,2,3] + [1,2]: [2,4]
ml-matrix, add: Matrices dimensions must be equal
mathjs, 2 by 3 times 4 by 1: refused
EXPECTED
