#!/usr/bin/env bash
# Seven libraries that fill a dataclass from JSON make 7 of a mark of 7.9 where an int is stated, six make True of "false", and four make the text "None" of a missing name.
#
# versions: cattrs 26.2.1, mashumaro 3.23, dataclasses-json 0.6.7, typedload 2.41, jsons 1.6.3, marshmallow 3.26.2,
#   pandera 0.35.0, pandas 3.1.1, dataclass-wizard 1.0.0, dacite 1.9.2, pyserde 0.34.0, msgspec 0.23.0, apischema
#   0.19.0, pydantic 2.14.4, Python 3.11
# behaviour: cattrs, mashumaro, dataclasses-json, typedload and jsons call int(), bool() and str() on what comes,
#   and pandera's coerce=True does what pandas' astype does: a fraction is cut off, and any text that is not empty is
#   True. marshmallow cuts the fraction off too. null for a name, where the class says str, is the student None in
#   four. A text "7.9" is refused by all, so that the test which one writes first, with a wrong text, passes. True for
#   a mark is 1 or stays True in nine, and 2 for a bool is False in dataclass-wizard. A dash is an error. marshmallow
#   refuses the fraction with strict=True; cattrs' documentation says that primitives are coerced, and mashumaro and
#   dataclasses-json have issues about "false" (261 and 466); the lost fraction is silent everywhere.
# output:
#   given: mark 7.9, mark '7.9', mark True, done 'false', done 2, name None
#   cattrs: 7, -, 1, True, True, 'None'
#   mashumaro: 7, -, 1, True, True, 'None'
#   dataclasses-json: 7, -, True, True, True, None
#   typedload: 7, -, 1, True, True, 'None'
#   jsons: 7, -, True, True, True, -
#   marshmallow: 7, -, -, False, -, -
#   pandera: 7, -, 1, True, True, -
#   dataclass-wizard: -, -, -, False, False, 'None'
#   dacite: -, -, True, -, -, -
#   pyserde: -, -, True, -, -, -
#   msgspec: -, -, -, False, -, -
#   apischema: -, -, -, -, -, -
#   pydantic: -, -, 1, False, -, -
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check cattrs==26.2.1 mashumaro==3.23 \
  dataclasses-json==0.6.7 typedload==2.41 jsons==1.6.3 marshmallow==3.26.2 pandera==0.35.0 pandas==3.1.1 \
  dataclass-wizard==1.0.0 dacite==1.9.2 pyserde==0.34.0 msgspec==0.23.0 apischema==0.19.0 pydantic==2.14.4
cat > run.py <<'PYTHON'
import warnings
from dataclasses import dataclass

import apischema
import cattrs
import dacite
import jsons
import marshmallow
import msgspec
import pandas as pd
import pandera.pandas as pa
import pydantic
import serde
import typedload
from dataclass_wizard import fromdict
from dataclasses_json import dataclass_json
from mashumaro import DataClassDictMixin

warnings.simplefilter("ignore")


@dataclass
class Row:
    mark: int
    done: bool
    name: str


@dataclass
class Mashumaro(DataClassDictMixin):
    mark: int
    done: bool
    name: str


class Marshmallow(marshmallow.Schema):
    mark = marshmallow.fields.Integer()
    done = marshmallow.fields.Boolean()
    name = marshmallow.fields.String()


class Pydantic(pydantic.BaseModel):
    mark: int
    done: bool
    name: str


def pandera(given):
    schema = pa.DataFrameSchema({key: pa.Column(kind) for key, kind in Row.__annotations__.items()}, coerce=True)
    return {key: value for key, value in zip(given, schema(pd.DataFrame([given])).values.tolist()[0])}


Json = dataclass_json(dataclass(type("Json", (), {"__annotations__": Row.__annotations__})))
Serde = serde.serde(dataclass(type("Serde", (), {"__annotations__": Row.__annotations__})))
readers = {
    "cattrs": lambda given: cattrs.structure(given, Row),
    "mashumaro": Mashumaro.from_dict,
    "dataclasses-json": Json.from_dict,
    "typedload": lambda given: typedload.load(given, Row),
    "jsons": lambda given: jsons.load(given, Row),
    "marshmallow": Marshmallow().load,
    "pandera": pandera,
    "dataclass-wizard": lambda given: fromdict(Row, given),
    "dacite": lambda given: dacite.from_dict(Row, given),
    "pyserde": lambda given: serde.from_dict(Serde, given),
    "msgspec": lambda given: msgspec.convert(given, Row, strict=False),
    "apischema": lambda given: apischema.deserialize(Row, given),
    "pydantic": Pydantic.model_validate,
}
right = {"mark": 7, "done": True, "name": "Ada"}
cases = [("mark", 7.9), ("mark", "7.9"), ("mark", True), ("done", "false"), ("done", 2), ("name", None)]
print("given:", ", ".join(f"{key} {value!r}" for key, value in cases))
for name, reader in readers.items():
    came = []
    for key, value in cases:
        try:
            row = reader({**right, key: value})
            came.append(repr(row[key] if isinstance(row, dict) else getattr(row, key)))
        except Exception:
            came.append("-")
    print(f"{name}: {', '.join(came)}")
PYTHON
environment/bin/python run.py | tee said.txt
diff said.txt - <<'EXPECTED'
given: mark 7.9, mark '7.9', mark True, done 'false', done 2, name None
cattrs: 7, -, 1, True, True, 'None'
mashumaro: 7, -, 1, True, True, 'None'
dataclasses-json: 7, -, True, True, True, None
typedload: 7, -, 1, True, True, 'None'
jsons: 7, -, True, True, True, -
marshmallow: 7, -, -, False, -, -
pandera: 7, -, 1, True, True, -
dataclass-wizard: -, -, -, False, False, 'None'
dacite: -, -, True, -, -, -
pyserde: -, -, True, -, -, -
msgspec: -, -, -, False, -, -
apischema: -, -, -, -, -, -
pydantic: -, -, 1, False, -, -
EXPECTED
