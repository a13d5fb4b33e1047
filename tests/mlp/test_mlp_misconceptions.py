"""Every known wrong module is named, by its own name alone; right ones of many architectures pass everything."""

from functools import cache
from typing import Any

import mlp_clauses
import numpy as np
import pytest

from nnkata.katas.mlp.functions import Array
from nnkata.katas.mlp.misconceptions import CATALOGUE
from nnkata.katas.mlp.misconceptions.right import Net, Right, reseed
from nnkata.katas.mlp.oracle import Pass, Rule

SEED = 1
#: A step without effect also makes a training without effect, which has another name.
BOTH = {"step-moves-nothing": {"train-moves-nothing"}}


@cache
def failures(name: str) -> dict[str, Exception]:
    return mlp_clauses.failures(CATALOGUE[name].module, SEED)


def test_the_catalogue_has_at_least_forty_mistakes() -> None:
    assert len(CATALOGUE) >= 40


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_wrong_module_is_named_by_its_own_name_alone(name: str) -> None:
    named = set().union(*map(mlp_clauses.names, failures(name).values()))
    assert name in named
    assert named - {name} <= BOTH.get(name, set())


@pytest.mark.parametrize("name", CATALOGUE)
def test_it_turns_exactly_its_listed_clauses_red(name: str) -> None:
    entry, red = CATALOGUE[name], set(failures(name))
    assert set(entry.clauses) <= red <= {*entry.clauses, *entry.sometimes}


def test_a_training_that_passes_rules_out_no_mistake_that_an_earlier_stage_shows() -> None:
    always = [{tag.rpartition("-")[0] for tag in entry.clauses} for entry in CATALOGUE.values()]
    assert {"training"} in always
    assert all("training" not in stages or stages <= {"training", "accuracy"} for stages in always)


VARIANTS = [(name, made) for name, entry in CATALOGUE.items() for made in getattr(entry.module, "variants", ())]


@pytest.mark.parametrize(("name", "made"), VARIANTS, ids=[name for name, _made in VARIANTS])
def test_another_way_to_make_the_same_mistake_has_the_same_name(name: str, made: type[Right]) -> None:
    red = mlp_clauses.failures(made(), SEED)
    assert set().union(*map(mlp_clauses.names, red.values())) == {name}
    assert set(red) <= {*CATALOGUE[name].clauses, *CATALOGUE[name].sometimes}


@pytest.mark.parametrize("name", ["softmax-over-the-batch", "weights-moved-on-the-way-back", "sigmoid-slope"])
def test_a_mistake_has_its_name_in_a_network_without_biases_too(name: str) -> None:
    red = mlp_clauses.failures(mlp_clauses.unbiased(CATALOGUE[name].module), SEED)
    assert set().union(*map(mlp_clauses.names, red.values())) == {name}
    assert set(CATALOGUE[name].clauses) <= set(red)


@pytest.mark.parametrize(("zero", "name"), [(0, {"activations-cut-to-integers"}), (0.0, set())])
def test_a_relu_by_np_vectorize_cuts_its_numbers_if_its_zero_is_an_integer(zero: float, name: set[str]) -> None:
    class Way(Pass):
        def activate(self, place: int) -> Array:
            if place == len(self.layers) - 1:
                return super().activate(place)
            return np.asarray(np.vectorize(lambda z: z if z > 0 else zero)(self.Z[place]))

    class Vectorized(Right):
        widths = (30, 8, 8, 8)
        way = Way

    red = mlp_clauses.failures(Vectorized(), SEED)
    assert set().union(*map(mlp_clauses.names, red.values())) == name
    assert bool(red) == bool(name)


class Columns(Right):
    """Weights as (out, in), biases as columns, parameters in a dict."""

    def parameters(self, net: Net) -> Any:
        return {f"p{n}": a.T if a.ndim > 1 else a[:, None] for n, a in enumerate(net.arrays)}

    def gradients(self, net: Net, x: Any, y: Any) -> Any:
        found = super().gradients(net, x, y)
        return {f"d{n}": a.T if a.ndim > 1 else a[:, None] for n, a in enumerate(found)}

    def step(self, net: Net, x: Any, y: Any) -> None:
        for array, gradient in zip(net.arrays, Right.gradients(self, net, x, y), strict=True):
            array -= self.rate * gradient


