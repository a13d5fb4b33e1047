"""nnkata: an executable contract for the neural network of a well-known article, and the kit that judges by it.

What lives here, in the direction data flows (a part imports only what stands above it):

    protocol        the typed interface of an implementation
    oracle          the mathematics, once: what is right
    misconceptions  known wrong versions of it: what is wrong, why, what to read
    data            MNIST: bundled, from OpenML, or from a path
    subject         the implementation under test behind one face, in this process or in a worker
    steps           Gherkin steps, a module a stage
    verdict         what one run found
    runner          implementation name + options -> verdict
    reports         a verdict as text, JSON, ...
    notebook        a class of this session, checked where it is
    cli             commands

`nnkata.check(DeepNeuralNetwork)` checks a class that is at hand; `%load_ext nnkata` brings the magic `%%nnkata`.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nnkata.notebook import Checked, check

__all__ = ["Checked", "check", "load_ipython_extension"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """`check` and `Checked`, imported when they are asked for: every command and worker imports this package."""
    if name in ("Checked", "check"):
        import nnkata.notebook

        return getattr(nnkata.notebook, name)
    raise AttributeError(f"module 'nnkata' has no attribute {name!r}")


def load_ipython_extension(ipython: Any) -> None:
    """Bring the magics into a session."""
    from nnkata.notebook.magic import NnkataMagics

    ipython.register_magics(NnkataMagics)
