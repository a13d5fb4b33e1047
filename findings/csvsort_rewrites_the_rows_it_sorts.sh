#!/usr/bin/env bash
# csvsort of csvkit rewrites a gradebook that it sorts: the student May becomes 0001-05-01, None loses the name, the group 1_2 is 12, and 3d is 3 days.
#
# versions: csvkit 2.2.0, agate 1.14.2, Python 3.11
# behaviour: to sort, csvsort guesses a type for each column, and it writes what it guessed in place of the text:
#   marks that are all 1 or 0 become True and False, "1_2" is the number 12 (Python's int takes the underscore), 007
#   is 7, "1,5" is 15, a group "3d" is a duration, and a column of names that can all be read as dates has dates of
#   the year 1. "None", "null" and "n/a" are taken for nothing, so that such a student has no name. csvjoin, csvjson
#   and csvlook guess alike; csvcut, csvgrep and csvstack copy. The guessing is documented, and --no-inference stops
#   it; that it comes out at the other end of a sort is what surprises.
# output:
#   student,passed,id,group,room,mark
#   0001-05-01,True,12,12,"3 days, 0:00:00",75
#   0001-06-01,False,7,21,2:00:00,90
#   student,mark
#   Ada,9
#   ,8
#   ,7
#   without inference:
#   student,passed,id,group,room,mark
#   May,1,012,1_2,3d,"7,5"
#   June,0,007,2_1,2h,"9,0"
#   csvcut:
#   student,group
#   May,1_2
#   June,2_1
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check csvkit==2.2.0 agate==1.14.2
cat > marks.csv <<'TEXT'
student,passed,id,group,room,mark
May,1,012,1_2,3d,"7,5"
June,0,007,2_1,2h,"9,0"
TEXT
cat > names.csv <<'TEXT'
student,mark
Null,7
Ada,9
None,8
TEXT
{
    environment/bin/csvsort --columns mark marks.csv
    environment/bin/csvsort --columns mark --reverse names.csv
    echo without inference:
    environment/bin/csvsort --columns mark --no-inference marks.csv
    echo csvcut:
    environment/bin/csvcut --columns student,group marks.csv
} | tee said.txt
diff said.txt - <<'EXPECTED'
student,passed,id,group,room,mark
0001-05-01,True,12,12,"3 days, 0:00:00",75
0001-06-01,False,7,21,2:00:00,90
student,mark
Ada,9
,8
,7
without inference:
student,passed,id,group,room,mark
May,1,012,1_2,3d,"7,5"
June,0,007,2_1,2h,"9,0"
csvcut:
student,group
May,1_2
June,2_1
EXPECTED
