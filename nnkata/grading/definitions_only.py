"""A script that trains, reads or asks while it is imported: its definitions are judged, as those of a notebook.

A learner who checks such a file reads the advice and changes it. A submission of a batch stays as it is: without this,
a right network has no verdict because of the lines below it.
"""

from io import BytesIO
from pathlib import Path
from tokenize import detect_encoding

import msgspec

from nnkata.language import _
from nnkata.runner.run import judge
from nnkata.runner.settings import Settings
from nnkata.subject import NotFound, NotImported
from nnkata.subject.source.definitions import reduced
from nnkata.verdict import Verdict
from nnkata.worker.tree import newlines

#: In the environment of a verdict on the definitions alone: the reason.
DEFINITIONS = "definitions"


def judged(settings: Settings, source: bytes) -> Verdict:
    """The verdict on a submission; on the definitions of its file alone if it cannot be imported as a whole.

    `source` is the content of that file, which a worker without a wall could change meanwhile.

    Raises:
        NotFound: neither can be judged; the reason is that of the whole file.
    """
    try:
        return judge(settings)
    except NotImported as error:
        cut = _definitions(source)
        if cut is None:
            raise
        Path(settings.implementation).write_bytes(cut)
        try:
            found = judge(settings)
        except NotFound:
            raise error from None
        reason = "; ".join(str(error).splitlines())
        return msgspec.structs.replace(found, environment={**found.environment, DEFINITIONS: reason})


def note(reason: str) -> str:
    """The line about such a submission, for the reason in its verdict's environment."""
    return _("its definitions alone are judged: {reason}").format(reason=reason)


def _definitions(source: bytes) -> bytes | None:
    """The definitions of a source, in its encoding; None if it has nothing else, or cannot be read."""
    try:
        encoding, _lines = detect_encoding(BytesIO(source).readline)
        text = newlines(source.decode(encoding))
    except (SyntaxError, ValueError):  # of the line that names an encoding, and of the encoding
        return None
    cut = reduced(text)
    return cut.encode(encoding) if cut is not None and cut != text else None
