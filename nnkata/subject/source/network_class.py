"""Finds the class of a source text that is the network, by its methods. The text is read, never run."""

import ast
import functools
import re
from dataclasses import dataclass, field
from pathlib import Path

from nnkata.language import _
from nnkata.registry import current as kata
from nnkata.worker.tree import tree_of


@functools.cache
def _methods(protocols: Path | None) -> frozenset[str]:
    """The methods of a kata's class: those of the largest protocol in its module of protocols."""
    if protocols is None:
        return frozenset()
    classes = [node for node in ast.parse(protocols.read_bytes()).body if isinstance(node, ast.ClassDef)]
    found = [{m.name for m in node.body if isinstance(m, ast.FunctionDef) and not m.decorator_list} for node in classes]
    return frozenset(name for name in max(found, key=len, default=set()) if not name.startswith("_"))


def methods() -> frozenset[str]:
    """The methods that the kata demands of its class; none for a kata of functions."""
    return _methods(kata().protocols) if kata().class_name else frozenset()


@dataclass(frozen=True)
class Surface:
    """The names of a source text: its classes with their methods, and every name bound at the top level.

    `filled` counts methods and functions of the contract that are no holes; `stars` are the modules of whose names all
    are imported, by their last part. A `door` imports and does nothing else.
    """

    classes: dict[str, frozenset[str]] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    filled: int = 0
    parses: bool = True
    stars: frozenset[str] = frozenset()
    door: bool = False

    @property
    def has_network(self) -> bool:
        """Whether it has the kata's class, its own or imported; for a kata without a class, the functions."""
        if kata().class_name:
            return kata().class_name in self.names
        return bool(kata().functions) and set(kata().functions) <= self.names

    @property
    def own_network(self) -> bool:
        """Whether it defines the class and does not import it."""
        return self.filled > 0 or any(methods() & there for there in self.classes.values())

    @property
    def fitting(self) -> str | None:
        """The only class of another name with more than half of the methods; None if there are none or several."""
        wanted = methods()
        count = {name: len(there & wanted) for name, there in self.classes.items()}
        best = [name for name in count if 2 * count[name] > len(wanted) and count[name] == max(count.values())]
        return best[0] if wanted and len(best) == 1 else None


def took(name: str, taken: str) -> str:
    """The message about a chosen class of another name."""
    text = _("{name} has no class {class_name}; {taken} has its methods and is judged")
    return text.format(name=name, class_name=kata().class_name, taken=taken)


def surface(source: bytes | str) -> Surface:
    """The names of a source text; none if it is not Python."""
    tree = tree_of(source)
    if tree is None:
        return Surface(parses=False)
    wanted = methods() | set(kata().functions)
    classes: dict[str, frozenset[str]] = {}
    bases: set[str] = set()
    names: set[str] = set()
    stars: set[str] = set()
    filled = 0
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            parents = [base.id for base in node.bases if isinstance(base, ast.Name)]
            own = [inner for inner in node.body if isinstance(inner, ast.FunctionDef)]
            inherited = frozenset().union(*(classes.get(parent, frozenset()) for parent in parents))
            classes[node.name] = inherited | {method.name for method in own}
            filled += sum(method.name in wanted and not _stub(method) for method in own)
            bases |= set(parents)
            names.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names |= {alias.asname or alias.name for alias in node.names}
            if isinstance(node, ast.ImportFrom) and "*" in names:
                stars |= {(node.module or "").rpartition(".")[2]}
                names.discard("*")
        elif isinstance(node, ast.Assign):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.FunctionDef):
            names.add(node.name)
            filled += not kata().class_name and node.name in wanted and not _stub(node)
    last = {name: there for name, there in classes.items() if name not in bases}  # the most derived ones
    return Surface(
        last, frozenset(names), filled, stars=frozenset(stars), door=bool(tree.body) and all(map(_brings, tree.body))
    )


def _brings(node: ast.stmt) -> bool:
    """Whether a statement is an import, a docstring or the list of a module's names."""
    if isinstance(node, ast.Assign):
        return all(isinstance(target, ast.Name) and target.id.startswith("__") for target in node.targets)
    return isinstance(node, ast.Import | ast.ImportFrom) or (
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    )


def inside(source: bytes | str, name: str) -> tuple[int, str] | None:
    """The line of a class of that name that no import gives, and the beginning of the statement around it."""
    tree = tree_of(source)
    for node in tree.body if tree else ():
        within = () if isinstance(node, ast.ClassDef) and node.name == name else ast.walk(node)
        for inner in within:
            if isinstance(inner, ast.ClassDef) and inner.name == name:
                return inner.lineno, ast.unparse(node).partition("\n")[0]
    return None


def renamed(source: bytes | str, name: str) -> int | None:
    """The line after a class of that name that gives the name to something else, such as an object of the class."""
    tree = tree_of(source)
    made = False
    for node in tree.body if tree else ():
        made = made or (isinstance(node, ast.ClassDef) and node.name == name)
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        if made and any(isinstance(target, ast.Name) and target.id == name for target in targets):
            return node.lineno
    return None


def _stub(method: ast.FunctionDef) -> bool:
    body = [node for node in method.body if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))]
    return all(isinstance(node, ast.Pass | ast.Raise) for node in body)


def names_network(content: bytes) -> bool:
    """Whether a text, Python or nearly so, defines the kata's class or, for a kata without one, a function of it."""
    names = [kata().class_name] if kata().class_name else list(kata().functions)
    word = "class" if kata().class_name else "def"
    pattern = rf"^{word} (?:{'|'.join(map(re.escape, names))})\b"
    return bool(names) and re.search(pattern.encode(), content, re.MULTILINE) is not None
