"""The functions and methods of foreign files that may give a missing part: read from the texts, with their lines."""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from nnkata.worker.adapting.names import ACCURACY, BACKWARD, FORWARD
from nnkata.worker.statements import code_of
from nnkata.worker.tree import tree_of

#: The most that are told of one part.
MOST = 3
#: Words in the name of a way forward, beside the usual whole names.
WORDS = re.compile(r"forward|pred|propag|output|activat|classif", re.I)
#: Examples of each missing function; CALL stands for the first candidate.
EXAMPLES = {
    "parameters": ("return [net.W1, net.b1, net.W2, net.b2]",),
    "output": ("return CALL(x)  # or CALL(x.T).T, or np.stack([np.ravel(CALL(a)) for a in x])",),
    "gradients": (
        "return moved(parameters, net, lambda: CALL(x, y, 0.1), 0.1)  # if it takes a step of rate 0.1",
        "return mean_of(lambda a, b: moved(parameters, net, lambda: CALL(a, b), 0.1), x, y)  # one sample at a time",
    ),
}


@dataclass(frozen=True)
class Offer:
    """A function or method that may give a missing part."""

    owner: str
    name: str
    arguments: str
    place: str
    #: Whether its class has a way forward and a way back.
    whole: bool

    @property
    def call(self) -> str:
        """How an adapter calls it, without the arguments."""
        return f"net.{self.name}" if self.owner else f"theirs.{self.name}"

    @property
    def told(self) -> str:
        """The function with its arguments, and its place."""
        return f"{self.owner}{'.' * bool(self.owner)}{self.name}({self.arguments}), {self.place}"


def offers(base: Path, files: Sequence[str], part: str) -> list[str]:
    """Lines about the candidates in the files for a missing part, and an example of it; none without candidates."""
    found = [offer for file in files for offer in _of(base, file) if _likely(offer.name, part)]
    found = sorted(found, key=lambda offer: (not offer.whole, not offer.owner))[:MOST]
    if not found and part != "parameters":
        return []
    lines = [f"its own: {'; '.join(offer.told for offer in found)}"] if found else []
    return [*lines, *(f"such as: {text.replace('CALL', found[0].call if found else '')}" for text in EXAMPLES[part])]


def _likely(name: str, part: str) -> bool:
    forward = FORWARD.match(name) or WORDS.search(name)
    if part == "output":
        return bool(forward) and not ACCURACY.match(name) and not re.search("back|accura|acc$|loss|deriv", name, re.I)
    return part == "gradients" and BACKWARD.search(name) is not None and not FORWARD.match(name)


def _of(base: Path, file: str) -> Iterator[Offer]:
    try:
        tree = tree_of(code_of(base / file))
    except (OSError, ValueError, KeyError, SyntaxError):
        return
    if not isinstance(tree, ast.Module):
        return
    nodes: list[ast.ClassDef | ast.Module] = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    for node in (*nodes, tree):
        functions = [n for n in node.body if isinstance(n, ast.FunctionDef) and not n.name.startswith("__")]
        whole = all(any(_likely(f.name, part) for f in functions) for part in ("output", "gradients"))
        for inner in functions:
            arguments = ", ".join(a.arg for a in inner.args.args if a.arg != "self")
            owner = node.name if isinstance(node, ast.ClassDef) else ""
            yield Offer(owner, inner.name, arguments, f"{file}:{inner.lineno}", whole)
