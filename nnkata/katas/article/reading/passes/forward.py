"""Reads the forward pass: the departing layer and its formula, from the outputs alone.

A submission need not store its activations. Each candidate is a whole network that differs in one layer, or in two, or
equally in all; the one with the same outputs at every input is the reading.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from nnkata.katas.article.oracle import Array
from nnkata.katas.article.reading.observed import Observed, Pass
from nnkata.katas.article.reading.passes import inverted
from nnkata.katas.article.reading.passes.changes import FED
from nnkata.katas.article.reading.passes.inverted import Affine
from nnkata.katas.article.reading.passes.own import NoValue, Own
from nnkata.katas.article.reading.passes.values import Case
from nnkata.katas.article.reading.passes.wiring import ACTIVATIONS, FORMS, OUTPUTS, RESHAPED, SCALED, STEEP, Olds

#: The form of a right layer. The submission's own functions stand for σ and softmax.
Z, SIGMOID, SOFTMAX = "{w}·{a}", "own σ({z})", "own softmax({z})"
RIGHT = ((Z, SIGMOID), (Z, SIGMOID), (Z, SOFTMAX))
Choice = tuple[str, str]
Layers = tuple[Choice, Choice, Choice]


#: Forms of the last layer that take the output of the first, or of the second.
OF_A1 = (("{w}·A1", "A1"), ())


@dataclass(frozen=True)
class Model:
    """A forward pass as read: per layer the form of Z and that of A; and a scaled quantity."""

    own: Own
    layers: tuple[Choice, Choice, Choice] = RIGHT
    affine: Affine | None = None

    @property
    def changed(self) -> list[int]:
        """The wrong layers."""
        return [n + 1 for n, (one, right) in enumerate(zip(self.layers, RIGHT, strict=True)) if one != right]

    def passed_on(self) -> "Model":
        """The form with the same outputs that keeps activations and passes Z on: Z3 = W3·Z2 for A2 = Z2."""
        layers = list(self.layers)
        for place in (0, 1):
            if layers[place][1] == "{z}" and layers[place + 1][0] == Z and layers[2][0] not in OF_A1[place]:
                layers[place] = (layers[place][0], SIGMOID)
                layers[place + 1] = ("{w}·{z}", layers[place + 1][1])
        return replace(self, layers=(layers[0], layers[1], layers[2]))

    def cases(self, passes: Sequence[Pass]) -> Iterator[list[Case]]:
        """The values of the layers in each pass: those that they pass on; those that they may store beside them.

        A factor or an offset may belong to Z itself, or to the argument of σ alone, beside a Z that is kept as it is.
        """
        usual = [case for seen in passes if (case := self.case(seen)) is not None]
        yield usual
        if self.affine is not None and self.affine.place == "x":
            yield [replace(case, a={**case.a, 0: self._scaled("x", case.a[0])}) for case in usual]
        if self.affine is not None and self.affine.place in ("Z1", "Z2") and self.affine.turned_back:
            layer, back = int(self.affine.place[1]), self.affine.turned_back
            yield [replace(case, z={**case.z, layer: back.of(case.z[layer])}) for case in usual]
        if self.changed or (self.affine and self.affine.place in ("A1", "A2")):
            for kept in (self._meant, self._fed):
                yield [kept(case) for case in usual]

    def _scaled(self, place: str, value: Array) -> Array:
        return value if self.affine is None or self.affine.place != place else self.affine.of(value)

    def _meant(self, case: Case) -> Case:
        """Activations follow from the read pre-activations, whatever value is passed on."""
        return replace(
            case, a={0: case.a[0], 1: self.own.sigmoid(case.z[1]), 2: self.own.sigmoid(case.z[2]), 3: case.a[3]}
        )

    def _fed(self, case: Case) -> Case:
        """Activations are the input of W: scaled, turned over, or those of the layer before."""
        fed = dict(case.a)
        if self.layers[2][0] == "{w}·A1":
            fed[2] = case.a[1]
        for layer in self.changed:
            if change := FED.get(self.layers[layer - 1][0]):
                fed[layer - 1] = change(case.a[layer - 1][None, :])[0]
        return replace(case, a=fed)

    def case(self, seen: Pass) -> Case | None:
        """The values of the layers on a pass; None if shapes do not allow it, or nothing finite comes out."""
        zs: dict[int, Array] = {}
        activations = {0: seen.x}
        a = z = self._scaled("x", seen.x)[None, :]
        for number, choice in enumerate(self.layers, 1):
            old = {"x": activations[0][None, :]}
            old |= {"A1": activations[1][None, :], "Z1": zs[1][None, :]} if number == 3 else {}
            found = step(self.own, seen, number, choice, (a, z, old), self._scaled)
            if found is None:
                return None
            z, a = found
            zs[number], activations[number] = z[0], a[0]
        return Case(seen, self.own, zs, activations) if np.isfinite(a).all() else None


def _as_it_is(place: str, value: Array) -> Array:
    return value


def step(
    own: Own,
    seen: Pass,
    layer: int,
    choice: Choice,
    before: tuple[Array, Array, Olds],
    scaled: Callable[[str, Array], Array] = _as_it_is,
) -> tuple[Array, Array] | None:
    """One layer for rows of candidates: pre-activations and activations; `scaled` changes them by their names.

    `before` are the activations and pre-activations of the layer before, and the values before these.
    """
    form, bend = choice
    with np.errstate(all="ignore"):
        now = (FORMS | SCALED)[form](seen.weights, layer, *before)
        if now is None:
            return None
        now = scaled(f"Z{layer}", now)
        try:
            if bend in (SIGMOID, SOFTMAX):
                after = own.sigmoid(now) if bend == SIGMOID else own.softmax(now)
            else:
                after = (OUTPUTS if layer == 3 else ACTIVATIONS | STEEP)[bend](now)
        except NoValue:
            return None
        return now, scaled("output" if layer == 3 else f"A{layer}", after)


def choices(layer: int, right: Choice, own: Own) -> list[Choice]:
    """The wrong forms of a layer: another Z, or another activation."""
    usual = "softmax({z})" if layer == 3 else "σ({z})"  # one thing with the own function, unless that is wrong
    same = ("softmax" if layer == 3 else "sigmoid") not in own.wrong
    bends = [right[1], *(b for b in (OUTPUTS if layer == 3 else ACTIVATIONS) if not (same and b == usual))]
    return [
        (form, bend) for form in FORMS for bend in bends if (form, bend) != right and (form == Z or bend == right[1])
    ]


#: The most models that the outputs cannot distinguish.
MOST = 4


def read(passes: Sequence[Pass], own: Own, observed: Observed) -> list[Model]:
    """The models with the submission's outputs and the fewest departures."""
    right = Model(own)
    if all(_fits(right, seen) for seen in passes):
        return [right]
    first = min(passes, key=lambda seen: sum(seen.sizes))
    if found := _cheapest(own, passes, _candidates(own, first)):
        return found
    affine = _cut(passes, right) or (None if own.wrong - {"slope"} else inverted.read(observed))
    models = [Model(own, affine=one) for one in affine.alike] if affine else []
    models += [Model(own, ((Z, steep), (Z, steep), RIGHT[2])) for steep in STEEP]
    models += [Model(own, ((z, SIGMOID), (z, SIGMOID), (z, SOFTMAX))) for z in SCALED]
    models = [model for model in models if all(_fits(model, seen) for seen in passes)]
    return models or _cheapest(own, passes, _candidates(own, first, unlike=True))


