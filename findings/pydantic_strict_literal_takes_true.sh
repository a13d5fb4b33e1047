#!/usr/bin/env bash
# pydantic's strict mode takes true and 1.0 for Literal[1, 2], and 1 for Literal[True], though it refuses true for an int.
#
# versions: pydantic 2.14.4, msgspec 0.23.0, jsonschema 4.26.0, typeguard 4.6.1, beartype 0.23.1, Python 3.11
# behaviour: the values of a Literal are looked up by ==, and True == 1 == 1.0; strict changes nothing there, though it
#   decides for int. What comes out is the literal, 1, so that a wrong file looks right. pydantic's own JSON schema of the type refuses
#   true in jsonschema; msgspec and typeguard refuse True and 1.0, as does mypy; beartype refuses 1.0 and passes True. A
#   version or a kata's number, `schema: Literal[1]`, so accepts `"schema": true`; a strict Enum of 1 does it for JSON.
# output:
#   int, strict: true refused, 1.0 refused
#   Literal[1, 2], strict: true -> 1, 1.0 -> 1
#   Literal[True], strict: 1 -> True, 1.0 -> True
#   Enum of 1, strict: true -> <E.one: 1>, 1.0 -> <E.one: 1>
#   pydantic's schema {'enum': [1, 2], 'type': 'integer'} in jsonschema: true refused
#   Literal[1, 2], True and 1.0: msgspec refused, refused; typeguard refused, refused; beartype passed, refused
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check pydantic==2.14.4 msgspec==0.23.0 \
    jsonschema==4.26.0 typeguard==4.6.1 beartype==0.23.1
cat > literal.py <<'PYTHON'
from enum import Enum
from typing import Literal

import jsonschema
import msgspec
import pydantic
import typeguard
from beartype.door import is_bearable

E = Enum("E", {"one": 1, "two": 2})


def strictly(kind, text):
    try:
        return f"{text} -> {pydantic.TypeAdapter(kind).validate_json(text, strict=True)!r}"
    except pydantic.ValidationError:
        return f"{text} refused"


def refused(check, value):
    try:
        return "passed" if check(value) is not False else "refused"
    except (msgspec.ValidationError, typeguard.TypeCheckError):
        return "refused"


for name, kind, texts in (
    ("int", int, ("true", "1.0")),
    ("Literal[1, 2]", Literal[1, 2], ("true", "1.0")),
    ("Literal[True]", Literal[True], ("1", "1.0")),
    ("Enum of 1", E, ("true", "1.0")),
):
    print(f"{name}, strict: {', '.join(strictly(kind, text) for text in texts)}")
schema = pydantic.TypeAdapter(Literal[1, 2]).json_schema()
told = "passed" if jsonschema.Draft202012Validator(schema).is_valid(True) else "refused"
print(f"pydantic's schema {schema} in jsonschema: true {told}")
checks = {
    "msgspec": lambda value: msgspec.convert(value, Literal[1, 2]),
    "typeguard": lambda value: typeguard.check_type(value, Literal[1, 2]),
    "beartype": lambda value: is_bearable(value, Literal[1, 2]),
}
said = [f"{name} {refused(check, True)}, {refused(check, 1.0)}" for name, check in checks.items()]
print(f"Literal[1, 2], True and 1.0: {'; '.join(said)}")
PYTHON
environment/bin/python -W error literal.py | tee said.txt
diff said.txt - <<'EXPECTED'
int, strict: true refused, 1.0 refused
Literal[1, 2], strict: true -> 1, 1.0 -> 1
Literal[True], strict: 1 -> True, 1.0 -> True
Enum of 1, strict: true -> <E.one: 1>, 1.0 -> <E.one: 1>
pydantic's schema {'enum': [1, 2], 'type': 'integer'} in jsonschema: true refused
Literal[1, 2], True and 1.0: msgspec refused, refused; typeguard refused, refused; beartype passed, refused
EXPECTED