class Single(Right):
    """A right module in float32."""

    def new(self) -> Net:
        return Net([a.astype(np.float32) for a in super().new().arrays])

    def output(self, net: Net, x: Any) -> Any:
        return super().output(net, np.asarray(x, np.float32)).astype(np.float32)

    def gradients(self, net: Net, x: Any, y: Any) -> Any:
        return [np.asarray(a, np.float32) for a in super().gradients(net, np.asarray(x, np.float32), y)]


def of(rule: Rule, widths: tuple[int, ...], cls: type[Right] = Right) -> Right:
    made = type("Made", (cls,), {"rule": rule, "widths": widths})()
    assert isinstance(made, Right)
    return made


class Reversed(Right):
    """Parameters from the output to the input."""

    def parameters(self, net: Net) -> Any:
        return net.arrays[::-1]

    def gradients(self, net: Net, x: Any, y: Any) -> Any:
        return super().gradients(net, x, y)[::-1]

    def step(self, net: Net, x: Any, y: Any) -> None:
        for array, gradient in zip(net.arrays, Right.gradients(self, net, x, y), strict=True):
            array -= self.rate * gradient


ARCHITECTURES = [
    of(Rule(("ReLU",), "softmax", "cross-entropy"), (16, 9, 5), Reversed),
    of(Rule(("sigmoid",), "sigmoid", "squared error", factor=0.5), (20, 9, 7)),
    of(Rule(("sigmoid",), "sigmoid", "binary cross-entropy", mean=False), (20, 9, 7)),
    of(Rule(("tanh", "ReLU"), "softmax", "cross-entropy", decay=0.02), (16, 9, 7, 5)),
    of(Rule(("leaky ReLU 0.01",), "softmax", "squared error"), (16, 9, 5)),
    of(Rule((), "softmax", "cross-entropy"), (16, 5)),
    of(Rule(("GELU (tanh)",) * 4, "linear", "cross-entropy of logits"), (16, 9, 8, 7, 6, 5)),
    of(Rule(("ReLU",), "sigmoid", "cross-entropy of logits"), (16, 9, 5)),
    of(Rule(("ReLU",), "tanh", "cross-entropy of logits"), (16, 9, 5)),
    of(Rule(("ReLU",), "softmax", "cross-entropy"), (16, 9, 5), Columns),
    of(Rule(("tanh",), "softmax", "cross-entropy"), (16, 9, 5), Single),
]


@pytest.mark.parametrize(
    "module", ARCHITECTURES, ids=[f"{m.widths} {m.rule.hidden} {m.rule.loss}" for m in ARCHITECTURES]
)
def test_a_right_network_of_any_architecture_passes(module: Right) -> None:
    reseed(SEED)
    wrong = {tag: str(r) for tag, r in mlp_clauses.play(module, SEED) if isinstance(r, Exception)}
    assert wrong == {}


def test_samples_whose_units_die_in_training_are_not_unused() -> None:
    class Dying(Right):
        widths, rule = (40, 4, 5), Rule(("ReLU",), "softmax", "cross-entropy")
        rate, batch = 1.0, 1

    class Half(Dying):  # not narrow: there the samples of several trainings count
        widths, rate = (40, 9, 5), 0.02

        def batches(self, n: int) -> list[Any]:
            return super().batches(n)[: n // 2]

    results = {}
    for module in (Dying(), Half()):
        reseed(SEED)
        results[type(module).__name__] = dict(mlp_clauses.play(module, SEED))["training-1"]
    assert results["Dying"] == "passed"
    assert "the samples that were used" in str(results["Half"])


def test_the_chinese_features_judge_alike() -> None:
    for module in (Right(), CATALOGUE["bias-summed-to-one-number"].module):
        results = []
        for language in ("", "zh-CN"):
            reseed(SEED)
            found = mlp_clauses.play(module, SEED, language=language)
            results.append([(tag, isinstance(result, Exception)) for tag, result in found])
        assert results[0] == results[1]


def test_a_declaration_that_contradicts_the_numbers_fails() -> None:
    class Declared(Right):
        def declared(self) -> dict[str, Any]:
            return {"loss": "cross-entropy", "hidden": "tanh"}

    reseed(SEED)
    results = dict(mlp_clauses.play(Declared(), SEED))
    assert "tanh" in str(results["output-3"])
    assert isinstance(results["output-3"], Exception)
