"""The arguments of the author's own calls: the loss, its slope, an activation, an option that a caller chooses."""

import ast
import re
from collections.abc import Callable, Iterator
from types import ModuleType

from nnkata.worker.adapting.calls import attribute
from nnkata.worker.adapting.networks.size_arguments import OPTIMIZER
from nnkata.worker.adapting.source.string_options import options
from nnkata.worker.adapting.source.tuple_parts import tree_of
from nnkata.worker.arguments import parameters_of

#: The texts by which files call plain gradient descent.
PLAIN = re.compile(
    r"'(v(anilla)?_?|plain_?|mini_?batch_?|batch_?)?(gd|sgd|bgd|(stochastic_?)?gradient_?descent)'", re.I
)


def arguments_of(theirs: ModuleType, function: Callable[..., object], name: str) -> Iterator[tuple[str, ast.expr]]:
    """Each argument of each call by that name in the file, with the parameter's name."""
    parameters = [p for p in parameters_of(function) if p.kind <= p.POSITIONAL_OR_KEYWORD or p.kind == p.KEYWORD_ONLY]
    for node in ast.walk(tree_of(theirs)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute | ast.Name):
            continue
        if ast.unparse(node.func).rpartition(".")[2] == name:
            yield from ((p.name, value) for p, value in zip(parameters, node.args, strict=False))
            yield from ((keyword.arg, keyword.value) for keyword in node.keywords if keyword.arg)


def authored(theirs: ModuleType, function: Callable[..., object]) -> dict[str, list[str]]:
    """Texts of the functions, objects and strings that the author's calls of a function pass, by the parameter."""
    found: dict[str, dict[str, None]] = {}
    for parameter, value in arguments_of(theirs, function, getattr(function, "__name__", "")):
        if text := _text(value, theirs):
            found.setdefault(parameter, {})[text] = None
    plain = {p.name: dict.fromkeys(_plain_steps(theirs, p.name)) for p in parameters_of(function)}
    return {name: list(texts) for name, texts in {**found, **{n: t for n, t in plain.items() if t}}.items()}


def passed_on(theirs: ModuleType, function: Callable[..., object], forward: str) -> dict[str, list[str]]:
    """Texts of the parts of the way forward's tuple that the author's calls of a function pass on, by the parameter."""
    places: dict[str, str] = {}
    for node in ast.walk(tree_of(theirs)):
        if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.Call):
            continue
        taken = node.targets[0]
        if isinstance(taken, ast.Tuple) and ast.unparse(node.value.func).rpartition(".")[2] == forward:
            parts = enumerate(taken.elts)
            places.update((part.id, f"v[{place}]") for place, part in parts if isinstance(part, ast.Name))
    found: dict[str, list[str]] = {}
    for parameter, value in arguments_of(theirs, function, getattr(function, "__name__", "")):
        if isinstance(value, ast.Name) and value.id in places:
            found.setdefault(parameter, []).append(places[value.id])
    return found


def listed(theirs: ModuleType, function: Callable[..., object], name: str) -> dict[str, list[str]]:
    """Texts for two layers of the lists of options that the author's calls pass for more, by the parameter.

    A list that begins with None counts the input as a layer.
    """
    found: dict[str, list[str]] = {}
    for parameter, node in arguments_of(theirs, function, name):
        value = _literal(node) if isinstance(node, ast.List) else getattr(theirs, ast.unparse(node), None)
        texts = [text for text in value if isinstance(text, str)] if isinstance(value, list) else []
        if len(texts) > 1 and value in ([None, *texts], texts):
            ours = repr([*value[: len(value) - len(texts)], texts[0], texts[-1]])
            found.setdefault(parameter, []).append(ours)
    return found


def _literal(node: ast.expr) -> object:
    try:
        return ast.literal_eval(node)
    except ValueError:
        return None


def _plain_steps(theirs: ModuleType, name: str) -> list[str]:
    """The option of an optimizer that steps along the gradients alone, which only then are the step's."""
    known = options(theirs, name) if OPTIMIZER.fullmatch(name) else []
    return [text for text in known if PLAIN.fullmatch(text)]


def _text(value: ast.expr, theirs: ModuleType) -> str:
    """The text of an argument in an adapter; empty if it is a number, data, or needs more than the file's names."""
    if isinstance(value, ast.Constant):
        return repr(value.value) if isinstance(value.value, str) else ""
    made = isinstance(value, ast.Call) and not value.args and not value.keywords
    called = value.func if isinstance(value, ast.Call) and made else value
    if not isinstance(called, ast.Name | ast.Attribute):
        return ""
    owner: object = theirs
    for part in ast.unparse(called).split("."):
        owner = attribute(owner, part)
    return f"theirs.{ast.unparse(value)}" if callable(owner) and isinstance(owner, type) <= made else ""