def _cheapest(own: Own, passes: Sequence[Pass], candidates: Iterable[tuple[int, Layers]]) -> list[Model]:
    """Those that fit all passes at the least cost; not those that change a layer more, without effect."""
    found: list[tuple[int, Model]] = []
    square = all(seen.square for seen in passes)  # where a reshaped W is no other than a transposed one
    for cost, layers in candidates:
        if found and (cost // LAYER > found[0][0] // LAYER or len(found) == MOST):
            break
        if square and any(form == RESHAPED for form, _bend in layers):
            continue
        model = Model(own, layers)
        known = [other.passed_on() for _cost, other in found]  # Z3 = W3·Z2 and A2 = Z2 are one model
        if model.passed_on() not in known and all(_fits(model, seen) for seen in passes):
            found.append((cost, model))
    models = [model for _cost, model in found]
    return [one for one in models if not any(set(other.changed) < set(one.changed) for other in models)]


def _cut(passes: Sequence[Pass], right: Model) -> Affine | None:
    both = [(seen.output, case.a[3]) for seen in passes if (case := right.case(seen)) and seen.output is not None]
    if not both:
        return None
    outputs, rights = zip(*both, strict=True)
    return inverted.cut(outputs, rights, max(seen.close for seen in passes))


def _fits(model: Model, seen: Pass) -> bool:
    case = model.case(seen)
    return case is not None and seen.output is not None and near(seen.output, case.a[3], seen.close)


def near(one: Array, other: Array, close: float) -> bool:
    """Whether two arrays are the same but for rounding."""
    return one.shape == other.shape and bool(np.max(np.abs(one - other)) <= close * (np.max(np.abs(other)) or 1.0))


def _candidates(own: Own, seen: Pass, unlike: bool = False) -> Iterator[tuple[int, tuple[Choice, Choice, Choice]]]:
    """Layers that give the output of this pass: those with one departure first, then those with two.

    `unlike`: those alone whose second layer and output have activations that are wrong each in another way.
    """
    options = [choices(layer, RIGHT[layer - 1], own) for layer in (1, 2, 3)]
    x = seen.x[None, :]
    lower = [(choice, step(own, seen, 1, choice, (x, x, {"x": x}))) for choice in (RIGHT[0], *options[0])]
    first = [(choice, found) for choice, found in lower if found is not None]
    if not first:
        return
    z1, a1 = (np.concatenate([found[part] for _c, found in first]) for part in (0, 1))
    found: list[tuple[int, tuple[Choice, Choice, Choice]]] = []
    for second in (RIGHT[1], *options[1]):
        upper = step(own, seen, 2, second, (a1, z1, {"x": x}))
        if upper is None:
            continue
        thirds = [RIGHT[2], *options[2]] if second == RIGHT[1] else [RIGHT[2], *_like(second, options[2])]
        if unlike:
            bent = second[0] == Z and second != RIGHT[1]
            thirds = [option for option in options[2] if option[0] == Z] if bent else []
        for third in thirds:
            last = step(own, seen, 3, third, (upper[1], upper[0], {"x": x, "A1": a1, "Z1": z1}))
            if last is None or seen.output is None or last[1].shape[1] != len(seen.output):
                continue
            gap = np.max(np.abs(last[1] - seen.output), axis=1)
            scale = np.max(np.abs(last[1]), axis=1)
            for row in np.flatnonzero(np.isfinite(gap) & (gap <= seen.close * scale)):
                layers = (first[int(row)][0], second, third)
                if (cost := _cost(layers)) < 3 * LAYER:  # three departures that are unlike are one that is not known
                    found.append((cost, layers))
    yield from sorted(found, key=lambda item: item[0])


def _like(choice: Choice, options: Sequence[Choice]) -> list[Choice]:
    """The last layer changed like the second: a transposed W in all layers, or no activation in any, for example."""
    like = (choice[0], SOFTMAX) if choice[0] != Z else (Z, choice[1])
    return [option for option in options if option == like]


def _cost(layers: Sequence[Choice]) -> int:
    """Fewer departures first; of two, the same in both layers first; then in the order of the lists."""
    changed = [n for n, (one, right) in enumerate(zip(layers, RIGHT, strict=True)) if one != right]
    kinds = {(layers[n][0], "" if layers[n][1] == RIGHT[n][1] else layers[n][1]) for n in changed}
    alike = len(kinds) == 1
    places = sum(
        list(FORMS).index(layers[n][0])
        + ([*(OUTPUTS if n == 2 else ACTIVATIONS)].index(layers[n][1]) if layers[n][1] not in (SIGMOID, SOFTMAX) else 0)
        for n in changed
    )
    return LAYER * (1 if alike else len(changed)) + places


#: The cost of a layer that departs: above that of all places in the lists.
LAYER = 1000


__all__ = ["RIGHT", "SIGMOID", "SOFTMAX", "Choice", "Model", "Z", "choices", "near", "read", "replace", "step"]
