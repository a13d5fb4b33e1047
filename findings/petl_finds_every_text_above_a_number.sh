#!/usr/bin/env bash
# petl finds that all of the marks 5, 7, 10 and 12 of a CSV file are above 9, and none is below: selectgt compares the texts with the number, without an error, while its stats reads them as numbers.
#
# versions: petl 1.7.30, Python 3.11
# behaviour: fromcsv gives texts, as its page says, and a comparison of a text with a number is a TypeError in
#   Python. petl wraps each value before it compares, so that columns of mixed types can be sorted: None comes first,
#   then all numbers, then all texts, in selectgt, selectge, selectlt, selectle, the four ranges, sort and limits
#   alike. So selectgt(marks, "mark", 9) keeps every row that has a text, selectlt none, and a filter for those who
#   passed lets everybody pass. stats and a table through convertnumbers read the same column as numbers, and select
#   with an expression, "{mark} > 9", raises. sort and limits put 10 before 5, as for texts. Of floats with a nan sort
#   leaves the column as it was. The pages of selectgt and of selectlt show tables of numbers, and say nothing of
#   types.
# output:
#   as read: above 9 ['5', '7', '10', '12'], below 9 [], from 5 to 9 []
#     sorted ['10', '12', '5', '7'], limits ('10', '7'), mean 8.5
#   convertnumbers: above 9 [10, 12], below 9 [5, 7], from 5 to 9 [7]
#     sorted [5, 7, 10, 12], limits (5, 12), mean 8.5
#   select by an expression: '>' not supported between instances of 'str' and 'int'
#   losses sorted: [3.0, nan, 1.0, 2.0]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check petl==1.7.30
cat > marks.csv <<'TEXT'
name,mark
Ada,5
Bob,7
Cay,10
Dot,12
TEXT
cat > marks.py <<'PYTHON'
import petl

texts = petl.fromcsv("marks.csv")
for name, table in (("as read", texts), ("convertnumbers", petl.convertnumbers(texts))):
    above, below = (list(petl.values(select(table, "mark", 9), "mark")) for select in (petl.selectgt, petl.selectlt))
    between = list(petl.values(petl.selectrangeclosed(table, "mark", 5, 9), "mark"))
    print(f"{name}: above 9 {above}, below 9 {below}, from 5 to 9 {between}")
    print(f"  sorted {list(petl.values(petl.sort(table, 'mark'), 'mark'))}, limits {petl.limits(table, 'mark')}, mean {petl.stats(table, 'mark').mean}")
try:
    print(list(petl.values(petl.select(texts, "{mark} > 9"), "mark")))
except TypeError as error:
    print("select by an expression:", error)
losses = [["loss"], [3.0], [float("nan")], [1.0], [2.0]]
print("losses sorted:", list(petl.values(petl.sort(losses, "loss"), "loss")))
PYTHON
environment/bin/python marks.py | tee said.txt
diff said.txt - <<'EXPECTED'
as read: above 9 ['5', '7', '10', '12'], below 9 [], from 5 to 9 []
  sorted ['10', '12', '5', '7'], limits ('10', '7'), mean 8.5
convertnumbers: above 9 [10, 12], below 9 [5, 7], from 5 to 9 [7]
  sorted [5, 7, 10, 12], limits (5, 12), mean 8.5
select by an expression: '>' not supported between instances of 'str' and 'int'
losses sorted: [3.0, nan, 1.0, 2.0]
EXPECTED
