"""The calls that may give gradients: functions by the names of a way back, with arguments by their names."""

import ast
import re
from collections.abc import Iterator
from itertools import product
from types import ModuleType

from nnkata.worker.adapting.calls import AtHand, bare, functions_of, others_of, takes_network, ways
from nnkata.worker.adapting.networks.layers import asked
from nnkata.worker.adapting.networks.makers import Maker, hand_of
from nnkata.worker.adapting.networks.passed_parameters import literal
from nnkata.worker.adapting.outputs import GIVEN, SIZE, TURNED, Output
from nnkata.worker.adapting.source.author_calls import authored, passed_on
from nnkata.worker.adapting.source.losses import loss_objects, losses_of, slopes_of_losses
from nnkata.worker.adapting.source.string_options import options
from nnkata.worker.adapting.source.usual_names import BACKWARD, NUMERIC, TRAIN, role
from nnkata.worker.arguments import parameters_of
from nnkata.worker.foreign_code import layer_chains

#: A training set of one sample, for networks that go through a set by samples.
SETS = {"column": ["a[None, :, None]", "b[None, :, None]"], "row": ["a[None, None, :]", "b[None, None, :]"]}
#: A training set of one sample whose last number is its class.
ROWS = {"vector": ["[[*a, b.argmax()]]"]}


def hand_for(maker: Maker, output: Output, theirs: ModuleType) -> AtHand:
    """The texts of arguments for the calls, by role and name."""
    hand = hand_of(maker, theirs)
    hand.options = lambda name: options(theirs, name)
    forward = bare(output.call.partition("(")[0].rpartition(".")[2]) if isinstance(output.value, tuple) else ""
    given_by_name = hand.authored
    hand.authored = lambda function: {
        **given_by_name(function),
        **authored(theirs, function),
        **passed_on(theirs, function, forward),
    }
    if not maker.passed:
        hand.named.update(loss_objects(theirs))
    parts = {**output.parts, **_chosen(maker, output, theirs)}
    hand.named.update({name: text for name, text in parts.items() if name not in hand.named})
    errors = {
        "rows": ["(OUT - y) / len(x)", "OUT - y", "-y / OUT / len(x)", "y - OUT"],  # the last for steps that add
        "columns": ["(OUT - y.T) / len(x)", "OUT - y.T", "y.T - OUT"],
        "vector": ["OUT - b", "b - OUT"],
        "column": ["OUT - b[:, None]", "b[:, None] - OUT"],
        "row": ["OUT - b[None, :]", "b[None, :] - OUT"],
        "stack": ["OUT - y[:, :, None]", "(OUT - y[:, :, None]) / len(x)"],
    }
    errors[TURNED] = errors["columns"]
    taken = output.taken if output.taken.startswith(("v", "net")) else "v"
    error = [e.replace("OUT", taken) for e in errors.get(output.form, [])]
    label, given = maker.widths.targets(output.form), GIVEN[output.form]
    inside = re.match(r"v\[\d+\](?=\[)", taken)  # the last of all values, which the way back needs
    caches = [text for text in ("v[1]", "v[-1]", "v") if taken != text] if output.value is not None else []
    caches = ["v"] if isinstance(output.value, dict) else caches
    caches = list(dict.fromkeys([*([inside[0]] if inside else []), *caches]))
    if maker.layers:  # the file's own derivative of its loss is better evidence than ours
        error = [*slopes_of_losses(theirs, label[0], taken), *error]
    matrices = sum(array.ndim == 2 and min(array.shape) > 1 for array in output.parameters.values())
    return hand.plus(
        input=[given, *SETS.get(output.form, [])[:1]],
        label=[*label, *SETS.get(output.form, [])[1:]],
        output=[taken, *label[:1]],  # a training pair may be called input and output
        rate=["0.1"],
        epochs=["1"],
        classes=[str(maker.widths.classes)],
        depth=[str(matrices + 1), str(matrices)],
        batch=[SIZE.get(output.form, "len(x)"), given],
        count=[SIZE.get(output.form, "len(x)")],
        flag=["False", "True"],
        index=["0"],
        evaluating=["False"],
        decay=["0.0"],
        error=[*error, *label],
        loss=losses_of(theirs),
        cache=caches,
        params=["net"],
        sets=[*ROWS.get(output.form, []), *(f"({given}, {text})" for text in label[:2])],
        pair=["list(zip(x, y))", "[(a[:, None], b[:, None]) for a, b in zip(x, y)]"],
    )


