#!/usr/bin/env bash
# csvsort and csvjson of csvkit turn points of 0 and 1 into False and True, the number 007 into 7, and a student Nan into NaN.
#
# versions: csvkit 2.2.0, agate 1.14.2, Python 3.11
# behaviour: the type of a column is guessed: one of nothing but 0 and 1 (or T and F) is a boolean, one of digits is a
#   number, and "None" or "N/A" is empty. Sorting, joining or converting a gradebook by a task of one point therefore
#   rewrites it. A class in which one student has 2 points keeps its numbers. csvcut and csvgrep do not guess; with
#   --no-inference None still disappears, unless --blanks is given.
# output:
#   csvsort -c points marks.csv: id,name,points,late / 12,,False,False / 7,NaN,True,True
#   csvsort -c points two.csv: id,name,points,late / 7,NaN,1,True / 12,,2,False
#   csvjson marks.csv: [{"id": 7.0, "name": NaN, "points": true, "late": true}, {"id": 12.0, "name": null, "points": false, "late": false}]
#   csvcut -c id,name,points,late marks.csv: id,name,points,late / 007,Nan,1,T / 012,None,0,F
#   csvsort --no-inference -c points marks.csv: id,name,points,late / 012,,0,F / 007,Nan,1,T
#   csvsort --no-inference --blanks -c points marks.csv: id,name,points,late / 012,None,0,F / 007,Nan,1,T
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check csvkit==2.2.0 agate==1.14.2
cat > marks.py <<'PYTHON'
import pathlib
import subprocess

pathlib.Path("marks.csv").write_text("id,name,points,late\n007,Nan,1,T\n012,None,0,F\n")
pathlib.Path("two.csv").write_text("id,name,points,late\n007,Nan,1,T\n012,None,2,F\n")
for command in ("csvsort -c points marks.csv", "csvsort -c points two.csv", "csvjson marks.csv", "csvcut -c id,name,points,late marks.csv",
                "csvsort --no-inference -c points marks.csv", "csvsort --no-inference --blanks -c points marks.csv"):
    name, *options = command.split()
    said = subprocess.run([f"environment/bin/{name}", *options], capture_output=True, text=True, check=True).stdout
    print(f"{command}:", " / ".join(said.split("\n")[:3]).removesuffix(" / "))
PYTHON
environment/bin/python marks.py | tee said.txt
diff said.txt - <<'EXPECTED'
csvsort -c points marks.csv: id,name,points,late / 12,,False,False / 7,NaN,True,True
csvsort -c points two.csv: id,name,points,late / 7,NaN,1,True / 12,,2,False
csvjson marks.csv: [{"id": 7.0, "name": NaN, "points": true, "late": true}, {"id": 12.0, "name": null, "points": false, "late": false}]
csvcut -c id,name,points,late marks.csv: id,name,points,late / 007,Nan,1,T / 012,None,0,F
csvsort --no-inference -c points marks.csv: id,name,points,late / 012,,0,F / 007,Nan,1,T
csvsort --no-inference --blanks -c points marks.csv: id,name,points,late / 012,None,0,F / 007,Nan,1,T
EXPECTED
