#!/usr/bin/env bash
# npm's gettext-parser compiles a fuzzy translation, a guess that nobody has confirmed, into the .mo; msgfmt's rule is to leave it out.
#
# versions: gettext-parser 10.0.0 (Node 20), babel 2.18.0 and polib 1.2.0 (Python 3.11 with its gettext)
# behaviour: when a text changes, msgmerge keeps the old translation and marks it "#, fuzzy". Such an entry counts as not
#   translated: msgfmt, Babel and polib leave it out, and the program shows the original. mo.compile(po.parse(...)) writes it,
#   so that a catalogue that is compiled on the way to a page says the opposite of what its source says, here that a loss rises. The
#   flag is in the parsed entry, under comments.flag. po2json of the same registry leaves the entry out.
# output:
#   babel: the loss falls
#   polib: the loss falls
#   gettext-parser: der Verlust steigt
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund gettext-parser@10.0.0
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check babel==2.18.0 polib==1.2.0
cat > de.po <<'PO'
msgid ""
msgstr ""
"Language: de\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"

#, fuzzy
msgid "the loss falls"
msgstr "der Verlust steigt"

msgid "passed"
msgstr "bestanden"
PO
cat > compile.mjs <<'JS'
import fs from 'fs';
import { mo, po } from 'gettext-parser';

fs.writeFileSync('gettext-parser.mo', mo.compile(po.parse(fs.readFileSync('de.po'))));
JS
cat > read.py <<'PYTHON'
import gettext

import polib
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

with open("de.po", "rb") as source, open("babel.mo", "wb") as target:
    write_mo(target, read_po(source))
polib.pofile("de.po").save_as_mofile("polib.mo")
for name in ("babel", "polib", "gettext-parser"):
    with open(f"{name}.mo", "rb") as file:
        texts = gettext.GNUTranslations(file)
    assert texts.gettext("passed") == "bestanden"
    print(f"{name}: {texts.gettext('the loss falls')}")
PYTHON
node compile.mjs
environment/bin/python read.py | tee said.txt
diff said.txt - <<'EXPECTED'
babel: the loss falls
polib: the loss falls
gettext-parser: der Verlust steigt
EXPECTED
