#!/usr/bin/env bash
# beartype passes {} and {"rate": "fast"} for a TypedDict that requires a float rate and an int for the epochs, and beartype and typeguard pass any **settings: Unpack of it, a misspelt name as well; pydantic refuses all.
#
# versions: beartype 0.23.1, typeguard 4.6.1, pydantic 2.14.4, typing-extensions 4.16.0, Python 3.11
# behaviour: A TypedDict gives the settings of a training their names and types, and a decorator that checks types
#   at run time is there to find the call that breaks them. beartype takes a TypedDict for a mapping of anything:
#   missing keys, others and wrong types all pass, while it looks into dict[str, float] and a dataclass. typeguard
#   checks the TypedDict of an argument, and not the one that is unpacked for **settings, though there a misspelt name
#   is swallowed and the default of the function used. pydantic's validate_call checks both. Nothing warns as the
#   function is decorated. beartype's documentation has a table of proposals that it supports in full or in part, and
#   does not say which part; its code reduces a TypedDict to Mapping[str, object]. Also to beartype True is a
#   Literal[1]; to typeguard it is not.
# output:
#   beartype, a TypedDict: passes, passes, passes, passes
#   beartype, **settings: passes, passes, passes, passes
#   beartype, dict[str, float]: passes, refused, refused, refused
#   typeguard, a TypedDict: passes, refused, refused, refused
#   typeguard, **settings: passes, passes, passes, passes
#   typeguard, dict[str, float]: passes, refused, refused, refused
#   pydantic, a TypedDict: passes, refused, refused, refused
#   pydantic, **settings: passes, refused, refused, refused
#   pydantic, dict[str, float]: passes, refused, refused, refused
#   True for Literal[1] to beartype: True
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check beartype==0.23.1 typeguard==4.6.1 \
  pydantic==2.14.4 typing-extensions==4.16.0
cat > settings.py <<'PYTHON'
from beartype import beartype
from beartype.door import is_bearable
from pydantic import validate_call
from typeguard import typechecked
from typing import Literal
from typing_extensions import TypedDict, Unpack


class Settings(TypedDict):
    rate: float
    epochs: int


def learn(settings: Settings) -> None:
    pass


def train(**settings: Unpack[Settings]) -> None:
    pass


def number(rates: dict[str, float]) -> None:
    pass


calls = ({"rate": 0.5, "epochs": 3}, {}, {"rate": "fast", "epochs": 3}, {"rte": 0.5, "epochs": 3})
for name, decorate in (("beartype", beartype), ("typeguard", typechecked), ("pydantic", validate_call)):
    checks = {
        "a TypedDict": lambda given, function=decorate(learn): function(given),
        "**settings": lambda given, function=decorate(train): function(**given),
        "dict[str, float]": lambda given, function=decorate(number): function({"rate": given.get("rate", "none")}),
    }
    for kind, check in checks.items():
        said = []
        for given in calls:
            try:
                check(given)
                said.append("passes")
            except Exception:
                said.append("refused")
        print(f"{name}, {kind}: {', '.join(said)}")
print("True for Literal[1] to beartype:", is_bearable(True, Literal[1]))
PYTHON
environment/bin/python settings.py | tee said.txt
diff said.txt - <<'EXPECTED'
beartype, a TypedDict: passes, passes, passes, passes
beartype, **settings: passes, passes, passes, passes
beartype, dict[str, float]: passes, refused, refused, refused
typeguard, a TypedDict: passes, refused, refused, refused
typeguard, **settings: passes, passes, passes, passes
typeguard, dict[str, float]: passes, refused, refused, refused
pydantic, a TypedDict: passes, refused, refused, refused
pydantic, **settings: passes, refused, refused, refused
pydantic, dict[str, float]: passes, refused, refused, refused
True for Literal[1] to beartype: True
EXPECTED
