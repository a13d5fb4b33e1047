#!/usr/bin/env bash
# 0.3 points are no multiple of 0.1 for jsonschema and msgspec, and are one for fastjsonschema, jsonschema-rs and pydantic.
#
# versions: jsonschema 4.26.0, fastjsonschema 2.22.3, jsonschema-rs 0.61.2, pydantic 2.14.4, msgspec 0.22.0, Python 3.11
# behaviour: a schema of marks states the step of a point as "multipleOf": 0.1 or 0.01. As floats, 0.3 / 0.1 is
#   2.9999999999999996. jsonschema and msgspec ask whether that is whole; the others allow for rounding, or compute with
#   decimals. One schema thus refuses a right mark in one program and accepts it in another, and a test with 0.5, 0.2 or 2.5 does
#   not show it. Bitten is who validates results or settings with fractions of a point. The specification
#   asks for the mathematical value.
# output:
#   jsonschema: 0.3 of 0.1 refused, 0.7 of 0.1 refused, 4.35 of 0.01 refused, 2.5 of 0.5 accepted, 0.35 of 0.1 refused
#   msgspec: 0.3 of 0.1 refused, 0.7 of 0.1 refused, 4.35 of 0.01 refused, 2.5 of 0.5 accepted, 0.35 of 0.1 refused
#   fastjsonschema: 0.3 of 0.1 accepted, 0.7 of 0.1 accepted, 4.35 of 0.01 accepted, 2.5 of 0.5 accepted, 0.35 of 0.1 refused
#   jsonschema-rs: 0.3 of 0.1 accepted, 0.7 of 0.1 accepted, 4.35 of 0.01 accepted, 2.5 of 0.5 accepted, 0.35 of 0.1 refused
#   pydantic: 0.3 of 0.1 accepted, 0.7 of 0.1 accepted, 4.35 of 0.01 accepted, 2.5 of 0.5 accepted, 0.35 of 0.1 refused
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check jsonschema==4.26.0 fastjsonschema==2.22.3 jsonschema-rs==0.61.2 pydantic==2.14.4 msgspec==0.22.0
cat > multiples.py <<'PYTHON'
from typing import Annotated

import fastjsonschema
import jsonschema
import jsonschema_rs
import msgspec
import pydantic

TOOLS = {
    "jsonschema": lambda mark, step: jsonschema.validate(mark, {"multipleOf": step}),
    "msgspec": lambda mark, step: msgspec.convert(mark, Annotated[float, msgspec.Meta(multiple_of=step)]),
    "fastjsonschema": lambda mark, step: fastjsonschema.validate({"multipleOf": step}, mark),
    "jsonschema-rs": lambda mark, step: jsonschema_rs.validate({"multipleOf": step}, mark),
    "pydantic": lambda mark, step: pydantic.TypeAdapter(Annotated[float, pydantic.Field(multiple_of=step)]).validate_python(mark),
}


def accepted(judge, mark, step):
    try:
        judge(mark, step)
    except ValueError:  # each of the five raises a kind of it, or of its own below
        return False
    except (jsonschema.ValidationError, fastjsonschema.JsonSchemaException, msgspec.ValidationError):
        return False
    return True


for name, judge in TOOLS.items():
    told = {(mark, step): accepted(judge, mark, step) for mark, step in ((0.3, 0.1), (0.7, 0.1), (4.35, 0.01), (2.5, 0.5), (0.35, 0.1))}
    print(f"{name}:", ", ".join(f"{mark} of {step} {'accepted' if yes else 'refused'}" for (mark, step), yes in told.items()))
PYTHON
environment/bin/python multiples.py | tee said.txt
diff said.txt - <<'EXPECTED'
jsonschema: 0.3 of 0.1 refused, 0.7 of 0.1 refused, 4.35 of 0.01 refused, 2.5 of 0.5 accepted, 0.35 of 0.1 refused
msgspec: 0.3 of 0.1 refused, 0.7 of 0.1 refused, 4.35 of 0.01 refused, 2.5 of 0.5 accepted, 0.35 of 0.1 refused
fastjsonschema: 0.3 of 0.1 accepted, 0.7 of 0.1 accepted, 4.35 of 0.01 accepted, 2.5 of 0.5 accepted, 0.35 of 0.1 refused
jsonschema-rs: 0.3 of 0.1 accepted, 0.7 of 0.1 accepted, 4.35 of 0.01 accepted, 2.5 of 0.5 accepted, 0.35 of 0.1 refused
pydantic: 0.3 of 0.1 accepted, 0.7 of 0.1 accepted, 4.35 of 0.01 accepted, 2.5 of 0.5 accepted, 0.35 of 0.1 refused
EXPECTED
