"""Ways of making a network that a file suggests: lines to try, the reason for them, and the parameters' names."""

import ast
import inspect
import re
import sys
import unittest
from collections.abc import Iterator, Mapping
from itertools import islice, product
from types import MappingProxyType, ModuleType

import numpy as np

from nnkata.worker import foreign
from nnkata.worker.adapting import graph
from nnkata.worker.adapting.calls import attribute, functions_of
from nnkata.worker.adapting.networks.made_by_training import TRAINED, trained
from nnkata.worker.adapting.networks.passed_parameters import Way, called_with, literal, of_functions, of_globals
from nnkata.worker.adapting.networks.set_up_methods import started
from nnkata.worker.adapting.networks.size_arguments import OPTIMIZER, by_name, sizes_of
from nnkata.worker.adapting.source.author_calls import listed
from nnkata.worker.adapting.source.string_options import options
from nnkata.worker.adapting.source.usual_names import FORWARD, role
from nnkata.worker.arguments import parameters_of, passed

#: Functions that make a network.
BUILDER = re.compile(r"(build|create|make|get|init\w*|new|setup|define)_?\w*(model|net(work)?|mlp|nn)$", re.I)
#: Ways of calling one constructor that are tried.
MAX_WAYS = 24
#: The same for a class without any method named after a way forward.
MAX_UNNAMED = 4
#: Classes of networks that are no perceptrons: some take a flat image too, and are called wrong for their state.
OTHER = re.compile(r"(\w*_)?(rnn|lstm|gru|elman|cnn|conv)", re.I)

#: Names of a parameter for weights or biases that a function is handed: all of them, or those of a layer.
WEIGHTS = re.compile(r"^(weights?|bias(es)?|w|b|ws|bs|thetas?)_?\d*$", re.I)

#: Options for one class among several, as digits are: a softmax and its loss.
CLASSES = re.compile(r"soft_?max|^'(categorical|cross|cce)(?!.*binary)", re.I)


def ways(tree: ast.Module, theirs: ModuleType) -> Iterator[Way]:
    """Every way, the author's own first; the loaded module is `theirs`, its source `tree`."""
    at_top = list(of_globals(theirs))  # before a function that is tried puts something there
    yield from [
        *_theirs(tree, theirs),
        *_of_builders(theirs),
        *_of_classes(theirs),
        *_of_trained(tree, theirs),
        *of_functions(tree, theirs),
        *_of_locals(tree, theirs),
        *at_top,
    ]


def _theirs(tree: ast.Module, theirs: ModuleType) -> Iterator[Way]:
    """Assignments whose value is a call of a class of theirs, or of a function that may make a network."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.Call) or len(node.targets) != 1:
            continue
        target, called = node.targets[0], node.value.func
        if not isinstance(target, ast.Name):
            continue
        owner = _resolved(called, theirs)
        if not isinstance(owner, type) and not (
            callable(owner) and re.search("model|net|nn|build|create", ast.unparse(called), re.I)
        ):
            continue
        name = ast.unparse(node.value.func)
        arguments = [*node.value.args, *(keyword.value for keyword in node.value.keywords)]
        if all(literal(argument) for argument in arguments) and "." not in name:
            yield [f"return theirs.{ast.unparse(node.value)}"], f"as in line {node.lineno}", ()
        value, more = made_at(theirs, target.id, node.lineno, _handed_as(node.value, owner))
        given = "".join(f", {key}={text}" for key, text in more.items())
        made = f"made(theirs, {target.id!r}, {node.lineno}{given})"
        yield [f"return {made}"], f"as in line {node.lineno}", ()
        if isinstance(owner, type) and not any(array.ndim == 2 for array in graph.arrays(value, "net").values()):
            for calls, why in started(owner, made, theirs):
                yield [f"net = {made}", *(f"net.{call}" for call in calls), "return net"], why, ()


def _resolved(node: ast.expr, theirs: ModuleType) -> object:
    parts = ast.unparse(node).split(".")
    value: object = theirs
    for part in parts:
        value = attribute(value, part)
    return value


def _of_classes(theirs: ModuleType) -> Iterator[Way]:
    """A class, its arguments by their names; those with a method named after the way forward come first."""
    for name, cls in sorted(vars(theirs).items(), key=lambda pair: not any(map(FORWARD.match, dir(pair[1])))):
        if not isinstance(cls, type) or not _theirs_own(cls) or name.startswith("__") or OTHER.match(name):
            continue
        if issubclass(cls, Exception | unittest.TestCase):
            continue
        most = MAX_WAYS if any(map(FORWARD.match, dir(cls))) else MAX_UNNAMED
        own = listed(theirs, cls, name)
        choices = [given for p in parameters_of(cls) if (given := [*own.get(p.name, []), *_given(p, theirs)])]
        for texts in islice(product(*choices), most):
            yield [f"return theirs.{name}({', '.join(texts)})"], "its sizes by the names of its parameters", ()
            if chosen := _by_string(cls, theirs):
                both = ", ".join([*texts, *chosen])
                yield [f"return theirs.{name}({both})"], "its sizes by the names of its parameters", ()
            for calls, why in started(cls, f"theirs.{name}({', '.join(texts)})", theirs):
                lines = [f"net = theirs.{name}({', '.join(texts)})", *(f"net.{call}" for call in calls), "return net"]
                yield lines, why, ()


def _theirs_own(cls: type) -> bool:
    """Whether a class is of a loaded file, in a folder of any name: `code` and `test` are modules of Python too."""
    return "__left_out__" in vars(sys.modules.get(cls.__module__, object))


def _of_trained(tree: ast.Module, theirs: ModuleType) -> Iterator[Way]:
    """A class whose training makes the weights; it is made as by the author first."""
    for name, cls in list(vars(theirs).items()):
        if isinstance(cls, type) and _theirs_own(cls):
            choices = [given for p in parameters_of(cls) if (given := _given(p, theirs))]
            guesses = (", ".join(texts) for texts in islice(product(*choices), MAX_UNNAMED))
            constructions = list(dict.fromkeys([*islice(called_with(tree, name), MAX_UNNAMED), *guesses]))
            yield from ((lines, TRAINED, ()) for lines in trained(theirs, name, cls, constructions))


def _given(parameter: inspect.Parameter, theirs: ModuleType) -> list[str]:
    """The texts tried for a parameter; none for one with a default, except an optimizer, or a width of other data."""
    if parameter.kind is parameter.VAR_KEYWORD:
        return []
    texts = sizes_of(parameter.name, theirs)
    if parameter.kind is parameter.VAR_POSITIONAL:
        return [text[1:-1] for text in texts if text.startswith("[784")]
    if parameter.default is parameter.empty:
        return [passed(parameter, text) for text in texts]
    if parameter.default is None and OPTIMIZER.fullmatch(parameter.name):
        return [f"{parameter.name}={text}" for text in texts] if len(texts) > 1 else []
    return [f"{parameter.name}={text}" for text in by_name(parameter.name)[:1] if _other_width(parameter.default, text)]


def _by_string(cls: type, theirs: ModuleType) -> list[str]:
    """The options for one class among several, if the class knows them by a string and has another default."""
    found = []
    for p in parameters_of(cls):
        if p.default is None or isinstance(p.default, str):
            own = [text for text in options(theirs, p.name) if CLASSES.search(text)]
            found += [f"{p.name}={own[0]}"] if own and repr(p.default) != own[0] else []
    return found


def _other_width(default: object, text: str) -> bool:
    """Whether a default is a width, or are widths, other than MNIST's, for which the text stands."""
    if text in ("784", "10"):
        return type(default) is int and default != int(text)
    sizes = list(default) if isinstance(default, list | tuple) else []
    return text.startswith("[784") and bool(sizes) and [*sizes[:1], *sizes[-1:]] != [784, 10]


