"""How often the right mistake is named where two were made at once, and how often a wrong one.

Pairs of catalogued mistakes that override different methods are put into one network; each red clause should be given
one of the two names, or none. A third name is a wrong one.
"""

import argparse
import inspect
import itertools
import json
import random
from collections import Counter
from pathlib import Path

from nnkata.files import write
from nnkata.katas.article.misconceptions import CATALOGUE
from nnkata.katas.article.misconceptions.catalogue import module_of, right_preprocess
from nnkata.katas.article.misconceptions.right import Right, reseed
from nnkata.katas.article.protocol import DEFAULT_CLASS
from nnkata.misconceptions import Misconception
from nnkata.runner.diagnosis import UNREPEATED
from nnkata.runner.prepared import Facts, Prepared
from nnkata.runner.run import judge, known_clauses
from nnkata.runner.settings import Settings
from nnkata.subject.inprocess import subject_of
from nnkata.verdict import Verdict

SEED = 20
#: What is about behaviour and is repeated on the mistakes.
TAGS = frozenset(c.tag for c in known_clauses() if c.stage not in ("typing", "from-scratch")) - UNREPEATED


def overridden(entry: Misconception) -> frozenset[str]:
    """The methods in which a mistake differs from the right network."""
    names: set[str] = set()
    for cls in inspect.getmro(entry.module.DeepNeuralNetwork):
        if cls not in inspect.getmro(Right):
            names |= {name for name in vars(cls) if not name.startswith("__") or name == "__init__"}
    return frozenset(names)


def pairs(count: int, seed: int) -> list[tuple[Misconception, Misconception]]:
    """So many pairs that do not get into each other's way, drawn with a seed."""
    entries = [
        e for e in CATALOGUE.values() if e.source is None and e.module.preprocess is right_preprocess and overridden(e)
    ]
    fit = [(a, b) for a, b in itertools.combinations(entries, 2) if not overridden(a) & overridden(b)]
    return random.Random(seed).sample(fit, count)


def judged(network: type) -> Verdict:
    """The verdict on a network in memory."""
    reseed(SEED)
    settings = Settings("in memory", isolation="none", seed=SEED, only=TAGS)
    subject = subject_of(module_of(network), DEFAULT_CLASS)
    return judge(settings, prepared=Prepared(settings, subject, Facts(settings, None), subject.transport))


def main() -> None:
    """Judge the pairs and write what they were called."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=100)
    parser.add_argument("--output", type=Path)
    arguments = parser.parse_args()
    rows: list[dict[str, object]] = []
    clauses: Counter[str] = Counter()
    first_named = 0
    for first, second in pairs(arguments.pairs, SEED):
        network = type("Both", (first.module.DeepNeuralNetwork, second.module.DeepNeuralNetwork), {})
        verdict = judged(network)
        named = {failure.clause: failure.misconception for failure in verdict.failures}
        own = {first.name, second.name}
        wrong = {clause: name for clause, name in named.items() if name not in (None, *own)}
        first_named += next(iter(named.values()), None) in own
        clauses.update("no name" if name is None else "own" if name in own else "wrong" for name in named.values())
        rows.append({"mistakes": sorted(own), "red": len(named), "wrong": wrong})
        print(f"{len(rows)}/{arguments.pairs}", *sorted(own), wrong or "", flush=True)
    result = {
        "seed": SEED,
        "pairs": len(rows),
        "first red clause named rightly": first_named,
        "pairs with a wrong name": sum(bool(row["wrong"]) for row in rows),
        "red clauses": dict(clauses),
        "wrong names": [row for row in rows if row["wrong"]],
    }
    text = json.dumps(result, indent=1)
    if arguments.output:
        write(arguments.output, (text + "\n").encode())
    print(text)


if __name__ == "__main__":
    main()
