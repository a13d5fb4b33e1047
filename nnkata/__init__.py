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
    cli             commands
    notebook        a class of this process, checked as it is

`nnkata.check(DeepNeuralNetwork)` checks a class that is at hand; `%load_ext nnkata` brings the magic `%%nnkata`.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nnkata.notebook.check import NotJudged, check
    from nnkata.notebook.shown import Checked

__all__ = ["Checked", "NotJudged", "check", "load_ipython_extension"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """`check` and its kinds, imported when they are asked for: every command and worker imports this package."""
    if name not in ("Checked", "NotJudged", "check"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from nnkata.notebook import check

    return getattr(check, name)


def load_ipython_extension(shell: Any) -> None:
    """`%load_ext nnkata`: the magic `%%nnkata`."""
    from nnkata.notebook.magic import register

    register(shell)
