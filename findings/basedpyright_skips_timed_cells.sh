#!/usr/bin/env bash
# basedpyright reports nothing in a notebook's cell that begins with %%time, and an error for files = !ls, which Jupyter runs.
#
# versions: basedpyright 1.40.2, pyrefly 1.5.0, ty 0.0.108, nbqa 1.9.1, mypy 2.4.1, Python 3.11
# behaviour: lines of IPython are no Python. All leave out the line of a magic; pyrefly, ty and nbqa with mypy check the rest of a
#   cell under %%time or %%capture, which is the same Python as without. basedpyright drops that cell whole, the network's training as
#   a rule, with its names: what it defines is unknown or unchecked further down. The reverse for an assignment from a
#   command and for help by "?": right cells that it calls errors. Bitten is who checks handed-in notebooks by type.
# output:
#   basedpyright: errors in plain, %matplotlib, x = !ls (right), x? (right)
#   pyrefly: errors in plain, %matplotlib, %%time, %%capture
#   ty: errors in plain, %matplotlib, %%time, %%capture
#   nbqa mypy: errors in plain, %matplotlib, %%time, %%capture
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check basedpyright==1.40.2 pyrefly==1.5.0 ty==0.0.108 nbqa==1.9.1 mypy==2.4.1
touch pyrefly.toml
cat > notebook.py <<'PYTHON'
import json

CELLS = {
    "plain": "a: int = 'text'",
    "%matplotlib": "%matplotlib inline\nb: int = 'text'",
    "%%time": "%%time\nc: int = 'text'",
    "%%capture": "%%capture\nd: int = 'text'",
    "x = !ls (right)": "files = !ls",
    "x? (right)": "print?",
}
cells = [
    {"cell_type": "code", "id": f"c{n}", "metadata": {}, "execution_count": None, "outputs": [], "source": source}
    for n, source in enumerate(CELLS.values())
]
with open("network.ipynb", "w") as file:
    json.dump({"cells": cells, "metadata": {"language_info": {"name": "python"}}, "nbformat": 4, "nbformat_minor": 5}, file)
with open("names.txt", "w") as file:
    file.write("\n".join(CELLS) + "\n")
PYTHON
environment/bin/python notebook.py
told() {
    name=$1
    shift
    PATH="$PWD/environment/bin:$PATH" "$@" network.ipynb > run.txt 2>&1 || true
    cells=$(grep -oE 'ipynb(#|:cell[ _]|:)[0-9]+' run.txt | grep -oE '[0-9]+$' | sort -un | while read -r n; do sed -n "${n}p" names.txt; done | paste -sd, | sed 's/,/, /g')
    echo "$name: errors in $cells"
}
{
    told basedpyright basedpyright --level error
    told pyrefly pyrefly check
    told ty ty check
    told "nbqa mypy" nbqa mypy
} | tee said.txt
diff said.txt - <<'EXPECTED'
basedpyright: errors in plain, %matplotlib, x = !ls (right), x? (right)
pyrefly: errors in plain, %matplotlib, %%time, %%capture
ty: errors in plain, %matplotlib, %%time, %%capture
nbqa mypy: errors in plain, %matplotlib, %%time, %%capture
EXPECTED
