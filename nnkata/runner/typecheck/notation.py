"""A protocol's demand in a submission's own notation."""

import ast
import re

#: NumPy's numbers, in an argument, stand for Python's: `from numpy import *` gives `bool` another meaning. A method
#: that takes Python's takes these, too.
_NUMBERS = {"bool": "bool_", "int": "integer", "float": "floating"}


class Shown:
    """A protocol's demand in a submission's notation, with its aliases replaced."""

    def __init__(self, tree: ast.Module) -> None:
        self._aliases = {
            target.id: node.value
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Subscript | ast.BinOp)
            for target in node.targets
            if isinstance(target, ast.Name)
        }

    def method(self, method: ast.FunctionDef) -> str:
        """An attribute's type, or a method's first line without positional-only marks, as names are free."""
        if method.decorator_list:
            return self._expanded(ast.unparse(method.returns or ast.Constant(None)))
        head = ast.unparse(method).splitlines()[0].removesuffix(":").replace(", /", "")
        return self._expanded(re.sub(r"(: \w+)=", r"\1 = ", head))

    def _expanded(self, text: str) -> str:
        def meaning(name: re.Match[str]) -> str:
            value: ast.expr | None = self._aliases.get(name[0])
            if value is None:
                return name[0]
            while isinstance(value, ast.BinOp):  # of a union the first type, the usual one
                value = value.left
            return self._expanded(ast.unparse(value))

        return re.sub(r"\b[A-Z]\w+", meaning, text)
