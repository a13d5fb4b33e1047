"""The file that a notebook without a class runs by `%run`, where the class may be: one line of advice."""

import re

from nnkata.language import _
from nnkata.subject.source.notebook import CLASS

#: A line that was such a magic, as the text of a notebook has it (nnkata/subject/source/magics.py).
RAN = re.compile(r"^\s*pass  # (%run[ \t]+(?:-\w+[ \t]+)*[\"']?([\w./-]{1,80}\.(?:py|ipynb))\b)", re.MULTILINE)


def of_run_file(text: str) -> str:
    """The advice to check the file that a notebook with this text runs by `%run`, as a line; empty if it has a class.

    In Jupyter (IPython 9) the names of the file that is run are then the notebook's, and an exception in it ends
    neither the cell nor the run: its author sees a notebook that works.
    """
    found = None if CLASS.search(text) else RAN.search(text)
    advice = _("{line} is left out here; if the network is in {file}, check that file")
    return "\n" + advice.format(line=found[1], file=found[2]) if found else ""
