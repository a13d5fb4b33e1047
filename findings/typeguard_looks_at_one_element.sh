#!/usr/bin/env bash
# typeguard accepts [1, "x"] as a list[int], as it looks at the first element alone; beartype looks at one by chance.
#
# versions: typeguard 4.6.1, beartype 0.23.1, trycast 2.0.0, pydantic 2.14.4, Python 3.11
# behaviour: a test of the types at run time passes although an element is wrong. typeguard's default checks the first
#   item of a list, a dict or a tuple of any length; its option ALL_ITEMS changes that. beartype draws one item of a
#   list per call, so that the same call accepts and refuses, and looks at the first of a dict. trycast and pydantic
#   check every element.
# output:
#   typeguard: list True dict True first wrong False
#   typeguard, ALL_ITEMS: list False dict False
#   beartype: list, in a thousand calls both: True dict True
#   trycast: list False dict False
#   pydantic: list False dict False
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check typeguard==4.6.1 beartype==0.23.1 trycast==2.0.0 pydantic==2.14.4
cat > elements.py <<'PYTHON'
import pydantic
import typeguard
from beartype.door import is_bearable
from trycast import isassignable


def by_typeguard(value, kind, **options):
    try:
        typeguard.check_type(value, kind, **options)
    except typeguard.TypeCheckError:
        return False
    return True


def by_pydantic(value, kind):
    try:
        pydantic.TypeAdapter(kind).validate_python(value, strict=True)
    except pydantic.ValidationError:
        return False
    return True


mixed, scores = [1] * 9 + ["x"], {"a": 1, "b": "x"}
every = {"collection_check_strategy": typeguard.CollectionCheckStrategy.ALL_ITEMS}
print("typeguard: list", by_typeguard(mixed, list[int]), "dict", by_typeguard(scores, dict[str, int]), "first wrong", by_typeguard(["x", 1], list[int]))
print("typeguard, ALL_ITEMS: list", by_typeguard(mixed, list[int], **every), "dict", by_typeguard(scores, dict[str, int], **every))
accepted = sum(is_bearable(mixed, list[int]) for _ in range(1000))
print("beartype: list, in a thousand calls both:", 0 < accepted < 1000, "dict", is_bearable(scores, dict[str, int]))
print("trycast: list", isassignable(mixed, list[int]), "dict", isassignable(scores, dict[str, int]))
print("pydantic: list", by_pydantic(mixed, list[int]), "dict", by_pydantic(scores, dict[str, int]))
PYTHON
environment/bin/python elements.py | tee said.txt
diff said.txt - <<'EXPECTED'
typeguard: list True dict True first wrong False
typeguard, ALL_ITEMS: list False dict False
beartype: list, in a thousand calls both: True dict True
trycast: list False dict False
pydantic: list False dict False
EXPECTED
