"""The optional functions of an adapter: a step, training, prediction, accuracy; each is tried before it is written."""

import ast
import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import numpy as np

from nnkata.worker import foreign
from nnkata.worker.adapting.calls import AtHand, Matcher, functions_of, ways
from nnkata.worker.adapting.graph import Array
from nnkata.worker.adapting.networks.attributes import rounds_of
from nnkata.worker.adapting.networks.data_widths import USUAL
from nnkata.worker.adapting.networks.makers import Maker
from nnkata.worker.adapting.networks.size_arguments import PLAIN_STEPS
from nnkata.worker.adapting.outputs import GIVEN, TURNED
from nnkata.worker.adapting.source.author_calls import arguments_of, authored
from nnkata.worker.adapting.source.usual_names import ACCURACY, PREDICT, TRAIN, role
from nnkata.worker.adapting.trying import Fails, made_of, quietly

if TYPE_CHECKING:
    from nnkata.worker.adapting.recipe import Recipe
from nnkata.worker.arguments import parameters_of

#: Signs in a file that its network is for MNIST; digits are such a sign with pictures of them: others are binary.
NAMED, DIGITS, PICTURES = (
    re.compile(pattern, re.I) for pattern in (r"784|mnist|28 ?[,*] ?28", r"digit", r"image|pixel|hand.?writ|recogni")
)
#: Names of the share of the samples that a training keeps back; by default it is not 0.
HELD_OUT = re.compile(r"^(val(id(ation)?)?|test|dev)_?(split|size|ratio|fraction|frac|share|percent\w*)$", re.I)
#: Names of a number of steps.
STEPS = re.compile(r"iter|steps", re.I)
#: The samples of a trial, and the number whose label equals the network's prediction.
SAMPLES, RIGHT = 40, 25


def extras(recipe: "Recipe", theirs: ModuleType) -> dict[str, list[str]]:
    """The lines of each optional function that works."""
    assert recipe.maker is not None
    assert recipe.output is not None
    widths = recipe.maker.widths
    if recipe.maker.names or widths.one:  # one output has no largest
        return {}
    x = np.random.default_rng(7).random((SAMPLES, widths.inputs))
    try:
        with quietly():
            net = made_of("", recipe.maker.lines, theirs)()
            out = np.asarray(made_of("net, x", [recipe.output.line], theirs)(net, x.copy()), float)
    except Fails:  # it knows no other number of samples than that of the trials
        return {}
    y = np.eye(widths.classes)[np.where(np.arange(SAMPLES) < RIGHT, out.argmax(1), out.argmin(1))]
    form = recipe.output.form if recipe.output.form in ("rows", "columns", TURNED) else "rows"
    hand = AtHand(authored=lambda function: authored(theirs, function)).plus(
        input=[GIVEN[form]],
        label=widths.targets(form),
        epochs=["epochs"],
        flag=["False"],
        evaluating=["False"],
        rate=["0.1"],
        batch=["8"],
        decay=["0.0"],
        pair=["list(zip(x, y))", "[(a[:, None], b[:, None]) for a, b in zip(x, y)]"],
    )
    found = {}
    digits = for_digits(foreign.code_of(Path(str(theirs.__file__))))
    for name, pattern in (("predict", PREDICT), ("accuracy", ACCURACY), ("train", TRAIN)):
        if name == "train" and (
            recipe.maker.chosen
            or widths != USUAL
            or (not digits and recipe.maker.why.startswith("its sizes"))
            or _our_optimizer(recipe.maker)
        ):
            continue  # its settings are for other data or layers; 784 inputs were our choice
        lines = _one(name, pattern, net, theirs, hand, recipe, x, y)
        if lines is not None:
            found[name] = lines
    return found


def _our_optimizer(maker: Maker) -> bool:
    """Whether we gave the network its optimizer, whose rate is another than the author's."""
    names = re.findall(r"theirs\.(\w+)\(", "\n".join(maker.lines))
    return not maker.why.startswith("as in line") and any(PLAIN_STEPS.fullmatch(name) for name in names)


def for_digits(text: str) -> bool:
    """Whether a file says that its network is for MNIST."""
    return NAMED.search(text) is not None or (DIGITS.search(text) is not None and PICTURES.search(text) is not None)


