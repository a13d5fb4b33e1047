"""Scripts without functions: the lines of a loop that updates the parameters, as a call.

Such a block reads a batch, parameters and constants, and sets the output, perhaps gradients, and updated parameters.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, product

from nnkata.worker.adapting.source.usual_names import role

#: The most ways tried of passing a batch to one block.
MAX_WAYS = 40


@dataclass(frozen=True)
class Block:
    """Lines of a loop or a function, the names that they update, and those that they read before any assignment."""

    first: int
    last: int
    updated: tuple[str, ...]
    free: tuple[str, ...]
    counters: tuple[str, ...]

    def calls(self, given: str, labels: list[str], known: Mapping[str, object]) -> Iterator[str]:
        """Texts of the call, for a batch in one form; `known` are the names of the module with their values."""
        choices: list[list[str]] = []
        size = "1" if given.startswith("a") else "len(x)"  # a sample of the batch, or the batch
        for name in self.free:
            kind = role(name)
            given_again = ("input", "label", "output", "batch", "count")  # of the batch, whatever the script has
            if name in self.updated or (name in known and kind not in given_again) or callable(known.get(name)):
                continue
            if kind in ("input", "label", "output") and isinstance(known.get(name), int | float):
                continue  # a width of the data, and not the data
            if name in self.counters:
                choices.append([f"{name}=0"])
            elif kind == "input":
                choices.append([f"{name}={given}", ""])
            elif kind in ("label", "output"):
                choices.append([*(f"{name}={label}" for label in labels), ""])
            elif kind in ("batch", "count"):
                choices.append([f"{name}={size}", ""] if name in known else ["", f"{name}={size}"])
        for texts in islice(product(*choices), MAX_WAYS):
            arguments = [text for text in texts if text]
            if any(given in text for text in arguments):
                yield f"block(theirs, {self.first}, {self.last}, net, {', '.join(arguments)})"


def blocks(tree: ast.Module) -> Iterator[Block]:
    """Bodies of loops and functions in which something is subtracted from a name; the innermost first."""
    found = []
    for node, depth, counters in _bodies(tree, 0, ()):
        body = node.body
        updated = _updated(body)
        if updated:
            free = _free(body)
            last = body[-1].end_lineno or body[-1].lineno
            found.append((depth, Block(body[0].lineno, last, tuple(updated), tuple(free), counters)))
    yield from (block for _depth, block in sorted(found, key=lambda pair: -pair[0]))


def _bodies(
    node: ast.AST, depth: int, counters: tuple[str, ...]
) -> Iterator[tuple[ast.For | ast.While | ast.FunctionDef, int, tuple[str, ...]]]:
    for child in ast.iter_child_nodes(node):
        own = counters
        if isinstance(child, ast.For | ast.While | ast.FunctionDef):
            if isinstance(child, ast.For):
                own = (*counters, *(n.id for n in ast.walk(child.target) if isinstance(n, ast.Name) and len(n.id) < 12))
            yield child, depth + 1, own
        yield from _bodies(child, depth + 1, own)


def _updated(body: list[ast.stmt]) -> list[str]:
    """The roots of the updated names: `W1 -= …`, `W1 = W1 - …`, `layer.w += …`."""
    names: dict[str, None] = {}
    for node in body:
        for inner in ast.walk(node):
            target: ast.expr | None = None
            if isinstance(inner, ast.AugAssign) and isinstance(inner.op, ast.Sub | ast.Add):
                target = inner.target
            elif isinstance(inner, ast.Assign) and isinstance(inner.value, ast.BinOp) and len(inner.targets) == 1:
                own = ast.unparse(inner.targets[0])
                if isinstance(inner.value.op, ast.Sub | ast.Add) and ast.unparse(inner.value.left) == own:
                    target = inner.targets[0]
            if isinstance(target, ast.Attribute) and target.attr == "shape":
                continue  # adds an axis
            root: object = target
            while isinstance(root, ast.Attribute | ast.Subscript):
                root = root.value
            if isinstance(root, ast.Name) and root.id != "self":
                names[root.id] = None
    return list(names)


def _free(body: list[ast.stmt]) -> list[str]:
    """Names that the block reads before it assigns them."""
    written: set[str] = set()
    free: dict[str, None] = {}
    for node in body:
        names = [n for n in ast.walk(node) if isinstance(n, ast.Name)]
        free.update({n.id: None for n in names if isinstance(n.ctx, ast.Load) and n.id not in written})
        written |= {n.id for n in names if isinstance(n.ctx, ast.Store)}
        free.update(
            {
                n.target.id: None
                for n in ast.walk(node)
                if isinstance(n, ast.AugAssign) and isinstance(n.target, ast.Name)
            }
        )
    return list(free)