def _of_builders(theirs: ModuleType) -> Iterator[Way]:
    """Functions named after the network that they make, by the names of their parameters."""
    for text, function in functions_of(theirs, "theirs", BUILDER):
        if getattr(function, "__module__", None) in (theirs.__name__, theirs.__dict__.get("__name__")):
            choices = [given for p in parameters_of(function) if (given := _given(p, theirs))]
            for texts in islice(product(*choices), MAX_WAYS):
                yield [f"return {text}({', '.join(texts)})"], "made by that function", ()


def _of_locals(tree: ast.Module, theirs: ModuleType) -> Iterator[Way]:
    """Local variables of a function that trains, which the functions of the way forward and back are handed."""
    taken = [
        tuple(p.name for p in parameters_of(function) if WEIGHTS.match(p.name))
        for _text, function in functions_of(theirs, "theirs", lambda _name: True)
    ]
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        lines: dict[str, int] = {}
        for node in function.body:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                lines.setdefault(node.targets[0].id, node.lineno)
        names = next((own for own in taken if own and set(own) <= set(lines)), ())
        if not names:
            continue
        given: dict[str, str] = {}
        for name in names:
            given.update(made_at(theirs, name, lines[name])[1])
        more = "".join(f", {key}={text}" for key, text in given.items())
        parts = ", ".join(f"{name!r}: made(theirs, {name!r}, {lines[name]}{more})" for name in names)
        yield [f"return {{{parts}}}"], f"variables of {function.name}, which its functions are handed", names


#: Names of a number that follows from the data, as its width.
NUMBER = re.compile(r"(size|dims?|nodes|neurons|units|layers?|width|count|len(gth)?)$|^(n|num|nb)_", re.I)
#: Stand-ins for absent data: enough to tell a network its widths.
DATA = {"input": "np.zeros((10, 784))", "label": "np.arange(10)"}
#: No names that a call hands over.
NOTHING: Mapping[str, str] = MappingProxyType({})


def _handed_as(call: ast.Call, owner: object) -> dict[str, str]:
    """The names that a call hands over, each with its parameter's: `Net(iput)` hands an `input`."""
    parameters = [p.name for p in parameters_of(owner)] if callable(owner) else []
    pairs = [*zip(parameters, call.args, strict=False), *((k.arg or "", k.value) for k in call.keywords)]
    return {value.id: name for name, value in pairs if isinstance(value, ast.Name)}


def made_at(
    theirs: ModuleType, name: str, line: int, handed_as: Mapping[str, str] = NOTHING
) -> tuple[object, dict[str, str]]:
    """The value of a name at a line, if need be with data or sizes given for absent ones; and these, as texts.

    What an absent name stands for is told by itself, else by the name of the parameter for which it is `handed_as`.
    """
    given: dict[str, str] = {}
    for _attempt in range(4):
        try:
            values = {key: eval(text, {"np": np}) for key, text in given.items()}
            return foreign.made(theirs, name, line, **values), given
        except foreign.NotLoaded as error:
            missing = [key for key in error.missing if key not in given and key != name]
            words = {key: key if role(key) != "unknown" else handed_as.get(key, key) for key in missing}
            data = {k: DATA[role(word)] for k, word in words.items() if role(word) in DATA and not NUMBER.search(word)}
            more = data or {key: sizes_of(key)[0] for key in missing}  # sizes may follow from the data
            if not more:
                break
            given.update(more)
    return None, {}
