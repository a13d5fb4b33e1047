#!/usr/bin/env bash
# A notebook whose tests fail under %%ipytest or ipytest.run() is executed with exit status 0, and so is one without any test.
#
# versions: ipytest 0.14.2, pytest 9.2.0, nbclient 0.11.0, ipykernel 7.4.0, Python 3.11
# behaviour: ipytest prints pytest's report in the cell, and returns its exit code to it. The cell itself has succeeded: jupyter execute,
#   papermill, nbmake or a grader that looks for errors find none, while a bare assert in the same cell stops the
#   notebook. A run that collects nothing, as after tests were renamed, has the code 5 and looks alike. ipytest.autoconfig()
#   does not change it; raise_on_error=True does, for both. Bitten is who gives tests in a notebook to learners, and
#   executes it again to see who passed.
# output:
#   a failing test, ipytest.run(): status 0
#   a failing test, %%ipytest: status 0
#   no test, ipytest.run(): status 0
#   a failing test, raise_on_error=True: status 1
#   no test, raise_on_error=True: status 1
#   a failing assert: status 1
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check ipytest==0.14.2 pytest==9.2.0 nbclient==0.11.0 nbformat==5.11.1 ipykernel==7.4.0
cat > notebooks.py <<'PYTHON'
import nbformat

AUTO, RAISES = "import ipytest\nipytest.autoconfig()", "import ipytest\nipytest.autoconfig(raise_on_error=True)"
WRONG = "def test_sum():\n    assert 1 + 1 == 3\n"
NOTEBOOKS = {
    "run": [AUTO, WRONG + "ipytest.run()"],
    "magic": [AUTO, "%%ipytest -qq\n" + WRONG],
    "nothing": [AUTO, "ipytest.run()"],
    "raises": [RAISES, WRONG + "ipytest.run()"],
    "nothing-raises": [RAISES, "ipytest.run()"],
    "assert": ["assert 1 + 1 == 3"],
}
for name, cells in NOTEBOOKS.items():
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python", "language": "python"}
    nbformat.write(notebook, f"{name}.ipynb")
PYTHON
environment/bin/python notebooks.py
told() {
    status=0
    PATH="$PWD/environment/bin:$PATH" environment/bin/jupyter execute "$2.ipynb" > run.txt 2>&1 || status=$?
    echo "$1: status $status"
}
{
    told "a failing test, ipytest.run()" run
    told "a failing test, %%ipytest" magic
    told "no test, ipytest.run()" nothing
    told "a failing test, raise_on_error=True" raises
    told "no test, raise_on_error=True" nothing-raises
    told "a failing assert" assert
} | tee said.txt
diff said.txt - <<'EXPECTED'
a failing test, ipytest.run(): status 0
a failing test, %%ipytest: status 0
no test, ipytest.run(): status 0
a failing test, raise_on_error=True: status 1
no test, raise_on_error=True: status 1
a failing assert: status 1
EXPECTED
