"""The names in a source text that its author annotated, and those that hold different kinds in turn."""

import ast
from collections.abc import Iterable, Iterator

from nnkata.runner.typecheck.empty_names import base, begun, mention
from nnkata.steps.empty_annotations import foreign
from nnkata.steps.type_checking_blocks import last
from nnkata.worker.tree import nodes, parsed, spans

_Display = ast.Dict | ast.List | ast.Set | ast.Tuple | ast.DictComp | ast.ListComp | ast.SetComp
#: Methods that put something into a container.
_FILLING = frozenset(["add", "append", "appendleft", "extend", "insert", "setdefault", "update"])
_Function = ast.FunctionDef | ast.AsyncFunctionDef


class Source:
    """A file's tree, with the names that its author annotated, and those that hold different kinds in turn."""

    def __init__(self, text: str) -> None:
        tree = parsed(text)
        found = nodes(tree)
        self._statements = [node for node in found if isinstance(node, ast.stmt)]
        self._functions = [node for node in found if isinstance(node, _Function)]
        self._tree = tree
        #: By function (None: the module); attributes under None, with a leading dot.
        self._unsure: set[tuple[_Function | None, str]] = set()
        self.functions = {node.name for node in self._functions}
        defined = [node for node in found if isinstance(node, ast.ClassDef)]
        self.classes = {node.name for node in defined}
        self.typed_dicts = {node.name for node in defined if any(last(b) == "TypedDict" for b in node.bases)}
        self.typed_dicts |= set(_made_by("TypedDict", found))
        self.type_variables = set(_made_by("TypeVar", found))
        parameters = [getattr(node, "type_params", ()) for node in found]  # `class A[T]`, from Python 3.12 on
        self.type_variables |= {str(one.name) for several in parameters for one in several}
        annotated = [node.target for node in found if isinstance(node, ast.AnnAssign)]
        self._attributes = {target.attr for target in annotated if isinstance(target, ast.Attribute)}
        for node in defined:
            for item in node.body:
                if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name):
                    self._attributes.add(item.target.id)
                elif isinstance(item, _Function):
                    self._attributes.add(item.name)
        late = {name for name in begun(tree) if not self._annotated(*name)}
        self._unsure |= late
        #: Attributes without an annotation that begin empty, of whose kind mypy takes note then.
        self.late = {name[1:] for _none, name in late if name.startswith(".")}
        self.annotation_names = {
            part.id for annotation in annotations(tree) for part in ast.walk(annotation) if isinstance(part, ast.Name)
        }

    def declared(self, line: int) -> bool:
        """Whether the target of an assignment has an annotation; without one, its kind is unsure from now on."""
        statement = self._statement(line)
        if isinstance(statement, _Function | ast.ClassDef | ast.AnnAssign):
            return True
        targets = list(_targets(statement))
        told = [self._declared(target, self._function(line)) for target in targets]
        return bool(told) and all(told)

    def assigns_display(self, line: int) -> bool:
        """Whether the statement there assigns a dict, list, set or tuple that it writes out."""
        statement = self._statement(line)
        return isinstance(statement, ast.Assign) and isinstance(statement.value, _Display)

    def fills_undeclared(self, line: int) -> bool:
        """Whether the statement there adds to a list, set or dict without an annotation, whose kind is unsure then."""
        call = getattr(self._statement(line), "value", None)
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute) or call.func.attr not in _FILLING:
            return False
        held = base(call.func.value)
        around: list[_Function | None] = [None, *(node for node in self._functions if spans(node, line))]
        if isinstance(held, ast.Name) and any(self._annotated(function, held.id) for function in around):
            return False
        item = ast.Subscript(held, ast.Constant(0))  # an argument with an annotation keeps its kind
        return mention(held) != "" and not self._declared(item, self._function(line))

    def _declared(self, target: ast.expr, function: _Function | None) -> bool:
        inside = isinstance(target, ast.Subscript)
        target = base(target)
        if isinstance(target, ast.Attribute):
            if target.attr in self._attributes:
                return True
            self._unsure.add((None, f".{target.attr}"))
            return False
        if not isinstance(target, ast.Name):
            return False
        parameters = {arg.arg for arg in _arguments(function)} if function else set()
        if self._annotated(function, target.id) or (inside and target.id in parameters):
            return True
        # the annotation of an argument is the type of the passed value; the name may hold another kind later
        self._unsure.add((function, target.id))
        return False

    def _annotated(self, function: _Function | None, name: str) -> bool:
        """Whether a name in this function, or an attribute (".name"), has an annotation at one of its assignments."""
        if name.startswith("."):
            return name[1:] in self._attributes
        targets = [node.target for node in _own(function or self._tree) if isinstance(node, ast.AnnAssign)]
        return any(isinstance(target, ast.Name) and target.id == name for target in targets)

    def lacks_self_alone(self, line: int) -> bool:
        """Whether the function there has every annotation but that of its first argument, `self`: a method that its
        class gets later."""
        function = next((node for node in self._functions if node.lineno == line), None)
        if function is None or function.returns is None:
            return False
        first, *others = _arguments(function) or [ast.arg("")]
        return first.arg == "self" and first.annotation is None and all(arg.annotation for arg in others)

    def mentions_unsure(self, line: int) -> bool:
        """Whether the statement there reads or writes a name that holds different kinds in turn."""
        statement = self._statement(line)
        if statement is None or not self._unsure:
            return False
        functions = {node for node in self._functions if spans(node, line)}
        names = {name for function, name in self._unsure if function is None or function in functions}
        return any(mention(node) in names for node in _own(statement))

    def _statement(self, line: int) -> ast.stmt | None:
        return min((node for node in self._statements if spans(node, line)), key=_length, default=None)

    def _function(self, line: int) -> _Function | None:
        return min((node for node in self._functions if spans(node, line)), key=_length, default=None)


