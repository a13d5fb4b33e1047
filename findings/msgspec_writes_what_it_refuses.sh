#!/usr/bin/env bash
# msgspec writes a loss of nan as null into JSON, and its own decoder refuses that for the same Struct; MessagePack brings nan back.
#
# versions: msgspec 0.23.0, Python 3.11 with its json
# behaviour: JSON has no nan. Python's json writes NaN all the same, and reads it; msgspec writes null, for inf too, without an
#   exception. A field that is a float takes no null, so one diverged run among the results makes the whole file unreadable, by
#   the program that wrote it. decode(encode(...)) with a type is no identity, therefore; without a type the number becomes None.
# output:
#   msgspec.json: {"loss":null}, read: refused
#   msgspec.json, inf: {"loss":null}, read: refused
#   msgspec.msgpack: read: nan
#   json: {"loss": NaN}, read: nan
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check msgspec==0.23.0
environment/bin/python - > said.txt <<'PY'
import json
import math

import msgspec


class Result(msgspec.Struct):
    loss: float


def read(form, text):
    try:
        return form.decode(text, type=Result).loss
    except msgspec.ValidationError:
        return "refused"


for name, loss in {"": math.nan, ", inf": math.inf}.items():
    text = msgspec.json.encode(Result(loss))
    print(f"msgspec.json{name}: {text.decode()}, read:", read(msgspec.json, text))
print("msgspec.msgpack: read:", read(msgspec.msgpack, msgspec.msgpack.encode(Result(math.nan))))
text = json.dumps({"loss": math.nan})
print(f"json: {text}, read:", json.loads(text)["loss"])
PY
cat said.txt
diff said.txt - <<'EXPECTED'
msgspec.json: {"loss":null}, read: refused
msgspec.json, inf: {"loss":null}, read: refused
msgspec.msgpack: read: nan
json: {"loss": NaN}, read: nan
EXPECTED
