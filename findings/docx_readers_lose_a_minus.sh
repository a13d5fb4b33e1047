#!/usr/bin/env bash
# docx2txt, docxpy and docx2python read the rate 10-3, written in Word with a hyphen that does not break, as 103, and all six readers tried read 10 to the power 3 as 103 too.
#
# versions: python-docx 1.2.0, docx2txt 0.9, docxpy 0.8.5, docx2python 3.7.1, mammoth 1.13.0, markitdown 0.1.9,
#   Python 3.11
# behaviour: a student's report, read as text for a search, a comparison or a mark. Word's Ctrl+Shift+hyphen is an
#   element of its own and no character, and the three leave it out, so that a number loses its minus or two marks
#   become one: 7-9 is 79. A raised exponent is a property of the text, and plain text has none. An equation of Word's
#   editor is lost to python-docx, docx2txt, docxpy and mammoth. What was written while changes were tracked, whole
#   paragraphs too, is not there for python-docx, and neither is the text of a form's field; a sentence that was moved
#   stands at both places for docx2txt, docxpy and docx2python. markitdown has all but the exponent. Each is reported
#   for single readers (the hyphen as pull request 34 of docx2txt, the insertions as issues 6 and 1123 of
#   python-docx).
# output:
#   python-docx: rate 10-3, steps 103, equation 0, inserted 0, deleted 0, moved 0, field 0
#   docx2txt: rate 103, steps 103, equation 0, inserted 1, deleted 0, moved 2, field 1
#   docxpy: rate 103, steps 103, equation 0, inserted 1, deleted 0, moved 2, field 1
#   docx2python: rate 103, steps 103, equation 1, inserted 1, deleted 0, moved 2, field 1
#   mammoth: rate 10-3, steps 103, equation 0, inserted 1, deleted 0, moved 1, field 1
#   markitdown: rate 10-3, steps 103, equation 1, inserted 1, deleted 0, moved 1, field 1
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check python-docx==1.2.0 docx2txt==0.9 \
  docxpy==0.8.5 docx2python==3.7.1 mammoth==1.13.0 'markitdown[docx]==0.1.9'
cat > write.py <<'PYTHON'
import docx
from docx.oxml import parse_xml

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
TRACKED = 'w:author="A" w:date="2026-01-01T00:00:00Z"'
document = docx.Document()
for content in (
    "<w:r><w:t>rate 10</w:t></w:r><w:r><w:noBreakHyphen/><w:t>3</w:t></w:r>",
    '<w:r><w:t>steps 10</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>3</w:t></w:r>',
    '<w:r><w:t xml:space="preserve">step </w:t></w:r><m:oMath><m:r><m:t>equation</m:t></m:r></m:oMath>',
    f'<w:ins w:id="1" {TRACKED}><w:r><w:t>inserted</w:t></w:r></w:ins>',
    f'<w:del w:id="2" {TRACKED}><w:r><w:delText>deleted</w:delText></w:r></w:del>',
    f'<w:moveFrom w:id="3" {TRACKED}><w:r><w:t>moved</w:t></w:r></w:moveFrom>',
    f'<w:moveTo w:id="4" {TRACKED}><w:r><w:t>moved</w:t></w:r></w:moveTo>',
    "<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>field</w:t></w:r></w:sdtContent></w:sdt>",
):
    document.element.body.insert(-1, parse_xml(f"<w:p {SPACES}>{content}</w:p>"))
document.save("report.docx")
PYTHON
cat > read.py <<'PYTHON'
import re
import warnings

warnings.simplefilter("ignore")
import docx
import docx2txt
import docxpy
import mammoth
from docx2python import docx2python
from markitdown import MarkItDown

readers = {
    "python-docx": lambda: "\n".join(paragraph.text for paragraph in docx.Document("report.docx").paragraphs),
    "docx2txt": lambda: docx2txt.process("report.docx"),
    "docxpy": lambda: docxpy.process("report.docx"),
    "docx2python": lambda: docx2python("report.docx").text,
    "mammoth": lambda: mammoth.extract_raw_text(open("report.docx", "rb")).value,
    "markitdown": lambda: MarkItDown().convert("report.docx").text_content,
}
words = ("equation", "inserted", "deleted", "moved", "field")
for name, read in readers.items():
    text = read()
    rate = re.search(r"rate (\S+)", text)[1].replace("\u2011", "-")
    steps = re.search(r"steps (\S+)", text)[1]
    counts = ", ".join(f"{word} {len(re.findall(word, text))}" for word in words)
    print(f"{name}: rate {rate}, steps {steps}, {counts}")
PYTHON
environment/bin/python write.py
environment/bin/python read.py 2> /dev/null | tee said.txt
diff said.txt - <<'EXPECTED'
python-docx: rate 10-3, steps 103, equation 0, inserted 0, deleted 0, moved 0, field 0
docx2txt: rate 103, steps 103, equation 0, inserted 1, deleted 0, moved 2, field 1
docxpy: rate 103, steps 103, equation 0, inserted 1, deleted 0, moved 2, field 1
docx2python: rate 103, steps 103, equation 1, inserted 1, deleted 0, moved 2, field 1
mammoth: rate 10-3, steps 103, equation 0, inserted 1, deleted 0, moved 1, field 1
markitdown: rate 10-3, steps 103, equation 1, inserted 1, deleted 0, moved 1, field 1
EXPECTED
