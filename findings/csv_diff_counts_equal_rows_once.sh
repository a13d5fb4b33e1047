#!/usr/bin/env bash
# csv-diff finds no difference between the marks 7, 7, 7, 9 and the marks 7, 9, 9, 9, and none where a student's first of two rows is lost.
#
# versions: csv-diff 1.2, daff 1.4.2, Python 3.11
# behaviour: without --key the whole row is the key to csv-diff, with --key it is the named column. In both cases
#   the rows become a dict, so that rows of one key are one, the last of them: how often a row occurs is never
#   compared, and of a student with two submissions the earlier one is not looked at. --json gives empty lists and the
#   command prints nothing. The page of the package says that the named column is treated as the unique key; it does
#   not say that the number of equal rows is lost without one. daff shows both. diff of the two sorted files does,
#   too.
# output:
#   marks 7, 7, 7, 9 and 7, 9, 9, 9: csv-diff prints nothing - daff has rows that differ: True
#   without bob's first row: csv-diff --key=student prints nothing - daff has rows that differ: True
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check csv-diff==1.2 daff==1.4.2
cat > marks.py <<'PYTHON'
import csv
import io
import subprocess
import sys

import daff


def csv_diff(before, after, *options):
    for name, text in (("before.csv", before), ("after.csv", after)):
        with open(name, "w", encoding="utf-8") as file:
            file.write(text)
    command = [sys.executable, "-m", "csv_diff.cli", "before.csv", "after.csv", "--format=csv", *options]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    return " ".join(ran.stdout.split()) or "nothing"


def daff_rows(before, after):
    tables = [daff.PythonTableView(list(csv.reader(io.StringIO(text)))) for text in (before, after)]
    shown = daff.PythonTableView([])
    flags = daff.CompareFlags()
    daff.TableDiff(daff.compareTables(*tables, flags).align(), flags).hilite(shown)
    return sum(row[0] in ("+++", "---", "->") for row in shown.data[1:])


marks = ("mark\n7\n7\n7\n9\n", "mark\n7\n9\n9\n9\n")
rows = ("student,mark\nann,7\nbob,3\nbob,9\n", "student,mark\nann,7\nbob,9\n")
print("marks 7, 7, 7, 9 and 7, 9, 9, 9: csv-diff prints", csv_diff(*marks), "- daff has rows that differ:", daff_rows(*marks) > 0)
print("without bob's first row: csv-diff --key=student prints", csv_diff(*rows, "--key=student"), "- daff has rows that differ:", daff_rows(*rows) > 0)
PYTHON
environment/bin/python marks.py | tee said.txt
diff said.txt - <<'EXPECTED'
marks 7, 7, 7, 9 and 7, 9, 9, 9: csv-diff prints nothing - daff has rows that differ: True
without bob's first row: csv-diff --key=student prints nothing - daff has rows that differ: True
EXPECTED
