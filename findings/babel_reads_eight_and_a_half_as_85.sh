#!/usr/bin/env bash
# Babel's parse_decimal reads the mark "8.5" as 85 in German, Spanish and Portuguese, and "1,5" as 15 in English and Chinese.
#
# versions: babel 2.18.0, Python 3.11
# behaviour: the separator of thousands is removed wherever it stands, not only before groups of three digits: "1,2,3.4" is 123.4.
#   No exception and no warning. Where thousands are separated by a blank (French, Russian) a point is read as a decimal one
#   instead, so the same column is right in one language and ten times too large in another. strict=True refuses most of
#   these, and still reads "9.500", a mark with three decimals, as 9500 in German.
# output:
#   8.5: de 85, es 85, pt_BR 85, fr 8.5, ru 8.5, en 8.5, zh 8.5
#   1,5: de 1.5, es 1.5, pt_BR 1.5, fr 1.5, ru 1.5, en 15, zh 15
#   1,2,3.4 in en: 123.4
#   strict: 8.5 in de is refused, 9.500 in de is 9500
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check babel==2.18.0
environment/bin/python - > said.txt <<'PY'
from babel.numbers import NumberFormatError, parse_decimal

for text in ("8.5", "1,5"):
    print(f"{text}:", ", ".join(f"{name} {parse_decimal(text, locale=name)}" for name in "de es pt_BR fr ru en zh".split()))
print("1,2,3.4 in en:", parse_decimal("1,2,3.4", locale="en"))
try:
    said = parse_decimal("8.5", locale="de", strict=True)
except NumberFormatError:
    said = "refused"
print("strict: 8.5 in de is", said, end=", ")
print("9.500 in de is", parse_decimal("9.500", locale="de", strict=True))
PY
cat said.txt
diff said.txt - <<'EXPECTED'
8.5: de 85, es 85, pt_BR 85, fr 8.5, ru 8.5, en 8.5, zh 8.5
1,5: de 1.5, es 1.5, pt_BR 1.5, fr 1.5, ru 1.5, en 15, zh 15
1,2,3.4 in en: 123.4
strict: 8.5 in de is refused, 9.500 in de is 9500
EXPECTED
