"""Texts of the arguments with which a network is made, by the names of parameters."""

import re
from types import ModuleType

from nnkata.worker.adapting.source.losses import handed
from nnkata.worker.adapting.source.string_options import layers_of, options
from nnkata.worker.adapting.source.usual_names import RATE, SIZES
from nnkata.worker.arguments import parameters_of

#: Layers as dicts, as in a much copied article, and the names of a parameter that takes them.
DICTS = (
    "[{'input_dim': 784, 'output_dim': 24, 'activation': 'relu'}, "
    "{'input_dim': 24, 'output_dim': 10, 'activation': 'sigmoid'}]"
)
#: The same of a file whose activations are other ones: without a sigmoid.
SOFTMAX_DICTS = DICTS.replace("sigmoid", "softmax")
OF_DICTS = re.compile(r"(nn_?|net_?|network_?)?(architecture|arch)", re.I)

#: What takes the steps: the gradients do not need it, unless the way back asks it for the step.
OPTIMIZER = re.compile(r"optim(i[sz]er)?", re.I)
#: Classes of the plain steps, along the gradients alone.
PLAIN_STEPS = re.compile(
    r"(optimi[sz]er_?)?((mini_?)?batch_?|vanilla_?|plain_?)?(s?gd|(stochastic_?)?gradient_?descent)(_?optimi[sz]er)?",
    re.I,
)


def optimizers(theirs: ModuleType | None) -> list[str]:
    """Texts of an optimizer: none; an object of the file's own class of plain steps, if it asks for a rate at most."""
    found = ["None"]
    for name, cls in vars(theirs).items() if theirs else ():
        if isinstance(cls, type) and PLAIN_STEPS.fullmatch(name):
            asked_for = [p.name for p in parameters_of(cls) if p.default is p.empty and "VAR" not in p.kind.name]
            if all(RATE.match(name) for name in asked_for):
                found.append(f"theirs.{name}({', '.join('0.1' for _ in asked_for)})")
    return found


#: Names of one layer's activation, as the files look it up; and names of a parameter for those of all layers.
ACTIVATION = re.compile(r"^(act|activation)(_?(f|fn|func|function|name|type))?$", re.I)
#: A parameter that needs a name: many a network takes a number for one without any, and is linear.
ONE_ACTIVATION = re.compile(r"(^|_)act(_|$)|activation|non_?linearity", re.I)
ACTIVATIONS = re.compile(r"^(acts|activations|act(ivation)?_?(f\w*|func\w*|function\w*|list))s?$", re.I)


def _activations(theirs: ModuleType | None) -> list[str]:
    """Texts of the activations of two layers, as names, functions or objects of the file."""
    own = {name.lower(): (name, value) for name, value in vars(theirs).items()} if theirs else {}
    found = []
    for first, last in (("relu", "softmax"), ("sigmoid", "sigmoid"), ("relu", "linear"), ("tanh", "sigmoid")):
        if first in own and last in own:
            made = [f"theirs.{n}()" if isinstance(v, type) else f"theirs.{n}" for n, v in (own[first], own[last])]
            found.append(f"[{', '.join(made)}]")
    found += layers_of(theirs, ACTIVATION) if theirs else []
    alone = [f"theirs.{own[n][0]}" for n in ("relu", "sigmoid", "tanh") if n in own and not isinstance(own[n][1], type)]
    return [*found, "['relu', 'softmax']", *alone, "'relu'"]


def _functions(theirs: ModuleType | None) -> set[str]:
    return {name.lower() for name, value in vars(theirs).items() if callable(value)} if theirs else set()


def by_name(name: str) -> list[str]:
    """Texts for a parameter with a usual name of a size; none for any other."""
    return [text for pattern, texts in SIZES if re.search(pattern, name, re.I) for text in texts.split("|")]


def sizes_of(name: str, theirs: ModuleType | None = None) -> list[str]:
    """Texts that may stand for a parameter of that name where a network is made: the file's own value of it first."""
    if RATE.match(name):
        return ["0.1"]
    if OPTIMIZER.fullmatch(name):
        return optimizers(theirs)
    value = getattr(theirs, name, None)
    sizes = value if isinstance(value, list | tuple) else [value]
    mine = [f"theirs.{name}"] if sizes and all(type(size) in (int, dict) for size in sizes) else []
    if OF_DICTS.fullmatch(name):
        own = _functions(theirs)
        mine.append(SOFTMAX_DICTS if "softmax" in own and "sigmoid" not in own else DICTS)
    mine += options(theirs, name) if theirs is not None else []
    found = by_name(name) if not ACTIVATIONS.match(name) else _activations(theirs)
    found += handed(theirs, name) if theirs is not None else []
    data = {
        "x": ["np.random.rand(10, 784)", "np.random.rand(784, 10)"],
        "y": ["np.eye(10)", "np.arange(10)", "10"],  # or their number
    }
    more = (
        data["x"]
        if re.match(r"(?i)x|data|train_?(x|im)|inputs?$", name)
        else data["y"]
        if re.match(r"(?i)y|label|target", name)
        else []
    )
    if ONE_ACTIVATION.search(name) and not ACTIVATIONS.match(name):
        texts = [text for text in found if not text[0].isdigit() and text[0] != "["]  # `hidden_act` is no width
        return list(dict.fromkeys([*mine, *texts])) or ["'relu'", "'sigmoid'"]
    return list(dict.fromkeys([*mine, *found, *more])) or ["10", "[784, 24, 10]", "0.1", "'relu'"]
