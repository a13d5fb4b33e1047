"""The lines of a script that may give a missing part: the step in a loop of a file without functions."""

import ast
from collections.abc import Iterator, Sequence
from pathlib import Path

from nnkata.worker.adapting.source.script_loops import Block, blocks
from nnkata.worker.adapting.source.usual_names import role
from nnkata.worker.foreign_code.statements import code_of
from nnkata.worker.tree import tree_of

#: Names of functions that multiply matrices.
PRODUCTS = {"dot", "matmul", "einsum", "outer"}


def scripted(base: Path, files: Sequence[str], part: str) -> list[str]:
    """The likeliest step of a script as an example of a missing part, with its place; nothing without one."""
    for file, tree, block in _steps(base, files):
        names = ", ".join(block.updated)
        call = f"block(theirs, {block.first}, {block.last}, net{_data(block)})"
        examples = {
            "new": f"return {{name: made(theirs, name, {block.first}) for name in {block.updated!r}}}",
            "parameters": "return list(net.values())",
            "output": f"return {call}[{_output(tree, block)!r}]",
            "gradients": f"g = {call}; return [(net[name] - g[name]) / 0.1 for name in net]  # of rate 0.1",
        }
        return [f"its own: lines {block.first} to {block.last} of {file} change {names}", f"such as: {examples[part]}"]
    return []


def _steps(base: Path, files: Sequence[str]) -> Iterator[tuple[str, ast.Module, Block]]:
    """Loops that change two names or more and multiply matrices, the innermost of each file first."""
    for file in files:
        try:
            tree = tree_of(code_of(base / file))
        except (OSError, ValueError, KeyError, SyntaxError):
            continue
        if tree is not None:
            yield from ((file, tree, b) for b in blocks(tree) if len(b.updated) > 1 and _multiplies(tree, b))


def _of(tree: ast.Module, block: Block) -> Iterator[ast.AST]:
    return (n for n in ast.walk(tree) if block.first <= getattr(n, "lineno", 0) <= block.last)


def _multiplies(tree: ast.Module, block: Block) -> bool:
    return any(
        (isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult))
        or (isinstance(node, ast.Attribute) and node.attr in PRODUCTS)
        for node in _of(tree, block)
    )


def _data(block: Block) -> str:
    texts = {"input": "x", "label": "y"}
    return "".join(f", {name}={texts[role(name)]}" for name in block.free if role(name) in texts)


def _output(tree: ast.Module, block: Block) -> str:
    """The last name in the step that looks like an output."""
    stored = [n.id for n in _of(tree, block) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
    return next((name for name in reversed(stored) if role(name) == "output"), "output")
