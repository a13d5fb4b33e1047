"""The functions and methods of foreign files that may give a missing part: read from the texts, with their lines."""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from nnkata.katas.mlp.adapt.scripted import scripted
from nnkata.worker.adapting.source.usual_names import ACCURACY, BACKWARD, FORWARD, role
from nnkata.worker.foreign_code.statements import code_of
from nnkata.worker.tree import tree_of

#: The most names that are listed for one part.
MOST = 3
#: Words in the name of a way forward, beside the usual whole names.
WORDS = re.compile(r"forward|pred|propag|output|activat|classif", re.I)
#: Examples of each missing function; BATCH, COLUMNS and ONE stand for calls of the first candidate.
EXAMPLES = {
    "parameters": ("return [net.W1, net.b1, net.W2, net.b2]",),
    "output": ("return BATCH  # or COLUMNS.T, or np.stack([np.ravel(ONE) for a in x])",),
    "gradients": (
        "return moved(parameters, net, lambda: BATCH, 0.1)  # if it takes a step of rate 0.1",
        "return mean_of(lambda a, b: moved(parameters, net, lambda: ONE, 0.1), x, y)  # one sample at a time",
    ),
}
#: The samples and labels of each kind of call.
DATA = {"BATCH": ("x", "y"), "COLUMNS": ("x.T", "y.T"), "ONE": ("a", "b")}
#: Texts of arguments in an example, by the roles of their names; another argument has its own name.
ARGUMENTS = {"rate": "0.1", "epochs": "1", "batch": "len(x)", "count": "len(x)", "decay": "0.0", "flag": "False"}
#: Parts of the names of a way back, the likeliest first.
ORDER = ("back", "grad", "step", "update", "train", "fit", "learn")


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

    def example(self, data: str, label: str) -> str:
        """A call with samples and labels, and texts for the other arguments, as far as their names tell."""
        names = self.arguments.split(", ") if self.arguments else []
        texts = {"input": data, "label": label, **ARGUMENTS}
        given = [texts.get(role(name), name) for name in names]
        if names and data not in given and label not in given:
            given[0] = data
        return f"{self.call}({', '.join(given)})"

    def rank(self, part: str) -> tuple[bool, bool, int, bool]:
        """Smaller ones are likelier: of a whole network, with labels for gradients and without for an output."""
        labelled = any(role(name) == "label" for name in self.arguments.split(", "))
        place = next((n for n, word in enumerate(ORDER) if word in self.name.lower()), len(ORDER))
        return (
            not self.whole,
            not self.arguments or labelled != (part == "gradients"),
            place if part == "gradients" else 0,
            not self.owner,
        )

    @property
    def told(self) -> str:
        """The function with its arguments, and its place."""
        return f"{self.owner}{'.' * bool(self.owner)}{self.name}({self.arguments}), {self.place}"


def offers(base: Path, files: Sequence[str], part: str) -> list[str]:
    """Lines about the candidates in the files for a missing part, and an example of it; none without candidates.

    If no function may give an output, they are the lines of a script's step.
    """
    if not any(_likely(offer.name, "output") for file in files for offer in _of(base, file)):
        return scripted(base, files, part)
    if part == "new":
        return []
    found = [offer for file in files for offer in _of(base, file) if _likely(offer.name, part)]
    found = sorted(found, key=lambda offer: offer.rank(part))[:MOST]
    if not found and part != "parameters":
        return []
    lines = [f"its own: {'; '.join(offer.told for offer in found)}"] if found else []
    for text in EXAMPLES[part]:
        for word, (data, label) in DATA.items() if found else ():
            text = text.replace(word, found[0].example(data, label))
        lines.append(f"such as: {text}")
    return lines


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
