"""Mutants of correct implementations: is each one killed by the contract, and by which clause?

    python benchmarks/mutants.py [--sample N] [--output benchmarks/results/mutants.json]

cosmic-ray makes the mutants of `reference/network.py` and `solutions/correct/plain.py`, every operator at every place;
those of annotations, docstrings and printed lines are left out, since they change nothing that a contract about
behaviour could see. Each mutant is judged until its first failing clause. A survivor has to stand in
`equivalent_mutants.json` with
the reason why it is as right as the original; an entry there that is killed, or that no mutant matches, is an error.
"""

import argparse
import ast
import difflib
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

from nnkata.protocol import STAGES
from nnkata.runner.run import judge, known_clauses
from nnkata.runner.settings import Settings
from nnkata.subject import NotFound

ROOT = Path(__file__).parents[1]
FILES = ("reference/network.py", "solutions/correct/plain.py")
#: Adding a variable that nothing reads changes nothing.
LEFT_OUT = ("core/VariableInserter", "core/VariableReplacer")
#: The cheap stages come first; a mutant that survives them meets the rest.
FIRST = frozenset(STAGES) - {"mnist", "typing"}
SEED = 11

#: Survivors that are as right as the original, by file and changed line: why.
EQUIVALENT = {
    (entry["file"], entry["after"]): entry["reason"]
    for entry in json.loads((ROOT / "benchmarks" / "equivalent_mutants.json").read_text())
}


@dataclass(frozen=True)
class Mutant:
    """One changed line of a file."""

    file: str
    operator: str
    line: int
    before: str
    after: str
    text: str


@dataclass(frozen=True)
class Result:
    """What became of a mutant: the clause that killed it, or None."""

    file: str
    operator: str
    line: int
    before: str
    after: str
    killed: str | None
    reason: str | None


def behaviourless(source: str) -> set[int]:
    """Lines that hold nothing but docstrings, annotations of signatures, imports of types, or prints."""
    lines: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        printing = (
            isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and ast.unparse(node.value.func) == "print"
        )
        text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if printing or text:
            first = int(getattr(node, "lineno", 0))
            lines |= set(range(first, int(getattr(node, "end_lineno", first)) + 1))
    return lines


def unannotated(source: str) -> str:
    """The code without annotations: two sources with the same one differ in types alone."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            node.returns = None
        elif isinstance(node, ast.arg):
            node.annotation = None
        elif isinstance(node, ast.AnnAssign):
            node.annotation = ast.Name("x")
    return ast.unparse(tree)


def mutants(file: str) -> Iterator[Mutant]:
    """All mutants of a file that are Python, differ from it and from each other in more than annotations and prints."""
    source = (ROOT / file).read_text()
    skipped, seen = behaviourless(source), {unannotated(source)}
    for name in sorted(set(operator_names()) - set(LEFT_OUT)):
        operator = get_operator(name)
        occurrence = 0
        while (text := mutate_code(source, operator(), occurrence)) is not None:
            occurrence += 1
            changed = _changed(source, text)
            try:
                code = unannotated(text)
            except SyntaxError:
                continue
            if changed is None or changed[0] in skipped or code in seen:
                continue
            seen.add(code)
            yield Mutant(file, name, *changed, text)


def _changed(source: str, text: str) -> tuple[int, str, str] | None:
    old, new = source.splitlines(), text.splitlines()
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            return i1 + 1, " ".join(line.strip() for line in old[i1:i2]), " ".join(line.strip() for line in new[j1:j2])
    return None


def killer(mutant: Mutant, folder: Path) -> str | None:
    """The first clause that the mutant does not pass; None if it passes all."""
    path = folder / "network.py"
    path.write_text(mutant.text)
    known = known_clauses()
    for stages in (FIRST, frozenset({"mnist"}), frozenset({"typing"})):
        only = frozenset(clause.tag for clause in known if clause.stage in stages)
        try:
            verdict = judge(Settings(str(path), seed=SEED, only=only, first_failure=True))
        except NotFound:
            return "import"
        if verdict.failures:
            return verdict.failures[0].clause
    return None


def judged(chosen: list[Mutant]) -> Iterator[Result]:
    """The mutants one after the other."""
    with tempfile.TemporaryDirectory() as folder:
        for mutant in chosen:
            killed = killer(mutant, Path(folder))
            reason = EQUIVALENT.get((mutant.file, mutant.after))
            yield Result(mutant.file, mutant.operator, mutant.line, mutant.before, mutant.after, killed, reason)


def all_mutants() -> list[Mutant]:
    """Of all files."""
    return [mutant for file in FILES for mutant in mutants(file)]


def stale(found: list[Mutant]) -> list[tuple[str, str]]:
    """Entries of EQUIVALENT that no mutant matches."""
    return sorted(set(EQUIVALENT) - {(mutant.file, mutant.after) for mutant in found})


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, help="judge so many, drawn with a fixed seed, instead of all")
    parser.add_argument("--output", type=Path)
    options = parser.parse_args()
    found = all_mutants()
    chosen = random.Random(SEED).sample(found, options.sample) if options.sample else found
    started, results = time.perf_counter(), []
    for number, result in enumerate(judged(chosen), 1):
        results.append(result)
        if result.killed is None or result.reason:
            print(f"{result.file}:{result.line} {result.before!r} -> {result.after!r}: {result.killed or 'SURVIVES'}")
        if number % 50 == 0:
            print(f"{number} of {len(chosen)}, {time.perf_counter() - started:.0f} s", file=sys.stderr, flush=True)
    open_ones = [result for result in results if result.killed is None and result.reason is None]
    wrong = [result for result in results if result.killed is not None and result.reason is not None]
    by_stage = Counter(
        (result.killed or "survived").rpartition("-")[0] or result.killed or "survived" for result in results
    )
    print(f"{len(results)} mutants; killed or survived by stage: {dict(by_stage)}")
    print(f"{len(open_ones)} survive without a reason, {len(wrong)} reasons are wrong, stale: {stale(found)}")
    if options.output:
        options.output.write_text(json.dumps([asdict(result) for result in results], indent=0) + "\n")
    return 1 if open_ones or wrong or stale(found) else 0


if __name__ == "__main__":
    raise SystemExit(main())
