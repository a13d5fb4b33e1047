#!/usr/bin/env bash
# `int | None` in a cell of a Markdown table has no spelling that both GitHub's rules and Python-Markdown read.
#
# versions: markdown-it-py 4.3.0, marko 2.2.4, Markdown 3.11.3 (Python 3.11), marked 18.2.1, showdown 2.1.0 (Node 20)
# behaviour: by GitHub's rules a | ends the cell, in code too, so that \| is written there, and the backslash is taken away:
#   markdown-it-py, marko and marked do so, and drop the half of the code that is one cell too many. Python-Markdown, which
#   MkDocs uses, keeps code whole: without the backslash it is right, and with it the page shows the backslash. The same file
#   is read by both where docs/ is a site too. showdown takes both.
# output: the cell as written `int | None`, and as written `int \| None`
#   markdown-it-py: `int / <code>int | None</code>
#   marko: `int / <code>int | None</code>
#   marked: `int / <code>int | None</code>
#   Python-Markdown: <code>int | None</code> / <code>int \| None</code>
#   showdown: <code>int | None</code> / <code>int | None</code>
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund marked@18.2.1 showdown@2.1.0
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check markdown-it-py==4.3.0 marko==2.2.4 Markdown==3.11.3
printf '%s\n' '| type | means |' '|---|---|' '| `int | None` | a |' '| `int \| None` | b |' > table.md
cat > render.py <<'PYTHON'
import sys

import markdown
from markdown_it import MarkdownIt
from marko.ext.gfm import gfm

RENDER = {
    "markdown-it-py": MarkdownIt("commonmark").enable("table").render,
    "marko": gfm,
    "Python-Markdown": lambda text: markdown.markdown(text, extensions=["tables"]),
}
print(RENDER[sys.argv[1]](open("table.md", encoding="utf-8").read()))
PYTHON
cat > render.js <<'JS'
const text = require('fs').readFileSync('table.md', 'utf8');
if (process.argv[2] === 'marked') console.log(require('marked').parse(text));
else console.log(new (require('showdown').Converter)({ tables: true }).makeHtml(text));
JS
first() { echo "$1: $(grep -oE '<td[^>]*>[^/]*(</code>)?' | sed -E 's/<td[^>]*>//' | grep int | sed 's/<$//' | xargs -d '\n' | sed 's/ <code>/ \/ <code>/' | sed -E 's/(<\/code>) (<code>)/\1 \/ \2/')"; }
{
    for name in markdown-it-py marko; do environment/bin/python render.py $name | first $name; done
    node render.js marked | first marked
    environment/bin/python render.py Python-Markdown | first Python-Markdown
    node render.js showdown | first showdown
} | tee said.txt
diff said.txt - <<'EXPECTED'
markdown-it-py: `int / <code>int | None</code>
marko: `int / <code>int | None</code>
marked: `int / <code>int | None</code>
Python-Markdown: <code>int | None</code> / <code>int \| None</code>
showdown: <code>int | None</code> / <code>int | None</code>
EXPECTED
