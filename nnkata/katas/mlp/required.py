"""The functions without which no clause can be judged, and the line that begins each of them."""

from collections.abc import Collection

from nnkata.language import _

#: Each function, and its line in an adapter: English, as code is.
REQUIRED = {
    "parameters": "def parameters(net): ...  # return the live arrays, [net.W1, net.b1, ...]",
    "output": "def output(net, x): ...  # return (n, 10) for a batch x of rows (n, 784)",
    "gradients": "def gradients(net, x, y): ...  # return arrays like parameters(net); y is one-hot, (n, 10)",
}


def missing(there: Collection[str]) -> list[str]:
    """The required functions that are not there; `loss` stands in for `output`."""
    return [name for name in REQUIRED if name not in there and not (name == "output" and "loss" in there)]


def lacks(there: Collection[str]) -> str:
    """The message about required functions that are not there, with the lines to write; empty if none lacks."""
    names = missing(there)
    if not names:
        return ""
    text = _("it lacks {names}, without which nothing can be judged; write:").format(names=", ".join(names))
    return "\n  ".join([text, *(REQUIRED[name] for name in names)])
