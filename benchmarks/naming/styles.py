"""The network in several styles of writing, as templates with places for pieces.

A piece is an expression or a block in neutral names, which each style translates into its own: W, P, Z, A of the
present layer (its weights, its input activations, its pre-activations, its activations), N and E of the next layer (its
weights, its delta), D the layer's own delta; W1, A0, Z1, …, OUT, Y of a fixed layer. `dot`, `outer`, `sig`, `slope` and
`soft` take the style's own form.
"""

import ast
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

#: The pieces that belong to a layer and use the neutral names.
LAYERED = (*(f"{kind}{i}" for i in (1, 2, 3) for kind in "ZADG" if (kind, i) != ("A", 3)), "OUT")


@dataclass(frozen=True)
class Hand:
    """A person's way of writing the matrix product, the outer product, and the slope of the sigmoid."""

    dot: str
    outer: str
    slope: str


DOTS = ("np.dot(a, b)", "a @ b", "a.dot(b)", "np.matmul(a, b)")
OUTERS = (
    "np.outer(a, b)",
    "a[:, None] * b",
    "np.einsum('i,j->ij', a, b)",
    "a.reshape(-1, 1) @ b.reshape(1, -1)",
    "np.multiply.outer(a, b)",
)
SLOPES = ("A * (1 - A)", "dsig(Z)")


def names(style: str, layer: int) -> dict[str, str]:
    """The names of a style for the neutral ones, at a layer."""
    ways: dict[str, dict[str, str]] = {
        "article": {"W": 'params["W{i}"]', "Z": 'params["Z{i}"]', "A": 'params["A{i}"]', "D": "error{i}"},
        "fields": {"W": "w{i}", "Z": "self.z{i}", "A": "self.h{i}", "D": "delta{i}"},
        "functions": {"W": "w{i}", "Z": "z{i}", "A": "a{i}", "D": "d{i}"},
        "loops": {"W": 'self.params["W{i}"]', "Z": "z[{i}]", "A": "a[{i}]", "D": "delta"},
    }
    way = ways[style]
    found = {kind + str(i): text.format(i=i) for kind, text in way.items() for i in (0, 1, 2, 3)}
    special = {
        "fields": {"A0": "self.x", "A3": "self.out"},
        "functions": {"A0": "x", "A3": "out", "Y": "y"},
        "loops": {"D3": "error"},
    }
    found |= {"Y": "np.asarray(y_train)", "OUT": "np.asarray(output)"} | special.get(style, {})
    found |= {kind: found[f"{kind}{layer}"] for kind in "WZAD"} | {"P": found[f"A{max(layer - 1, 0)}"]}
    found |= {"N": found[f"W{min(layer + 1, 3)}"], "E": found[f"D{min(layer + 1, 3)}"]}
    if style == "loops":
        found |= {
            "W": 'self.params[f"W{i}"]',
            "N": 'self.params[f"W{i + 1}"]',
            "P": "a[i - 1]",
            "Z": "z[i]",
            "A": "a[i]",
            "E": "delta",
            "D": "delta",
        }
    return found


def written(piece: str, style: str, layer: int, hand: Hand) -> str:
    """A piece in neutral names, in the names of the style at a layer."""
    called = names(style, layer)
    own = "" if style == "functions" else "self."
    calls = {
        "dot": hand.dot,
        "outer": hand.outer,
        "sig": f"{own}sigmoid(a)",
        "dsig": f"{own}sigmoid(a, derivative=True)",
        "soft": f"{own}softmax(a)",
        "slope": hand.slope,
    }

    class Writer(ast.NodeTransformer):
        def __init__(self, called: Mapping[str, ast.expr]) -> None:
            self.called = called

        def visit_Name(self, node: ast.Name) -> ast.expr:
            return self.called.get(node.id, node)

        def visit_Call(self, node: ast.Call) -> ast.expr:
            if isinstance(node.func, ast.Name) and node.func.id in calls:
                form = ast.parse(calls[node.func.id], mode="eval").body
                given = dict(zip("ab", [self.visit(arg) for arg in node.args], strict=False))
                here: ast.expr = Writer({**self.called, **given} if node.func.id == "slope" else given).visit(form)
                return here
            self.generic_visit(node)
            return node

    tree = ast.parse(piece, mode="eval").body
    result = Writer({key: ast.parse(text, mode="eval").body for key, text in called.items()}).visit(tree)
    return ast.unparse(result)


def fill(text: str, pieces: Mapping[str, str]) -> str:
    """Put the pieces into their places; a block gets the place's indentation, an empty one removes its line."""

    def block(found: re.Match[str]) -> str:
        return "".join(f"{found[1]}{line}\n" if line else "\n" for line in pieces[found[2]].splitlines())

    text = re.sub(r"^( *)«(\w+)»\n", block, text, flags=re.M)
    return re.sub(r"«(\w+)»", lambda found: pieces[found[1]], text)


#: A function that writes a piece at a layer.
Write = Callable[[str, int], str]