def _step(recipe: "Recipe") -> str:
    """The lines that give the gradients, if these are a step of the parameters."""
    lines = "\n".join(recipe.gradients.lines) if recipe.gradients else ""
    return lines if "moved(" in lines else ""


def _one(
    name: str, pattern: Matcher, net: object, theirs: ModuleType, hand: AtHand, recipe: "Recipe", x: Array, y: Array
) -> list[str] | None:
    assert recipe.output is not None
    given = {"predict": "net, x", "accuracy": "net, x, y", "train": "net, x, y, epochs"}[name]
    output = made_of("net, x", [recipe.output.line], theirs)
    for callee, function in functions_of(net, "net", pattern):
        if name == "train" and _counts_steps(function):
            continue
        if name == "train" and any(HELD_OUT.match(p.name) and p.default for p in parameters_of(function)):
            continue  # it keeps samples back, which is no mistake
        own = {"rate": [rate]} if name == "train" and (rate := _own_rate(theirs, callee, function)) else {}
        for arguments in ways(function, hand.plus(**own)):
            if "x" not in arguments or (name == "train" and "epochs" not in arguments and callee in _step(recipe)):
                continue  # one step on a sample is no training
            call = f"{callee}({arguments})"
            rounds = [f"net.{n} = epochs" for n in rounds_of(net)] if "epochs" not in arguments else []
            if name == "train" and "epochs" not in arguments and not rounds:
                continue  # a step, or as many epochs as it likes
            lines = [f"return {call}"] if name != "train" else [*rounds, call]
            values = (net, x.copy(), y.copy(), 1)[: given.count(",") + 1]
            try:
                before = [np.array(array) for array in _live(recipe, net)]
                with quietly(10.0):
                    right = np.asarray(output(net, x.copy()), float)
                    value = made_of(given, lines, theirs)(*values)
                after = _live(recipe, net)
            except (Fails, ValueError, TypeError):
                continue
            if _works(name, value, right, before, after):
                return lines
    return None


def _counts_steps(function: Callable[..., object]) -> bool:
    """Whether it asks for a number of batches, as `iterations` is beside the size of a batch, and not of epochs."""
    names = [p.name for p in parameters_of(function)]
    batches = any(role(name) == "batch" for name in names)
    return batches and any(STEPS.search(name) for name in names) and not any("epoch" in name.lower() for name in names)


def _own_rate(theirs: ModuleType, callee: str, function: Callable[..., object]) -> str:
    """The author's own rate for a training: that of a call in the file, else the default; "" if there is none.

    A call at the top level is read and not run.
    """
    for name, value in arguments_of(theirs, function, callee.rpartition(".")[2]):
        if role(name) == "rate" and isinstance(value, ast.Constant) and isinstance(value.value, float | int):
            return repr(value.value)
    parameters = [p for p in parameters_of(function) if p.kind <= p.POSITIONAL_OR_KEYWORD or p.kind == p.KEYWORD_ONLY]
    defaults = [p.default for p in parameters if role(p.name) == "rate" and isinstance(p.default, float | int)]
    return repr(defaults[0]) if defaults else ""


def _live(recipe: "Recipe", net: object) -> list[Array]:
    assert recipe.output is not None
    return [eval(text, {"net": net}) for text in recipe.output.parameters]


def _works(name: str, value: object, right: Array, before: list[Array], after: list[Array]) -> bool:
    if name == "predict":
        try:
            flat = np.ravel(value) if isinstance(value, np.ndarray | list) else np.array([])
        except ValueError:  # a list of arrays of several shapes, such as the values of all layers
            return False
        if flat.size != len(right) or flat.dtype.kind not in "iu":
            return False
        return bool(flat.min() >= 0 and flat.max() < right.shape[1])  # others are places in a sample that it was handed
    if name == "accuracy":
        if isinstance(value, bool) or not isinstance(value, float | int | np.floating):
            return False
        return any(abs(float(value) - wanted) < 1e-6 for wanted in (RIGHT / SAMPLES, 100 * RIGHT / SAMPLES))
    same = all(np.shape(a) == np.shape(b) for a, b in zip(before, after, strict=True))
    finite = all(np.isfinite(a).all() for a in after)
    return same and finite and any(np.any(a != b) for a, b in zip(before, after, strict=True))
