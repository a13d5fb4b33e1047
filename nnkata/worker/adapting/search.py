"""From a file to an adapter's lines: tries makers, outputs and gradients, and keeps those that fit best."""

import ast
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from nnkata.worker import foreign
from nnkata.worker.adapting import graph, obstacles
from nnkata.worker.adapting.dependence import dependent
from nnkata.worker.adapting.extras import extras
from nnkata.worker.adapting.gradients.gradients import gradients
from nnkata.worker.adapting.gradients.measured import Found
from nnkata.worker.adapting.graph import Array
from nnkata.worker.adapting.networks.data_widths import USUAL
from nnkata.worker.adapting.networks.layers import COMPOSED
from nnkata.worker.adapting.networks.makers import Maker, makers, of_own_widths
from nnkata.worker.adapting.networks.passed_parameters import INPUTS
from nnkata.worker.adapting.networks.without_dropout import calmed
from nnkata.worker.adapting.outputs import Output, outputs
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


@dataclass
class Recipe:
    """The findings about a file."""

    file: str
    maker: Maker | None = None
    output: Output | None = None
    gradients: Found | None = None
    extras: dict[str, list[str]] = field(default_factory=dict)
    #: The obstacles that were met on the way to a missing part.
    tried: dict[str, list[str]] = field(default_factory=dict)

    @property
    def rank(self) -> tuple[int, bool, tuple[bool, bool, bool, int, bool, float]]:
        """Better ones are larger; the author's own network is better than one of our composition."""
        nothing = (False, False, False, 0, False, -1.0)
        if self.output is None:
            return (1 if self.maker and self.maker.widths == USUAL else 0), self.wide, nothing
        if self.matrices < 2 - (
            self.maker is not None and self.maker.widths.one
        ):  # one output: its weights are a row or a column
            return 2, False, nothing  # a layer alone, perhaps
        whole = self.gradients is not None and self.gradients.rank[0]
        return 3 + bool(self.gradients) + whole, not self.composed, self.gradients.rank if self.gradients else nothing

    @property
    def composed(self) -> bool:
        """Whether we composed the network."""
        return self.maker is not None and self.maker.why == COMPOSED

    @property
    def matrices(self) -> int:
        """The weight matrices on which the output depends."""
        arrays = self.output.parameters.values() if self.output else ()
        return sum(array.ndim == 2 and min(array.shape) > 1 for array in arrays)

    @property
    def wide(self) -> bool:
        """Whether what was made has weights for an image."""
        held = graph.arrays(self.maker.net, "net").values() if self.maker else ()
        return any(array.ndim == 2 and bool(INPUTS & set(array.shape)) for array in held)

    @property
    def guessed(self) -> bool:
        """Whether it is a layer, or another class with a way forward, that nobody made with these sizes."""
        if self.maker is not None and self.maker.widths != USUAL:
            return self.output is None  # its widths are those of its layers
        if self.output is None and not self.wide:
            return True
        ours = self.maker is not None and self.maker.why.startswith("its sizes")
        arrays = self.output.parameters.values() if self.output else ()
        alone = any(array.ndim == 2 and USUAL.classes in array.shape and INPUTS & set(array.shape) for array in arrays)
        return ours and (self.matrices == 1 or alone)

    @property
    def done(self) -> bool:
        """Whether no better one can exist."""
        good = self.rank[0] == 5 and not self.composed
        return good and self.gradients is not None and self.gradients.natural

    def told(self) -> dict[str, Any]:
        """As types that the wire knows."""
        found: dict[str, Any] = {"file": self.file, "extras": self.extras, "tried": self.tried}
        if self.maker is not None:
            found["new"], found["why_new"] = self.maker.lines, self.maker.why
            found["random"] = self.maker.drops
        if self.output is not None:
            found["parameters"] = list(self.output.parameters)
            found["output"], found["form"] = self.output.line, self.output.form
        if self.gradients is not None:
            found["gradients"], found["why_gradients"] = self.gradients.lines, self.gradients.said
            found["fits"], found["likeness"] = self.gradients.fits, float(self.gradients.likeness)
            found["alike"] = self.gradients.alike
        return found


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
    """Whether a fresh network gives an output too; the one that was tried may keep what other calls have set."""
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
