#!/usr/bin/env bash
# jsfive reads undefined where an HDF5 file of h5py has zeros that were never written: the sum of [1, 1, 0, 0] is NaN.
#
# versions: jsfive 0.4.2 (npm), h5wasm 0.10.3 (npm), h5py 3.16.0, numpy 2.4.6, Node 20, Python 3.11
# behaviour: HDF5 stores no chunk that nobody wrote, and no array at all that was only created; a reader has to give the
#   fill value, 0 unless another one is named, as h5py and h5wasm do. jsfive makes an array of the right length with holes in
#   it, or ignores the named value. Its type and shape are right. Arithmetic makes NaN of a hole, JSON null, and Math.max NaN.
#   An array of int64 also loses the digits beyond 2**53. No exception. Bitten is who keeps biases, which start as zeros, or a
#   batch that is not full, in a file for a page.
# output:
#   h5py: [1.0, 1.0, 0.0, 0.0] [0.0, 0.0] [7.0, 7.0]
#   h5wasm: [1,1,0,0] [0,0] [7,7]
#   jsfive: [1,1,null,null] [null,null] [null,null], sum NaN
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check h5py==3.16.0 numpy==2.4.6
npm init --yes > npm.txt
npm install --silent --no-audit --no-fund --ignore-scripts jsfive@0.4.2 h5wasm@0.10.3 > npm.txt
cat > write.py <<'PYTHON'
import h5py

with h5py.File("weights.h5", "w") as file:
    file.create_dataset("part", shape=(4,), chunks=(2,), dtype="f4")[:2] = 1
    file.create_dataset("bias", shape=(2,), dtype="f4")
    file.create_dataset("fill", shape=(2,), dtype="f4", fillvalue=7)
with h5py.File("weights.h5") as file:
    print("h5py:", *(file[name][:].tolist() for name in ("part", "bias", "fill")))
PYTHON
cat > read.mjs <<'JS'
import { readFileSync } from 'node:fs'
import h5wasm from 'h5wasm/node'
import { File } from 'jsfive'

const names = ['part', 'bias', 'fill']
await h5wasm.ready
const file = new h5wasm.File('weights.h5', 'r')
console.log('h5wasm:', names.map((name) => JSON.stringify(Array.from(file.get(name).value))).join(' '))
const bytes = readFileSync('weights.h5')
const other = new File(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length), 'weights.h5')
const read = names.map((name) => Array.from(other.get(name).value))
const sum = read[0].reduce((total, number) => total + number, 0)
console.log(`jsfive: ${read.map((numbers) => JSON.stringify(numbers)).join(' ')}, sum ${sum}`)
JS
{ environment/bin/python write.py && node read.mjs; } | tee said.txt
diff said.txt - <<'EXPECTED'
h5py: [1.0, 1.0, 0.0, 0.0] [0.0, 0.0] [7.0, 7.0]
h5wasm: [1,1,0,0] [0,0] [7,7]
jsfive: [1,1,null,null] [null,null] [null,null], sum NaN
EXPECTED
