#!/usr/bin/env bash
# The marks 7.50 and -0.25, decimals in an Arrow file from pyarrow, are 750 and -25 to apache-arrow in JavaScript, in toJSON too.
#
# versions: apache-arrow 21.2.0 (npm), hyparquet 1.33.0, pyarrow 26.0.1, Node 20, Python 3.11
# behaviour: a decimal is stored as an integer and a scale, here two digits, and the scale belongs to the column.
#   JavaScript's reader gives the integer as it is stored, as a value, as a text and in JSON; the column's type knows the
#   scale. Money and marks are the columns for which one takes decimals. pandas reads the same file as 7.50, and hyparquet, of
#   the same registry, reads 7.5 from Parquet. No warning; a page that draws a histogram of marks draws a plausible one.
#   Bitten is who shows a gradebook written by a database or pyarrow.
# output:
#   pyarrow: 7.50 -0.25
#   hyparquet: 7.5 -0.25
#   apache-arrow: 750 -25, as JSON "750" "-25"
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check pyarrow==26.0.1
npm init --yes > npm.txt
npm install --silent --no-audit --no-fund --ignore-scripts apache-arrow@21.2.0 hyparquet@1.33.0 > npm.txt
cat > write.py <<'PYTHON'
from decimal import Decimal

import pyarrow as pa
from pyarrow import feather, parquet

marks = pa.table({"mark": pa.array([Decimal("7.50"), Decimal("-0.25")], pa.decimal128(5, 2))})
feather.write_feather(marks, "marks.arrow", compression="uncompressed")
parquet.write_table(marks, "marks.parquet")
print("pyarrow:", *feather.read_table("marks.arrow")["mark"].to_pylist())
PYTHON
cat > read.mjs <<'JS'
import { readFileSync } from 'node:fs'
import { tableFromIPC } from 'apache-arrow'
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet'

const rows = await parquetReadObjects({ file: await asyncBufferFromFile('marks.parquet') })
console.log('hyparquet:', rows.map((row) => row.mark).join(' '))
const table = tableFromIPC(readFileSync('marks.arrow'))
const marks = [...table.getChild('mark')].map(String).join(' ')
const json = table.toArray().map((row) => JSON.parse(JSON.stringify(row)).mark)
console.log(`apache-arrow: ${marks}, as JSON ${json.join(' ')}`)
JS
{ environment/bin/python write.py && node read.mjs; } | tee said.txt
diff said.txt - <<'EXPECTED'
pyarrow: 7.50 -0.25
hyparquet: 7.5 -0.25
apache-arrow: 750 -25, as JSON "750" "-25"
EXPECTED
