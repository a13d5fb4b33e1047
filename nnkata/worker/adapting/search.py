"""From a file to an adapter's lines: tries makers, outputs and gradients, and keeps those that fit best."""

import ast
import random
import time
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from nnkata.worker import foreign
from nnkata.worker.adapting import graph, obstacles
from nnkata.worker.adapting.dependence import dependent
from nnkata.worker.adapting.extras import extras
from nnkata.worker.adapting.gradients.found import Found
from nnkata.worker.adapting.gradients.gradients import gradients
from nnkata.worker.adapting.gradients.measured import SINGLE
from nnkata.worker.adapting.graph import Array
from nnkata.worker.adapting.networks.layers import COMPOSED
from nnkata.worker.adapting.networks.makers import Maker, makers, of_own_widths
from nnkata.worker.adapting.networks.without_dropout import calmed
from nnkata.worker.adapting.outputs import Output, outputs
from nnkata.worker.adapting.recipe import Recipe
from nnkata.worker.adapting.source.sample_counts import uncounted
from nnkata.worker.adapting.trying import Fails, made_of, quietly
from nnkata.worker.deadline import NEVER, over, until, within
from nnkata.worker.foreign_code import definitions

#: Processor seconds of the whole search, and of the search after the first gradients, right or wrong: right ones are
#: among the first tried (for all of 54 networks within 6 s), and a wrong network has no better ones.
SECONDS, SECONDS_MORE = 60.0, 12.0
#: Seconds of both on the clock: for networks that wait, and on a busy machine.
LONGEST, LONGEST_MORE = 100.0, 15.0
#: The seed of the generators that the files use, for each file.
SEED = 1
#: The most networks of a file with a search for gradients; the most outputs per network, and those in one form.
MAX_NETWORKS, MAX_OUTPUTS, MAX_ALIKE = 10, 6, 2


def search(folder: str, files: list[str]) -> dict[str, Any]:
    """The best recipe among a folder's files, the likeliest first, and the obstacles in the others."""
    until(time.monotonic() + LONGEST, time.thread_time() + SECONDS)
    try:
        return _searched(folder, files)
    finally:
        until(NEVER)


def _searched(folder: str, files: list[str]) -> dict[str, Any]:
    best: Recipe | None = None
    troubles: dict[str, str] = {}
    for name, own in [*((name, False) for name in files), *((name, True) for name in files)]:
        if over() or (own and best is not None and best.rank[0] >= 4):
            break
        path = Path(folder, name)
        try:
            text = foreign.code_of(path)
            definitions.forget()
            random.seed(SEED)  # the same files have the same adapter
            np.random.seed(SEED)
            with quietly(20.0):
                theirs = foreign.loaded(path, Path(folder))
        except (Fails, OSError, SyntaxError, ValueError) as error:
            troubles[name] = str(error)[:200]
            continue
        obstacles.forget()
        uncounted(theirs, ast.parse(text))
        recipe = _search(name, theirs, text, own)
        if best is None or recipe.rank > best.rank:
            best = recipe
        if best.done:
            break
    if best is not None and best.guessed:
        best = Recipe(best.file, tried=best.tried)
    if best is not None and best.output is not None:
        until(time.monotonic() + LONGEST_MORE, time.thread_time() + SECONDS_MORE)
        definitions.forget()
        theirs = foreign.loaded(Path(folder, best.file), Path(folder))
        best.extras = extras(best, theirs)
    return {"recipe": best.told() if best else {}, "troubles": troubles}


def _search(name: str, theirs: ModuleType, text: str, own: bool) -> Recipe:
    """The best of a file's networks: of MNIST's widths, or `own` ones."""
    best = Recipe(name)
    tried = 0
    for maker in calmed(of_own_widths(theirs, text) if own else makers(theirs, text), theirs):
        x, y = maker.widths.batch(np.random.default_rng(3))
        if tried >= MAX_NETWORKS or over():
            break
        if maker.why == COMPOSED and best.rank[0] == 5:
            continue
        obstacles.forget("output", "gradients")
        good, mixed = Counter[str](), list[Output]()
        for output in outputs(maker, theirs, text, x):
            if not output.named and best.gradients is not None and not _of_its_way_back(output, best.gradients):
                if best.gradients.alike:
                    break
                continue
            enough = good.total() >= MAX_OUTPUTS or good[output.form] >= MAX_ALIKE
            if enough or over() or not dependent(maker, output, theirs, x):
                continue
            good[output.form] += 1
            if output.form in SINGLE and best.gradients is not None and best.gradients.by_n:
                continue  # one sample at a time would hide it
            if output.mixed:
                mixed.append(output)
                continue
            best = _better(best, maker, output, theirs, x, y)
            if best.done:
                return best
        for output in mixed if best.gradients is None else ():
            if dependent(maker, output, theirs, x):  # others have set its arrays since
                best = _better(best, maker, output, theirs, x, y)
        if not good:
            best = max(best, Recipe(name, maker, tried=_obstacles()), key=lambda recipe: recipe.rank)
        tried += bool(good)
    best.tried = best.tried or _obstacles()
    return best


def _of_its_way_back(output: Output, found: Found) -> bool:
    """Whether gradients that fit nothing come from the function of this output: `loss(x, y)` beside `loss(x)`.

    A way forward under a usual name may be another than that of the training, as with a ReLU more.
    """
    own = output.call.removeprefix("inside(lambda: ").partition("(")[0]
    return not (found.alike or found.fits) and own == found.call.partition("(")[0]


def _better(best: Recipe, maker: Maker, output: Output, theirs: ModuleType, x: Array, y: Array) -> Recipe:
    """The recipe so far, or that with this output if it is better."""
    if not _again(maker, output, theirs, x):
        return best
    recipe = _with_gradients(Recipe(best.file, maker, output), theirs, x, y)
    recipe.tried = _obstacles()
    return max(best, recipe, key=lambda recipe: recipe.rank)


def _again(maker: Maker, output: Output, theirs: ModuleType, x: Array) -> bool:
    """Whether a fresh network gives an output too; the tried one may keep values that other calls have set."""
    try:
        with quietly():
            net = made_of("", maker.lines, theirs)()
            return np.shape(made_of("net, x", [output.line], theirs)(net, x.copy())) == (len(x), maker.widths.classes)
    except Fails as error:
        obstacles.met("output", output.call, f"of a fresh network: {error}")
        return False
    finally:
        now = graph.arrays(maker.net, "net")  # arrays of the class are those of the latest network
        output.parameters.update({text: now[text] for text in output.parameters if text in now})


def _obstacles() -> dict[str, list[str]]:
    return {part: obstacles.told(part) for part in ("new", "output", "gradients")}


def _with_gradients(recipe: Recipe, theirs: ModuleType, x: Array, y: Array) -> Recipe:
    assert recipe.maker is not None
    assert recipe.output is not None
    run = made_of("net, x", [recipe.output.line], theirs)
    for found in gradients(recipe.maker, recipe.output, theirs, x, y, run):
        if recipe.gradients is None or found.rank > recipe.gradients.rank:
            recipe.gradients = found
            within(SECONDS_MORE)
        if recipe.done or over():
            break
    best = recipe.gradients
    if best and best.by_rates:
        text = "each array moves along its own slope, but not at one rate: divide each by its own"
        obstacles.met("gradients", best.call, text, best=True)
        recipe.gradients = None
    elif best and not (best.alike or best.fits if recipe.maker.chosen else best.credible):
        text = f"none of its arrays is the slope of a usual loss (likeness {best.likeness:.2f})"
        obstacles.met("gradients", best.call, text, best=True)
        recipe.gradients = None
    return recipe
