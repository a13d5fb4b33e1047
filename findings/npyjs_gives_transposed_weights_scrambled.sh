#!/usr/bin/env bash
# np.save(W.T) read by npyjs has the shape of W.T and the numbers in the order of W: the file is in Fortran order, and nothing turns it.
#
# versions: npyjs 1.2.0, tfjs-npy 0.0.3 (Node 20), numpy 2.4.6, Python 3.11
# behaviour: np.save writes the transpose of a matrix, and any other array that lies in memory by columns, as it lies,
#   with fortran_order True in the header; np.load undoes it, so that a user of Python never sees it. npyjs gives data,
#   shape and a flag fortranOrder: whoever reads data by the shape, as its examples do, gets a valid matrix with other
#   numbers, and a square one has even the same sums. tfjs-npy raises. npyjs does look at the type, and raises for
#   big-endian numbers. np.save(np.ascontiguousarray(W.T)) is right. Bitten is who trains in Python, where weights are
#   transposed from one convention to the other, and shows the network on a page.
# output:
#   NumPy, W.T: [[0.0, 3.0], [1.0, 4.0], [2.0, 5.0]]
#   W: npyjs [[0,1,2],[3,4,5]], fortranOrder false; tfjs-npy [0,1,2,3,4,5]
#   WT: npyjs [[0,1],[2,3],[4,5]], fortranOrder true; tfjs-npy NPY parse error. Implement me.
#   copy: npyjs [[0,3],[1,4],[2,5]], fortranOrder false; tfjs-npy [0,3,1,4,2,5]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund npyjs@1.2.0 tfjs-npy@0.0.3
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numpy==2.4.6
cat > save.py <<'PYTHON'
import numpy as np

W = np.arange(6, dtype=np.float32).reshape(2, 3)
np.save("W.npy", W)
np.save("WT.npy", W.T)
np.save("copy.npy", np.ascontiguousarray(W.T))
print("NumPy, W.T:", np.load("WT.npy").tolist())
PYTHON
cat > read.mjs <<'JS'
import fs from 'fs';
import { createRequire } from 'module';
import * as npyjs from 'npyjs';

const tfjs = createRequire(import.meta.url)('tfjs-npy');
const Reader = npyjs.default;
for (const name of ['W', 'WT', 'copy']) {
    const bytes = fs.readFileSync(name + '.npy');
    const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    const read = Reader ? await new Reader().parse(buffer) : await npyjs.load(buffer);
    const [rows, columns] = read.shape;
    const matrix = Array.from({ length: rows }, (_, i) => Array.from(read.data.slice(i * columns, (i + 1) * columns)));
    let other;
    try {
        other = JSON.stringify(Array.from(tfjs.parse(buffer).dataSync()));
    } catch (error) {
        other = error.message;
    }
    console.log(`${name}: npyjs ${JSON.stringify(matrix)}, fortranOrder ${read.fortranOrder}; tfjs-npy ${other}`);
}
JS
{
    environment/bin/python save.py
    node read.mjs 2> noise.txt
} | tee said.txt
diff said.txt - <<'EXPECTED'
NumPy, W.T: [[0.0, 3.0], [1.0, 4.0], [2.0, 5.0]]
W: npyjs [[0,1,2],[3,4,5]], fortranOrder false; tfjs-npy [0,1,2,3,4,5]
WT: npyjs [[0,1],[2,3],[4,5]], fortranOrder true; tfjs-npy NPY parse error. Implement me.
copy: npyjs [[0,3],[1,4],[2,5]], fortranOrder false; tfjs-npy [0,3,1,4,2,5]
EXPECTED
