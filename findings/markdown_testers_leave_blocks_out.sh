#!/usr/bin/env bash
# A block ```python title="net.py" with a false assertion passes three of five testers of Markdown, ~~~python three others, unrun.
#
# versions: mktestdocs 0.2.5, sybil 10.1.0, pytest-codeblocks 0.18.0, pytest-examples 0.0.18, pytest-markdown-docs 0.9.2,
#   pytest 9.2.0, Python 3.11
# behaviour: CommonMark opens a block of code with three or more backticks or tildes, with or without a space before the
#   language, and with anything behind it; sites of documentation put a title there. All five pages below are shown alike.
#   Four of the testers look for a spelling of their own, and a block in another one is no block to them: pytest counts
#   fewer tests, and mktestdocs, a test a page, says that the page passed. Its README promises to run "any codeblock that starts with
#   ```python". Only pytest-markdown-docs, which has a parser of Markdown, runs all. A page's examples should be checked once
#   with a mistake in each.
# output:
#   mktestdocs: failed plain; passed four tilde space title
#   sybil: failed plain four tilde; nothing of space title
#   pytest-codeblocks: failed plain four; nothing of tilde space title
#   pytest-examples: failed plain space title; nothing of four tilde
#   pytest-markdown-docs: failed plain four tilde space title
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check mktestdocs==0.2.5 sybil==10.1.0 pytest-codeblocks==0.18.0 \
    pytest-examples==0.0.18 pytest-markdown-docs==0.9.2 pytest==9.2.0
mkdir pages sybil
printf '```python\nassert 1 == 2\n```\n' > pages/plain.md
printf '````python\nassert 1 == 2\n````\n' > pages/four.md
printf '~~~python\nassert 1 == 2\n~~~\n' > pages/tilde.md
printf '``` python\nassert 1 == 2\n```\n' > pages/space.md
printf '```python title="net.py"\nassert 1 == 2\n```\n' > pages/title.md
cp -r pages sybil
cat > sybil/conftest.py <<'PYTHON'
from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser

pytest_collect_file = Sybil(parsers=[PythonCodeBlockParser()], pattern="*.md").pytest()
PYTHON
cat > test_mktestdocs.py <<'PYTHON'
import pathlib

import pytest
from mktestdocs import check_md_file


@pytest.mark.parametrize("page", pathlib.Path("pages").glob("*.md"), ids=str)
def test_page(page):
    check_md_file(fpath=page)
PYTHON
cat > test_examples.py <<'PYTHON'
import pytest
from pytest_examples import CodeExample, EvalExample, find_examples


@pytest.mark.parametrize("example", find_examples("pages"), ids=str)
def test_page(example: CodeExample, eval_example: EvalExample):
    eval_example.run(example)
PYTHON
run() {
    name=$1
    shift
    environment/bin/python -m pytest -q -p no:cacheprovider --tb=no -rA "$@" > run.txt 2>&1 || true
    said=""
    for word in failed passed nothing; do
        pages=""
        for page in plain four tilde space title; do
            came=nothing
            if grep -qE "^PASSED .*$page\.md" run.txt; then came=passed; fi
            if grep -qE "^FAILED .*$page\.md" run.txt; then came=failed; fi
            if [ "$came" = "$word" ]; then pages="$pages $page"; fi
        done
        if [ -n "$pages" ]; then said="$said; ${word/nothing/nothing of}$pages"; fi
    done
    echo "$name: ${said#; }"
}
{
    run mktestdocs test_mktestdocs.py
    run sybil sybil
    run pytest-codeblocks --codeblocks pages
    run pytest-examples test_examples.py
    run pytest-markdown-docs --markdown-docs pages
} | tee said.txt
diff said.txt - <<'EXPECTED'
mktestdocs: failed plain; passed four tilde space title
sybil: failed plain four tilde; nothing of space title
pytest-codeblocks: failed plain four; nothing of tilde space title
pytest-examples: failed plain space title; nothing of four tilde
pytest-markdown-docs: failed plain four tilde space title
EXPECTED