def _made_by(call: str, found: Iterable[ast.AST]) -> Iterator[str]:
    """The names that get the result of this call."""
    for node in found:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and last(node.value.func) == call:
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def _length(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno


def _arguments(function: _Function) -> list[ast.arg]:
    of = function.args
    return [*of.posonlyargs, *of.args, *of.kwonlyargs, *filter(None, (of.vararg, of.kwarg))]


def _own(node: ast.AST) -> Iterator[ast.AST]:
    """A statement's own expressions; for a function or a module, also its statements, without inner functions."""
    deeper = isinstance(node, _Function | ast.Module)
    waiting = list(ast.iter_child_nodes(node))
    while waiting:
        child = waiting.pop()
        if isinstance(child, _Function | ast.ClassDef) or (isinstance(child, ast.stmt) and not deeper):
            continue
        yield child
        waiting += ast.iter_child_nodes(child)


def _targets(statement: ast.stmt | None) -> Iterator[ast.expr]:
    found: list[ast.expr] = []
    if isinstance(statement, ast.Assign):
        found = list(statement.targets)
    elif isinstance(statement, ast.AugAssign | ast.For | ast.AsyncFor):
        found = [statement.target]
    elif isinstance(statement, ast.With | ast.AsyncWith):
        found = [item.optional_vars for item in statement.items if item.optional_vars]
    for target in found:
        yield from _flat(target)


def _flat(target: ast.expr) -> Iterator[ast.expr]:
    if isinstance(target, ast.Tuple | ast.List):
        for item in target.elts:
            yield from _flat(item)
    else:
        yield target.value if isinstance(target, ast.Starred) else target


def annotations(tree: ast.Module) -> Iterator[ast.expr]:
    """Every annotation, and each quoted part of one as an annotation of its own.

    A quoted argument of a library's type, as in `Float[Array, "n 784"]`, is a text for that library.
    """
    libraries = set(foreign(tree, set()))
    for node in nodes(tree):
        told: list[ast.expr | None] = []
        if isinstance(node, _Function):
            told = [node.returns, *(arg.annotation for arg in _arguments(node))]
        elif isinstance(node, ast.AnnAssign):
            told = [node.annotation]
        for annotation in filter(None, told):
            yield annotation
            parts = list(ast.walk(annotation))
            given = [part.slice for part in parts if isinstance(part, ast.Subscript) and last(part.value) in libraries]
            texts = {text for part in given for text in ast.walk(part)}
            for part in parts:
                if isinstance(part, ast.Constant) and isinstance(part.value, str) and part not in texts:
                    yield from _quoted(part)


def _quoted(text: ast.Constant) -> Iterator[ast.expr]:
    try:
        quoted = ast.parse(str(text.value).strip(), mode="eval").body
    except (SyntaxError, ValueError):  # a Literal's text, or a remark in Annotated
        return
    for part in ast.walk(quoted):
        ast.copy_location(part, text)
    yield quoted
