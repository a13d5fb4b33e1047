#!/usr/bin/env bash
# A template for Jinja2 that nunjucks, its port to JavaScript, renders without an error shows other marks: 7.25|round(1) is 7.3, not 7.2, an empty list of failures is some failures, and 3 > 2 > 1 is false.
#
# versions: nunjucks 3.2.4 (Node 20), jinja2 3.1.6 and minijinja 3.1.0 (Python 3.11)
# behaviour: templates without calls of the language are said to be easy to share. The operators and filters have
#   the same names, and JavaScript's meaning: halves are rounded up, the remainder of -7 by 3 is -1, "7" is equal to
#   7, an empty list or dict is true, so that `if failures`, `not failures` and `failures or "none"` go the other way,
#   and float of "7,5" is 7, not the default. `for name in points` of a dict runs over nothing, where Jinja2 gives the
#   names. nunjucks' installJinjaCompat, which was called here, changes slices, True and methods of lists, and none of
#   these. minijinja, a port to Rust, agrees with Jinja2 but for the mark that is no number, for which it raises.
# output:
#   {{ 7.25|round(1) }}   Jinja2 '7.2', minijinja '7.2', nunjucks '7.3'
#   {{ 2.5|round|int }}   Jinja2 '2', minijinja '2', nunjucks '3'
#   {{ -7 % 3 }}   Jinja2 '2', minijinja '2', nunjucks '-1'
#   {{ '7' == 7 }}   Jinja2 'False', minijinja 'False', nunjucks 'true'
#   {{ [7, 9] == [7, 9] }}   Jinja2 'True', minijinja 'True', nunjucks 'false'
#   {% if failures %}some{% else %}none{% endif %}   Jinja2 'none', minijinja 'none', nunjucks 'some'
#   {{ failures or 'none' }}   Jinja2 'none', minijinja 'none', nunjucks ''
#   {{ 'passed' if not failures else 'failed' }}   Jinja2 'passed', minijinja 'passed', nunjucks 'failed'
#   {% if 3 > 2 > 1 %}falls{% else %}does not fall{% endif %}   Jinja2 'falls', minijinja 'falls', nunjucks 'does not fall'
#   {% for name in points %}{{ name }} {% endfor %}   Jinja2 'Ann Bo', minijinja 'Ann Bo', nunjucks ''
#   {{ '7,5'|float(0.5) }}   Jinja2 '0.5', minijinja '0.5', nunjucks '7'
#   {{ '1e3'|int }}   Jinja2 '1000', minijinja '1000', nunjucks '1'
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check jinja2==3.1.6 minijinja==3.1.0
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund nunjucks@3.2.4
cat > templates.json <<'TEXT'
["{{ 7.25|round(1) }}", "{{ 2.5|round|int }}", "{{ -7 % 3 }}", "{{ '7' == 7 }}", "{{ [7, 9] == [7, 9] }}",
 "{% if failures %}some{% else %}none{% endif %}", "{{ failures or 'none' }}", "{{ 'passed' if not failures else 'failed' }}",
 "{% if 3 > 2 > 1 %}falls{% else %}does not fall{% endif %}", "{% for name in points %}{{ name }} {% endfor %}",
 "{{ '7,5'|float(0.5) }}", "{{ '1e3'|int }}"]
TEXT
cat > render.cjs <<'JAVASCRIPT'
const nunjucks = require('nunjucks');
nunjucks.installJinjaCompat();
const environment = new nunjucks.Environment(null, { autoescape: false });
const said = require('./templates.json').map((text) => environment.renderString(text, { failures: [], points: { Ann: 7, Bo: 9 } }));
console.log(JSON.stringify(said));
JAVASCRIPT
cat > render.py <<'PYTHON'
import json
import subprocess

import jinja2
import minijinja

node = json.loads(subprocess.run(["node", "render.cjs"], capture_output=True, text=True, check=True).stdout)
values = {"failures": [], "points": {"Ann": 7, "Bo": 9}}
for text, theirs in zip(json.load(open("templates.json")), node):
    try:
        rust = minijinja.Environment().render_str(text, **values)
    except minijinja.TemplateError:
        rust = "an error"
    said = {"Jinja2": jinja2.Template(text).render(**values), "minijinja": rust, "nunjucks": theirs}
    print(f"{text}  ", ", ".join(f"{name} {value.strip()!r}" for name, value in said.items()))
PYTHON
environment/bin/python render.py | tee said.txt
diff said.txt - <<'EXPECTED'
{{ 7.25|round(1) }}   Jinja2 '7.2', minijinja '7.2', nunjucks '7.3'
{{ 2.5|round|int }}   Jinja2 '2', minijinja '2', nunjucks '3'
{{ -7 % 3 }}   Jinja2 '2', minijinja '2', nunjucks '-1'
{{ '7' == 7 }}   Jinja2 'False', minijinja 'False', nunjucks 'true'
{{ [7, 9] == [7, 9] }}   Jinja2 'True', minijinja 'True', nunjucks 'false'
{% if failures %}some{% else %}none{% endif %}   Jinja2 'none', minijinja 'none', nunjucks 'some'
{{ failures or 'none' }}   Jinja2 'none', minijinja 'none', nunjucks ''
{{ 'passed' if not failures else 'failed' }}   Jinja2 'passed', minijinja 'passed', nunjucks 'failed'
{% if 3 > 2 > 1 %}falls{% else %}does not fall{% endif %}   Jinja2 'falls', minijinja 'falls', nunjucks 'does not fall'
{% for name in points %}{{ name }} {% endfor %}   Jinja2 'Ann Bo', minijinja 'Ann Bo', nunjucks ''
{{ '7,5'|float(0.5) }}   Jinja2 '0.5', minijinja '0.5', nunjucks '7'
{{ '1e3'|int }}   Jinja2 '1000', minijinja '1000', nunjucks '1'
EXPECTED
