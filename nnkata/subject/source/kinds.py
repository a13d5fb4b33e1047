"""What a file is that is no text of Python, by its beginning: an archive, a document, a notebook, a picture."""

import re

from nnkata.language import _, later

DOCUMENT = later("hand in the .py or .ipynb file itself")
ARCHIVE = later("unpack it and name the .py or .ipynb file in it; `nnkata grade` also reads archives")
NOTEBOOK = later("rename it to .ipynb")

#: Beginnings, each with the kind of file and the advice; the first one counts.
KINDS = (
    (rb"PK\x03\x04(?=[\s\S]{0,4000}word/)", later("a document of Word"), DOCUMENT),
    (rb"PK\x03\x04", later("a ZIP archive"), ARCHIVE),
    (rb"7z\xbc\xaf\x27\x1c|Rar!|\x1f\x8b|BZh\d1AY|\xfd7zXZ", later("an archive"), ARCHIVE),
    (rb"%PDF", later("a PDF"), DOCUMENT),
    (rb"version https://git-lfs\.github\.com/", later("a pointer of Git LFS, not the file itself"), DOCUMENT),
    (rb"\s*\{\\rtf", later("a document (RTF)"), DOCUMENT),
    (rb"\xd0\xcf\x11\xe0", later("a document of an old Office"), DOCUMENT),
    (rb"\x89PNG|\xff\xd8\xff|GIF8", later("a picture"), DOCUMENT),
    (rb"[\s\S]{2}\r\n[\x00-\x03]\x00\x00\x00", later("compiled Python, without its source"), DOCUMENT),
    (rb'(?:\xef\xbb\xbf)?\s*\{(?=[\s\S]*"(?:nbformat|cell_type)")', later("a notebook under another name"), NOTEBOOK),
    (rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|\?xml)\b", later("a page of the web"), DOCUMENT),
)


def kind_of(content: bytes) -> tuple[str, str] | None:
    """The kind of a file that is no Python, and the advice; None if it may be Python."""
    for beginning, kind, advice in KINDS:
        if re.match(beginning, content, re.IGNORECASE):
            return _(kind), _(advice)
    return None
