#!/usr/bin/env bash
# @dsnp/parquetjs reads the student's number 3000000000, uint32 in a Parquet file, as -1294967296, and 2**63 of uint64 as -9223372036854775808; hyparquet is right.
#
# versions: @dsnp/parquetjs 1.8.8, hyparquet 1.33.0, polars 2.1.0, pandas 3.1.1, pyarrow 26.0.1, Python 3.11, Node 20
# behaviour: Parquet stores unsigned integers in the bits of signed ones, and a note on the column says so: UINT_32,
#   UINT_64. parquetjs reads the note, has these names in its list of types and reads the bits as signed, so that each
#   number above the half is negative, without a word; smaller ones, all of UINT_8 and UINT_16 among them, are right,
#   and so a first test finds nothing. Decimals, noted in the same place, are scaled rightly if polars wrote them into
#   64 bits, but a mark of 7.50 from pandas, which pyarrow writes into three bytes, is these bytes. polars, pandas and
#   hyparquet agree with one another.
# output:
#   polars.parquet read by pandas: u8 200, 255; u16 40000, 65535; u32 2147483647, 3000000000; u64 9223372036854775807, 9223372036854775808;
#   pandas.parquet read by pandas: u8 200, 255; u16 40000, 65535; u32 2147483647, 3000000000; u64 9223372036854775807, 9223372036854775808; mark 7.50, -0.25;
#   polars.parquet read by parquetjs: u8 200, 255; u16 40000, 65535; u32 2147483647, -1294967296; u64 9223372036854775807, -9223372036854775808;
#   polars.parquet read by hyparquet: u8 200, 255; u16 40000, 65535; u32 2147483647, 3000000000; u64 9223372036854775807, 9223372036854775808;
#   pandas.parquet read by parquetjs: u8 200, 255; u16 40000, 65535; u32 2147483647, -1294967296; u64 9223372036854775807, -9223372036854775808; mark the bytes 0 2 238, the bytes 255 255 231;
#   pandas.parquet read by hyparquet: u8 200, 255; u16 40000, 65535; u32 2147483647, 3000000000; u64 9223372036854775807, 9223372036854775808; mark 7.5, -0.25;
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check polars==2.1.0 pandas==3.1.1 pyarrow==26.0.1
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund @dsnp/parquetjs@1.8.8 hyparquet@1.33.0
cat > write.py <<'PYTHON'
from decimal import Decimal

import pandas as pd
import polars as pl
import pyarrow as pa

columns = {"u8": [200, 255], "u16": [40000, 65535], "u32": [2**31 - 1, 3000000000], "u64": [2**63 - 1, 2**63]}
types = {"u8": pl.UInt8, "u16": pl.UInt16, "u32": pl.UInt32, "u64": pl.UInt64}
frame = pl.DataFrame(columns, schema=types)
frame.write_parquet("polars.parquet", compression="uncompressed")
table = pd.DataFrame({name: pd.Series(values, dtype=name.replace("u", "uint")) for name, values in columns.items()})
table["mark"] = pd.Series([Decimal("7.50"), Decimal("-0.25")], dtype=pd.ArrowDtype(pa.decimal128(5, 2)))
table.to_parquet("pandas.parquet", compression=None)
for name in ("polars", "pandas"):
    back = pd.read_parquet(f"{name}.parquet")
    print(f"{name}.parquet read by pandas:", *(f"{column} {', '.join(map(str, back[column]))};" for column in back))
PYTHON
cat > read.mjs <<'JAVASCRIPT'
import parquetjs from '@dsnp/parquetjs';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';

async function byParquetjs(file) {
  const cursor = (await parquetjs.ParquetReader.openFile(file)).getCursor();
  const rows = [];
  for (let row; (row = await cursor.next()); ) rows.push(row);
  return rows;
}

const byHyparquet = async (file) => parquetReadObjects({ file: await asyncBufferFromFile(file) });
const text = (value) => (Buffer.isBuffer(value) ? `the bytes ${[...value].join(' ')}` : String(value));
for (const name of ['polars', 'pandas']) {
  for (const [reader, read] of Object.entries({ parquetjs: byParquetjs, hyparquet: byHyparquet })) {
    const rows = await read(`${name}.parquet`);
    const columns = Object.keys(rows[0]).map((column) => `${column} ${rows.map((row) => text(row[column])).join(', ')};`);
    console.log(`${name}.parquet read by ${reader}:`, ...columns);
  }
}
JAVASCRIPT
{
    environment/bin/python write.py
    node read.mjs
} | tee said.txt
diff said.txt - <<'EXPECTED'
polars.parquet read by pandas: u8 200, 255; u16 40000, 65535; u32 2147483647, 3000000000; u64 9223372036854775807, 9223372036854775808;
pandas.parquet read by pandas: u8 200, 255; u16 40000, 65535; u32 2147483647, 3000000000; u64 9223372036854775807, 9223372036854775808; mark 7.50, -0.25;
polars.parquet read by parquetjs: u8 200, 255; u16 40000, 65535; u32 2147483647, -1294967296; u64 9223372036854775807, -9223372036854775808;
polars.parquet read by hyparquet: u8 200, 255; u16 40000, 65535; u32 2147483647, 3000000000; u64 9223372036854775807, 9223372036854775808;
pandas.parquet read by parquetjs: u8 200, 255; u16 40000, 65535; u32 2147483647, -1294967296; u64 9223372036854775807, -9223372036854775808; mark the bytes 0 2 238, the bytes 255 255 231;
pandas.parquet read by hyparquet: u8 200, 255; u16 40000, 65535; u32 2147483647, 3000000000; u64 9223372036854775807, 9223372036854775808; mark 7.5, -0.25;
EXPECTED
