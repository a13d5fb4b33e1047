#!/usr/bin/env bash
# mypy reads options from a docstring: a line that begins with "# mypy: ", such as an example in a module's documentation,
# changes the check of the whole file. 2.4 reads comments alone.
# versions: mypy==1.12.0, mypy==2.0.0, mypy==2.4.1; Python 3.11 to 3.13
# behaviour: the file below has a wrong assignment in its last line; its docstring quotes a directive. Up to 2.0.0, mypy
#   reports no issue; 2.4.1 finds the mistake.
# output:
#   mypy 1.12.0: Success: no issues found in 1 source file
#   mypy 2.0.0: Success: no issues found in 1 source file
#   mypy 2.4.1: Found 1 error in 1 file (checked 1 source file)
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat > quoted.py <<'PY'
"""How to switch a check off: write in the first line

# mypy: ignore-errors
"""

count: int = "three"
PY
printf '[mypy]\n' > mypy.ini
status=0
while read -r version expected; do
    python3 -m venv "env-$version"
    "env-$version/bin/python" -m pip install --quiet --disable-pip-version-check "mypy==$version" 2> pip.log || { cat pip.log; exit 2; }
    said=$("env-$version/bin/mypy" --config-file mypy.ini --cache-dir "cache-$version" quoted.py | tail -1 || true)
    echo "mypy $version: $said"
    case $said in "$expected"*) ;; *) status=1 ;; esac
done <<'VERSIONS'
1.12.0 Success
2.0.0 Success
2.4.1 Found 1 error
VERSIONS
exit $status
