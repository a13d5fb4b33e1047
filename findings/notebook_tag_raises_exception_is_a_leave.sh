#!/usr/bin/env bash
# A notebook's cell with the tag "raises-exception" passes if it raises nothing, in nbclient, nbmake and nbval.
#
# versions: nbclient 0.11.0, nbmake 1.5.5, nbval 0.11.0, ipykernel 7.4.0, pytest 9.2.0, Python 3.11
# behaviour: the tag reads like pytest.raises and is a permission: the cell may raise. A notebook that shows how a
#   wrong label is refused still passes after the check has gone. Without the tag a cell that raises fails in all
#   three.
# output:
#   raises nothing, with the tag: nbclient passed, nbmake passed, nbval passed
#   raises, with the tag: nbclient passed, nbmake passed, nbval passed
#   raises, without it: nbclient failed, nbmake failed, nbval failed
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check nbclient==0.11.0 nbmake==1.5.5 nbval==0.11.0 ipykernel==7.4.0 pytest==9.2.0
cat > write.py <<'PYTHON'
import nbformat
from nbformat.v4 import new_code_cell, new_notebook

for name, source, tags in (("nothing", "1 + 1", ["raises-exception"]), ("raises", "1 / 0", ["raises-exception"]), ("untagged", "1 / 0", [])):
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(new_notebook(cells=[new_code_cell(source, metadata={"tags": tags})], metadata={"kernelspec": kernel}), f"{name}.ipynb")
PYTHON
environment/bin/python write.py
told() { local code=0; "$@" > said.txt 2>&1 || code=$?; case $code in 0) echo passed ;; 1) echo failed ;; *) cat said.txt >&2; echo "status $code" ;; esac; }
tell() {
    local pytest=(environment/bin/python -m pytest -q -p no:cacheprovider)
    echo "nbclient $(told environment/bin/jupyter-execute "$1.ipynb"), nbmake $(told "${pytest[@]}" --nbmake "$1.ipynb"), nbval $(told "${pytest[@]}" --nbval-lax "$1.ipynb")"
}
{
    echo "raises nothing, with the tag: $(tell nothing)"
    echo "raises, with the tag: $(tell raises)"
    echo "raises, without it: $(tell untagged)"
} | tee all.txt
diff all.txt - <<'EXPECTED'
raises nothing, with the tag: nbclient passed, nbmake passed, nbval passed
raises, with the tag: nbclient passed, nbmake passed, nbval passed
raises, without it: nbclient failed, nbmake failed, nbval failed
EXPECTED
