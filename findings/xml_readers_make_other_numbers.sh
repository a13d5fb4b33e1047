#!/usr/bin/env bash
# To xml2js' parseNumbers a rate of 1e3 is 1 and one of 2.5e1 is 2, lxml.objectify makes nan of the student Nan, xmljson 12 of the group 1_2, and fast-xml-parser 7 of the student 007 by default.
#
# versions: xml2js 0.6.2, fast-xml-parser 5.12.1, xml-js 1.6.11, lxml 6.1.3, xmljson 0.2.1, Python 3.11, Node 20
# behaviour: XML has texts alone, and these readers make numbers of them: fast-xml-parser, objectify and xmljson's
#   usual conventions unasked, the others by an option. xml2js takes a text that is a whole number by % 1 for digits,
#   and cuts it at the first letter: 1e3 is 1, 0x10 is 0, and 2.5e-1 is right; since 2018 this stands as its issue
#   477. xml-js and xml2js round a student's number of 17 digits, which fast-xml-parser leaves a text. Whether two of
#   these readers agree about a name or a group depends on its letters: Nan is a float to objectify alone, 1_2 a
#   number to xmljson alone, true a bool to all but one. Attributes are read likewise by fast-xml-parser with
#   parseAttributeValue, as a JUnit report keeps its names in them.
# output:
#   lxml.objectify: '1e3', '2.5e1', '2.5e-1', '0x10', 7, '1_2', nan, True, 7.5, 20261234567890123
#   xmljson parker: 1000.0, 25.0, 0.25, '0x10', 7, 12, 'Nan', True, 7.5, 20261234567890123
#   xmljson badgerfish: 1000.0, 25.0, 0.25, '0x10', 7, 12, 'Nan', True, 7.5, 20261234567890123
#   fast-xml-parser: 1000, 25, 0.25, 16, 7, "1_2", "Nan", true, 7.5, "20261234567890123"
#   xml-js, nativeType: 1000, 25, 0.25, 16, 7, "1_2", "Nan", true, 7.5, 20261234567890124
#   xml2js, parseNumbers: 1, 2, 0.25, 0, 7, "1_2", "Nan", "true", 7.5, 20261234567890124
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check lxml==6.1.3 xmljson==0.2.1
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund xml2js@0.6.2 fast-xml-parser@5.12.1 xml-js@1.6.11
cat > row.xml <<'TEXT'
<row><a>1e3</a><b>2.5e1</b><c>2.5e-1</c><d>0x10</d><e>007</e><f>1_2</f><g>Nan</g><h>true</h><i>7.50</i><j>20261234567890123</j></row>
TEXT
cat > read.py <<'PYTHON'
import json

import xmljson
from lxml import etree, objectify

text = open("row.xml").read().strip()
row = objectify.fromstring(text)
print("lxml.objectify:", ", ".join(repr(child.pyval) for child in row.iterchildren()))
for name in ("parker", "badgerfish"):
    found = getattr(xmljson, name).data(etree.fromstring(text))
    values = found.values() if name == "parker" else [value["$"] for value in found["row"].values()]
    print(f"xmljson {name}:", ", ".join(repr(value) for value in values))
PYTHON
cat > read.cjs <<'JAVASCRIPT'
const { readFileSync } = require('fs');
const { XMLParser } = require('fast-xml-parser');
const { xml2js } = require('xml-js');
const { parseString, processors } = require('xml2js');
const text = readFileSync('row.xml', 'utf8').trim();
const show = (name, values) => console.log(`${name}: ${values.map((value) => JSON.stringify(value)).join(', ')}`);
show('fast-xml-parser', Object.values(new XMLParser().parse(text).row));
show('xml-js, nativeType', Object.values(xml2js(text, { compact: true, nativeType: true }).row).map((value) => value._text));
parseString(text, { valueProcessors: [processors.parseNumbers], explicitArray: false }, (error, found) =>
  show('xml2js, parseNumbers', Object.values(found.row)));
JAVASCRIPT
{ environment/bin/python read.py; node read.cjs; } | tee said.txt
diff said.txt - <<'EXPECTED'
lxml.objectify: '1e3', '2.5e1', '2.5e-1', '0x10', 7, '1_2', nan, True, 7.5, 20261234567890123
xmljson parker: 1000.0, 25.0, 0.25, '0x10', 7, 12, 'Nan', True, 7.5, 20261234567890123
xmljson badgerfish: 1000.0, 25.0, 0.25, '0x10', 7, 12, 'Nan', True, 7.5, 20261234567890123
fast-xml-parser: 1000, 25, 0.25, 16, 7, "1_2", "Nan", true, 7.5, "20261234567890123"
xml-js, nativeType: 1000, 25, 0.25, 16, 7, "1_2", "Nan", true, 7.5, 20261234567890124
xml2js, parseNumbers: 1, 2, 0.25, 0, 7, "1_2", "Nan", "true", 7.5, 20261234567890124
EXPECTED
