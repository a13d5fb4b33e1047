"""Checking a class that lives in this session: in a notebook, at a prompt, in a script.

What lives here: from a live class to what `nnkata.runner` judges, the source that its cells hold, how a verdict shows
itself, the magics. What must not: how an implementation is judged.
"""

from nnkata.notebook.checking import Checked, check

__all__ = ["Checked", "check"]