def _chosen(maker: Maker, output: Output, theirs: ModuleType) -> dict[str, str]:
    """The options, and the samples by names of their own, that the way forward was handed: the way back takes them."""
    try:
        call = ast.parse(output.call, mode="eval").body
        function = eval(output.call.partition("(")[0], {"theirs": theirs, "net": maker.net})
    except (SyntaxError, AttributeError, NameError, TypeError):
        return {}
    given = call.args if isinstance(call, ast.Call) else []
    texts = {
        p.name: (ast.unparse(argument), argument) for p, argument in zip(parameters_of(function), given, strict=False)
    }
    samples = GIVEN[output.form]
    return {
        name: text
        for name, (text, node) in texts.items()
        if (isinstance(node, ast.List) and literal(node)) or (text == samples and role(name) == "unknown")
    }


def calls(
    maker: Maker, output: Output, theirs: ModuleType, hand: AtHand, named: bool = True
) -> Iterator[tuple[str, str]]:
    """The calls that may give gradients, the likeliest first, and the arguments of each.

    They are those `named` after a way back, or all others.
    """
    if maker.block is not None:
        for call in maker.block.calls(GIVEN[output.form], maker.widths.targets(output.form), dict(vars(theirs))):
            yield call, call
        return
    own = [] if maker.passed else functions_of(maker.net, "net", lambda name: bool(BACKWARD.search(name)))
    module = functions_of(theirs, "theirs", lambda name: bool(BACKWARD.search(name)))
    module = module if maker.passed else [pair for pair in module if takes_network(pair[1])]
    if not named:
        own = [] if maker.passed else others_of(maker.net, "net", own)
        module = [p for p in others_of(theirs, "theirs", module) if maker.passed or takes_network(p[1])]
    given = GIVEN[output.form]
    order = ("back", "grad", "prop", "step", "batch", "update", "learn", "train", "fit", "loss", "cost")

    def rank(pair: tuple[str, object]) -> int:
        return next((place for place, part in enumerate(order) if part in pair[0].lower()), len(order))

    for callee, function in sorted([*own, *module], key=rank):
        if NUMERIC.search(callee.rpartition(".")[2]):
            continue
        if callee == output.call.partition("(")[0] and not isinstance(output.value, tuple | dict):
            continue
        whole = given == "x.T" and TRAIN.match(callee.rpartition(".")[2])  # it may turn its set by itself
        for arguments in ways(function, hand.plus(input=[given, "x"]) if whole else hand):
            sets = [text in arguments for text in SETS.get(output.form, [])]
            if all(sets) or not any(sets):  # a set of samples needs a set of labels
                yield f"{callee}({arguments})", arguments
    if maker.layers and named:
        texts = {"rate": ["0.1"], "label": hand.roles["label"], "decay": ["0.0"], "flag": ["False"]}
        entered = (
            any(layer_chains.takes_entered(layer) for layer in maker.net) if isinstance(maker.net, list) else False
        )
        of = f", of={GIVEN[output.form]}" if entered else ""
        asking = [of + more for more in asked(maker.net, layer_chains.BACKWARD, texts)]
        for way, more in product(("back", "slopes"), asking):
            for error in [*hand.roles["error"], *hand.roles["output"]]:
                yield f"{way}(net, {error}{more})", f"{error}{more}"
