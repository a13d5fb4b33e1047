#!/usr/bin/env bash
# nan is a number from 0 to 1 for click, jsonschema, fastjsonschema and traitlets; clamped to that range it is still nan.
#
# versions: click 8.5.1, jsonschema 4.26.0, fastjsonschema 2.22.3, traitlets 5.16.1, msgspec 0.22.0, attrs 26.1.0, Python 3.11
# behaviour: a check of the form "refuse if below 0 or above 1" accepts nan, as both comparisons are False; one of the
#   form "refuse unless at least 0" does not. nan comes from the text "nan" on a command line, and from Python's
#   json.loads('{"score": NaN}'). No score is below a threshold of nan, so a gate with it passes everything.
# output:
#   click.FloatRange(0, 1): nan
#   click.FloatRange(0, 1, clamp=True): nan
#   jsonschema: accepted
#   fastjsonschema: accepted
#   traitlets: nan
#   msgspec: refused
#   attrs: refused
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check click==8.5.1 jsonschema==4.26.0 fastjsonschema==2.22.3 traitlets==5.16.1 msgspec==0.22.0 attrs==26.1.0
cat > ranges.py <<'PYTHON'
import json
from typing import Annotated

import attrs
import click
import fastjsonschema
import jsonschema
import msgspec
import traitlets

score = json.loads('{"score": NaN}')["score"]
schema = {"type": "number", "minimum": 0, "maximum": 1}


class Trait(traitlets.HasTraits):
    score = traitlets.Float(min=0, max=1)


@attrs.define
class Class:
    score: float = attrs.field(validator=[attrs.validators.ge(0), attrs.validators.le(1)])


def told(check):
    try:
        said = check()
    except (ValueError, msgspec.ValidationError, traitlets.TraitError, jsonschema.ValidationError):
        return "refused"
    return said if isinstance(said, float) and check.__name__ == "<lambda>" else "accepted"


def by_fastjsonschema():
    return fastjsonschema.compile(schema)(score)


def by_jsonschema():
    return jsonschema.validate(score, schema)


print("click.FloatRange(0, 1):", told(lambda: click.FloatRange(0, 1)("nan")))
print("click.FloatRange(0, 1, clamp=True):", told(lambda: click.FloatRange(0, 1, clamp=True)("nan")))
print("jsonschema:", told(by_jsonschema))
print("fastjsonschema:", told(by_fastjsonschema))
print("traitlets:", told(lambda: Trait(score=score).score))
print("msgspec:", told(lambda: msgspec.convert(score, Annotated[float, msgspec.Meta(ge=0, le=1)])))
print("attrs:", told(lambda: Class(score).score))
PYTHON
environment/bin/python ranges.py | tee said.txt
diff said.txt - <<'EXPECTED'
click.FloatRange(0, 1): nan
click.FloatRange(0, 1, clamp=True): nan
jsonschema: accepted
fastjsonschema: accepted
traitlets: nan
msgspec: refused
attrs: refused
EXPECTED
