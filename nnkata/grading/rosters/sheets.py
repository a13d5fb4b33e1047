"""A spreadsheet as rows of texts: the form in which most offices keep a list of students."""

import datetime
import io

from nnkata.errors import UsageError
from nnkata.language import _

#: The first bytes of .xlsx and .ods, which are archives, and of .xls.
SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def sheet(name: str, content: bytes) -> list[list[str]]:
    """The rows of the first sheet with any content, of a .xlsx, .xls or .ods file of that name.

    Raises:
        UsageError: the extra `spreadsheets` is missing, or the file is broken or has a password.
    """
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError:
        text = _(
            "{path} is a spreadsheet: pip install 'nnkata[spreadsheets]', or save it as CSV (in Excel: CSV UTF-8) and "
            "give that file"
        )
        raise UsageError(text.format(path=name)) from None
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = (book.get_sheet_by_name(one).to_python() for one in book.sheet_names)
        rows = next(filter(None, sheets), [])
    except CalamineError as error:
        text = _("{path} cannot be read: {strerror}")
        raise UsageError(text.format(path=name, strerror=str(error) or type(error).__name__)) from None
    return [[_text(cell) for cell in row] for row in rows]


def _text(cell: object) -> str:
    """A cell as a person reads it: a spreadsheet keeps whole numbers, such as a student's, as floats."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, datetime.date | datetime.time) else str(cell)
