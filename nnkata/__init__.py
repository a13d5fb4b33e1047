"""nnkata: an executable contract for the neural network of a well-known article, and the kit that judges by it.

docs/architecture.md lists its parts in the direction data flows.

`nnkata.check(DeepNeuralNetwork)` checks a class of this process; `%load_ext nnkata` adds the magic `%%nnkata`.
"""

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nnkata.errors import NotJudged
    from nnkata.notebook.check import check
    from nnkata.notebook.shown import Checked

__all__ = ["Checked", "NotJudged", "check", "load_ipython_extension"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """`check` and its types, imported on first use: every command and worker imports this package."""
    if name not in ("Checked", "NotJudged", "check"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from nnkata.errors import NotJudged
    from nnkata.notebook.check import check
    from nnkata.notebook.shown import Checked

    return {"Checked": Checked, "NotJudged": NotJudged, "check": check}[name]


def load_ipython_extension(shell: Any) -> None:
    """`%load_ext nnkata`: the magic `%%nnkata`, and the name `nnkata`, by which a report says how to check again."""
    from nnkata.notebook.magic import register

    register(shell)
    shell.user_ns.setdefault(__name__, sys.modules[__name__])
