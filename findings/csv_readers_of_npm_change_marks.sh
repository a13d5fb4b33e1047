#!/usr/bin/env bash
# npm's xlsx reads the mark "7,5" of a CSV file as 75, (7) as -7 and the group 1-2 as a day; csv-parse reads the group 0x10 as 0, and with cast_date the mark 7% as a July.
#
# versions: xlsx 0.18.5, csv-parse 7.0.3, papaparse 5.7.1, csvtojson 2.0.14, d3-dsv 3.0.2, Node 20
# behaviour: xlsx takes a comma for a mark of thousands wherever it stands, so that a mark with a decimal comma,
#   quoted as the format wants it, grows by ten, and a bracket for a minus; raw: true keeps the texts. csv-parse's
#   cast asks whether a text is a number in one way, by which 0x10 is one, and reads it in another, parseFloat, which
#   stops at the x, so that all such groups are 0. Its cast_date takes what JavaScript's Date.parse takes, to which 7%
#   and 7,5 are days of 2001. The three others leave these as texts, but d3's 0x10, which is 16. The options are the
#   usual ones for a file with numbers.
# output:
#   "7.5": xlsx 7.5; xlsx, raw "7.5"; csv-parse 7.5; csv-parse, cast_date 7.5; papaparse 7.5; csvtojson 7.5; d3-dsv 7.5
#   "7,5": xlsx 75; xlsx, raw "7,5"; csv-parse "7,5"; csv-parse, cast_date a day in 2001; papaparse "7,5"; csvtojson "7,5"; d3-dsv "7,5"
#   "12,25": xlsx 1225; xlsx, raw "12,25"; csv-parse "12,25"; csv-parse, cast_date a day in 2001; papaparse "12,25"; csvtojson "12,25"; d3-dsv "12,25"
#   "(7)": xlsx -7; xlsx, raw "(7)"; csv-parse "(7)"; csv-parse, cast_date "(7)"; papaparse "(7)"; csvtojson "(7)"; d3-dsv "(7)"
#   "7%": xlsx 0.07; xlsx, raw "7%"; csv-parse "7%"; csv-parse, cast_date a day in 2001; papaparse "7%"; csvtojson "7%"; d3-dsv "7%"
#   "1-2": xlsx a day in 2001; xlsx, raw "1-2"; csv-parse "1-2"; csv-parse, cast_date a day in 2001; papaparse "1-2"; csvtojson "1-2"; d3-dsv "1-2"
#   "0x10": xlsx 16; xlsx, raw "0x10"; csv-parse 0; csv-parse, cast_date 0; papaparse "0x10"; csvtojson "0x10"; d3-dsv 16
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund xlsx@0.18.5 csv-parse@7.0.3 papaparse@5.7.1 csvtojson@2.0.14 d3-dsv@3.0.2
cat > read.mjs <<'JAVASCRIPT'
import csvtojson from 'csvtojson';
import Papa from 'papaparse';
import xlsx from 'xlsx';
import { parse } from 'csv-parse/sync';
import { autoType, csvParse } from 'd3-dsv';

function byXlsx(text, options) {
  const book = xlsx.read(text, { type: 'string', cellDates: true, ...options });
  return xlsx.utils.sheet_to_json(book.Sheets[book.SheetNames[0]]);
}

const readers = {
  xlsx: byXlsx,
  'xlsx, raw': (text) => byXlsx(text, { raw: true }),
  'csv-parse': (text) => parse(text, { columns: true, cast: true }),
  'csv-parse, cast_date': (text) => parse(text, { columns: true, cast: true, cast_date: true }),
  papaparse: (text) => Papa.parse(text, { header: true, dynamicTyping: true }).data,
  csvtojson: (text) => csvtojson({ checkType: true }).fromString(text),
  'd3-dsv': (text) => csvParse(text, autoType),
};
const shown = (value) => (value instanceof Date ? `a day in ${value.getFullYear()}` : JSON.stringify(value));
for (const cell of ['7.5', '7,5', '12,25', '(7)', '7%', '1-2', '0x10']) {
  const text = `student,mark\nAda,"${cell}"\n`;
  const said = [];
  for (const [name, read] of Object.entries(readers)) said.push(`${name} ${shown((await read(text))[0].mark)}`);
  console.log(`"${cell}": ${said.join('; ')}`);
}
JAVASCRIPT
node read.mjs | tee said.txt
diff said.txt - <<'EXPECTED'
"7.5": xlsx 7.5; xlsx, raw "7.5"; csv-parse 7.5; csv-parse, cast_date 7.5; papaparse 7.5; csvtojson 7.5; d3-dsv 7.5
"7,5": xlsx 75; xlsx, raw "7,5"; csv-parse "7,5"; csv-parse, cast_date a day in 2001; papaparse "7,5"; csvtojson "7,5"; d3-dsv "7,5"
"12,25": xlsx 1225; xlsx, raw "12,25"; csv-parse "12,25"; csv-parse, cast_date a day in 2001; papaparse "12,25"; csvtojson "12,25"; d3-dsv "12,25"
"(7)": xlsx -7; xlsx, raw "(7)"; csv-parse "(7)"; csv-parse, cast_date "(7)"; papaparse "(7)"; csvtojson "(7)"; d3-dsv "(7)"
"7%": xlsx 0.07; xlsx, raw "7%"; csv-parse "7%"; csv-parse, cast_date a day in 2001; papaparse "7%"; csvtojson "7%"; d3-dsv "7%"
"1-2": xlsx a day in 2001; xlsx, raw "1-2"; csv-parse "1-2"; csv-parse, cast_date a day in 2001; papaparse "1-2"; csvtojson "1-2"; d3-dsv "1-2"
"0x10": xlsx 16; xlsx, raw "0x10"; csv-parse 0; csv-parse, cast_date 0; papaparse "0x10"; csvtojson "0x10"; d3-dsv 16
EXPECTED
