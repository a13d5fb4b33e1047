#!/usr/bin/env bash
# In AlaSQL the average of the marks '8' and '9', texts as a CSV file gives them, is 44.5, and that of 7, 9 and NaN is 5.33: the texts are joined, and NaN counts as a mark of 0.
#
# versions: alasql 4.19.1, sql.js 1.17.0, Node 20
# behaviour: AVG divides a sum by a count. The sum starts with the first value as it is, so that + joins texts, 89,
#   and halves that; SUM of the same column is undefined. A value that is NaN is left out of the sum, and not of the
#   count: an average below each of the marks comes, where NaN, or the average of the others, would tell. With GROUP
#   BY and without, it is the same. null is left out of both. SQLite in the browser, sql.js, gives 8.5 for texts of
#   digits in any column, and has no NaN. CAST(mark AS NUMBER) makes numbers of the texts, and marks of 0 of null and
#   of a word.
# output:
#   numbers: AVG 8.5, SUM 17, COUNT 2, AVG of CAST 8.5
#   texts: AVG 44.5, SUM undefined, COUNT 2, AVG of CAST 8.5
#   a text first: AVG 54.5, SUM 9, COUNT 2, AVG of CAST 9.5
#   NaN at the end: AVG 5.333333333333333, SUM 16, COUNT 3, AVG of CAST 5.333333333333333
#   null at the end: AVG 8, SUM 16, COUNT 2, AVG of CAST 5.333333333333333
#   absent: AVG undefined, SUM 16absent, COUNT 3, AVG of CAST 5.333333333333333
#   sql.js, texts: AVG 8.5
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund alasql@4.19.1 sql.js@1.17.0
cat > marks.cjs <<'JAVASCRIPT'
const alasql = require('alasql');
const lists = { numbers: [8, 9], texts: ['8', '9'], 'a text first': ['10', 9], 'NaN at the end': [7, 9, NaN], 'null at the end': [7, 9, null], absent: [7, 9, 'absent'] };
for (const [name, marks] of Object.entries(lists)) {
  const rows = marks.map((mark) => ({ mark }));
  const { a, s, c, n } = alasql('SELECT AVG(mark) AS a, SUM(mark) AS s, COUNT(mark) AS c, AVG(CAST(mark AS NUMBER)) AS n FROM ?', [rows])[0];
  console.log(`${name}: AVG ${a}, SUM ${s}, COUNT ${c}, AVG of CAST ${n}`);
}
require('sql.js')().then((SQL) => {
  const database = new SQL.Database();
  database.run("CREATE TABLE m (mark TEXT); INSERT INTO m VALUES ('8'), ('9')");
  console.log('sql.js, texts: AVG', database.exec('SELECT AVG(mark) FROM m')[0].values[0][0]);
});
JAVASCRIPT
node marks.cjs | tee said.txt
diff said.txt - <<'EXPECTED'
numbers: AVG 8.5, SUM 17, COUNT 2, AVG of CAST 8.5
texts: AVG 44.5, SUM undefined, COUNT 2, AVG of CAST 8.5
a text first: AVG 54.5, SUM 9, COUNT 2, AVG of CAST 9.5
NaN at the end: AVG 5.333333333333333, SUM 16, COUNT 3, AVG of CAST 5.333333333333333
null at the end: AVG 8, SUM 16, COUNT 2, AVG of CAST 5.333333333333333
absent: AVG undefined, SUM 16absent, COUNT 3, AVG of CAST 5.333333333333333
sql.js, texts: AVG 8.5
EXPECTED
