#!/usr/bin/env bash
# To pandas.read_xml a failed test of a JUnit report that states its reason in an attribute is like a passed one: nan.
#
# versions: pandas 3.1.1, lxml 6.1.3, Python 3.11
# behaviour: each element below a test becomes a column with its text. <failure message="..."/>, as many writers have it,
#   has no text and is nan, as is the missing element of a passed test; <skipped/>, which never has one, always is. Where
#   another test has a text, the column exists and looks complete. notna() and value_counts() find the failures with a
#   traceback and leave out the others. A test called 007 and one called NA are 7 and nan beside it, as in a CSV file. The
#   page of read_xml has elements with texts alone. Bitten is who counts a run's results in a notebook.
# output:
#   junitparser: 2 failures, 1 skipped of 4
#   pandas: 1 failure, 0 skipped of 4; names [7.0, nan, 10.0, 11.0]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check pandas==3.1.1 lxml==6.1.3 junitparser==5.0.3
cat > junit.xml <<'XML'
<testsuites><testsuite name="network" tests="4" failures="2" skipped="1">
  <testcase classname="digits" name="007"/>
  <testcase classname="digits" name="NA"><failure message="wrong">line 3</failure></testcase>
  <testcase classname="digits" name="010"><failure message="wrong"/></testcase>
  <testcase classname="digits" name="011"><skipped/></testcase>
</testsuite></testsuites>
XML
cat > count.py <<'PYTHON'
import junitparser
import pandas as pd

report = junitparser.JUnitXml.fromfile("junit.xml")
report.update_statistics()
print(f"junitparser: {report.failures} failures, {report.skipped} skipped of {report.tests}")
table = pd.read_xml("junit.xml", xpath=".//testcase")
failures, skipped = int(table["failure"].notna().sum()), int(table["skipped"].notna().sum())
print(f"pandas: {failures} failure, {skipped} skipped of {len(table)}; names {table['name'].tolist()}")
PYTHON
environment/bin/python count.py | tee said.txt
diff said.txt - <<'EXPECTED'
junitparser: 2 failures, 1 skipped of 4
pandas: 1 failure, 0 skipped of 4; names [7.0, nan, 10.0, 11.0]
EXPECTED
