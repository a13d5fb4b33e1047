#!/usr/bin/env bash
# check50's stdout("f(x)") refuses the output f(x), and stdout("1.5") accepts 21x50.
#
# versions: check50 3.5.0, Python 3.11
# behaviour: an expected text is a regular expression, searched for anywhere in the output: the dot is any character,
#   brackets are a group, and what stands around it does not matter. The refusal reads: expected "f(x)", not "f(x)\n".
#   An expected number is treated otherwise: stdout(5) refuses 35. regex=False takes the text as it is, and still
#   accepts more around it.
# output:
#   prints f(x), stdout("f(x)"): refuses, expected "f(x)", not "f(x)\n"
#   prints 21x50, stdout("1.5"): accepts
#   prints 21x50, stdout("1.5", regex=False): refuses, expected "1.5", not "21x50\n"
#   prints 21.50, stdout("1.5", regex=False): accepts
#   prints 35, stdout(5): refuses, expected "5", not "35\n"
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check check50==3.5.0
cat > texts.py <<'PYTHON'
import pathlib

import check50
from check50 import internal

internal.run_root_dir = pathlib.Path.cwd()


def told(printed, expected, **options):
    try:
        check50.run(f"echo '{printed}'").stdout(expected, **options)
    except check50.Mismatch as error:
        return "refuses, " + error.payload["rationale"].replace("\n", "\\n")
    return "accepts"


print("prints f(x), stdout(\"f(x)\"):", told("f(x)", "f(x)"))
print("prints 21x50, stdout(\"1.5\"):", told("21x50", "1.5"))
print("prints 21x50, stdout(\"1.5\", regex=False):", told("21x50", "1.5", regex=False))
print("prints 21.50, stdout(\"1.5\", regex=False):", told("21.50", "1.5", regex=False))
print("prints 35, stdout(5):", told("35", 5))
PYTHON
environment/bin/python -W ignore texts.py | tee said.txt
diff said.txt - <<'EXPECTED'
prints f(x), stdout("f(x)"): refuses, expected "f(x)", not "f(x)\n"
prints 21x50, stdout("1.5"): accepts
prints 21x50, stdout("1.5", regex=False): refuses, expected "1.5", not "21x50\n"
prints 21.50, stdout("1.5", regex=False): accepts
prints 35, stdout(5): refuses, expected "5", not "35\n"
EXPECTED
