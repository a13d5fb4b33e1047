#!/usr/bin/env bash
# cattrs makes the text "None" of a null, True of "False" and 3 of 3.9: it calls the type of a field, and checks nothing else.
#
# versions: cattrs 26.2.1, attrs 26.1.0, msgspec 0.22.0, pydantic 2.14.4, Python 3.11
# behaviour: structure() calls str, bool or int with the value, and is content if that does not raise: a name that is missing
#   becomes the name "None", a list becomes its printed form, and a string where a list of numbers is asked for is taken apart
#   into digits. Its converter for JSON does the same. msgspec refuses all of them, and pydantic all but "False", which it
#   reads as False.
# output:
#   cattrs: null 'None', "False" True, 3.9 3, ["a"] "['a']", "12" [1, 2]
#   msgspec: null refused, "False" refused, 3.9 refused, ["a"] refused, "12" refused
#   pydantic: null refused, "False" False, 3.9 refused, ["a"] refused, "12" refused
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check cattrs==26.2.1 attrs==26.1.0 msgspec==0.22.0 pydantic==2.14.4
cat > read.py <<'PYTHON'
import json

import msgspec
import pydantic
from cattrs.preconf.json import make_converter

FIELDS = {"null": str, '"False"': bool, "3.9": int, '["a"]': str, '"12"': list[int]}
READERS = {
    "cattrs": make_converter().structure,
    "msgspec": msgspec.convert,
    "pydantic": lambda value, kind: pydantic.TypeAdapter(kind).validate_python(value),
}


def told(read, text):
    try:
        return repr(read(json.loads(text), FIELDS[text]))
    except (msgspec.ValidationError, pydantic.ValidationError):
        return "refused"


for name, read in READERS.items():
    print(f"{name}:", ", ".join(f"{text} {told(read, text)}" for text in FIELDS))
PYTHON
environment/bin/python read.py | tee said.txt
diff said.txt - <<'EXPECTED'
cattrs: null 'None', "False" True, 3.9 3, ["a"] "['a']", "12" [1, 2]
msgspec: null refused, "False" refused, 3.9 refused, ["a"] refused, "12" refused
pydantic: null refused, "False" False, 3.9 refused, ["a"] refused, "12" refused
EXPECTED
