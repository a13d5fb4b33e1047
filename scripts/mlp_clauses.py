"""Writes the clauses that each known mistake of the kata `mlp` turns red to clauses.toml, from runs in this process.

`always` are those that are red with every seed and every network tried, `sometimes` those with some of them only, and
those of a training for a mistake of an earlier stage: whether it shows there depends on the network's rate and batches.
Run it after a change to a clause or a misconception; `tests/mlp/test_mlp_misconceptions.py` checks the file.
"""

import argparse
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from nnkata.features.bdd import step_patterns
from nnkata.features.clause import Clause
from nnkata.features.gherkin import clauses
from nnkata.katas.mlp import KATA, STAGES
from nnkata.katas.mlp.misconceptions import CATALOGUE
from nnkata.katas.mlp.misconceptions.catalogue import Named
from nnkata.katas.mlp.misconceptions.right import Right, reseed
from nnkata.katas.mlp.world import World
from nnkata.steps.compare import Mismatch
from nnkata.steps.definitions import Skipped
from nnkata.subject import Raised, Subject
from nnkata.subject.inprocess import subject_of

TOP = Path(__file__).resolve().parents[1]
FILE = TOP / "nnkata/katas/mlp/misconceptions/clauses.toml"
SEEDS = (1, 2, 3)
#: Stages whose clauses run on a variant of a mistake: a variant has no step of its own.
ASKED = ("parameters", "output", "gradients", "batches")
#: The stage whose clauses judge what the mistakes of earlier stages come to in the end.
LAST = "training"
#: The outcome of a clause: passed, skipped, or the failure.
Result = str | Exception


@cache
def known(language: str = "") -> tuple[Clause, ...]:
    """All clauses, in a language's features."""
    return tuple(clauses([TOP / "features/mlp" / language / f"{stage}.feature" for stage in STAGES]))


@cache
def _step(kind: str, text: str) -> Any:
    steps = _patterns()
    return next(s for s in steps if s.type in (kind, None) and s.parser.is_matching(text))


@cache
def _patterns() -> list[Any]:
    return list(step_patterns(map(import_module, KATA.steps)))


def play(module: Any, seed: int, judged: Any = None, language: str = "") -> Iterator[tuple[str, Result]]:
    """The outcome of each clause with this module."""
    return played(subject_of(module, ""), seed, judged, language)


def played(subject: Subject, seed: int, judged: Any = None, language: str = "") -> Iterator[tuple[str, Result]]:
    """The outcome of each clause with this subject."""
    for clause in known(language):
        if "slow" in clause.tags:
            continue
        world = World(subject, judged or SimpleNamespace(), seed, clause.tag)
        yield clause.tag, _played(clause, world)


def _played(clause: Clause, world: World) -> Result:
    try:
        for step in clause.parsed:
            found = _step(step.kind or "given", step.text)
            found.step_func(world, **found.parser.parse_arguments(step.text))
    except Skipped as reason:
        return f"skipped: {reason}"
    except (Mismatch, Raised) as error:
        return error
    return "passed"


def failures(module: Any, seed: int) -> dict[str, Exception]:
    """The clauses that are red."""
    reseed(seed)
    return {tag: result for tag, result in play(module, seed) if isinstance(result, Exception)}


def names(error: Exception) -> frozenset[str]:
    """The mistakes that a failure names."""
    evidence = error.evidence if isinstance(error, Mismatch) else None
    return evidence.names - {""} if isinstance(evidence, Named) else frozenset()


def unbiased(module: Any) -> Any:
    """The same module without biases, in which a mistake may turn fewer clauses red."""

    class Unbiased(type(module)):  # type: ignore[misc]  # a class computed here
        def parameters(self, net: Any) -> Any:
            return super().parameters(net)[::2]

        def gradients(self, net: Any, x: Any, y: Any) -> Any:
            return super().gradients(net, x, y)[::2]

    return Unbiased()


def table() -> str:
    """The file's text."""
    lines = [f"# Made by {Path(__file__).name}: the clauses that each mistake turns red. Do not edit.", ""]
    for name, entry in CATALOGUE.items():
        runs = [set(failures(entry.module, seed)) for seed in SEEDS]
        others = [unbiased(entry.module), *(other() for other in getattr(entry.module, "variants", ()))]
        reds = [set(failures(other, SEEDS[0])) for other in others]
        fewer = [red for red in ({tag for tag in one if tag.startswith(ASKED)} for one in reds) if red]
        always = {t for t in set.intersection(*runs) if not t.startswith(ASKED) or all(t in red for red in fewer)}
        if any(STAGES.index(t.rpartition("-")[0]) < STAGES.index(LAST) for t in always):
            always = {t for t in always if not t.startswith(LAST)}
        some = set.union(*runs, *fewer, *reds[1:])
        lines += [f"[{name}]", f"always = {_list(always)}", f"sometimes = {_list(some - always)}", ""]
    return "\n".join(lines)


def _list(tags: set[str]) -> str:
    order = [clause.tag for clause in known()]
    return "[" + ", ".join(f'"{tag}"' for tag in sorted(tags, key=order.index)) + "]"


def main() -> None:
    """Write the file, or with a name, print the outcomes of one mistake."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", nargs="?")
    name = parser.parse_args().name
    if name is None:
        FILE.write_text(table(), encoding="utf-8")
        return
    module = Right() if name == "right" else CATALOGUE[name].module
    reseed(1)
    for tag, result in play(module, 1):
        named = ", ".join(sorted(names(result))) if isinstance(result, Exception) else ""
        print(tag, named, str(result).replace("\n", " ")[:150])


if __name__ == "__main__":
    main()
