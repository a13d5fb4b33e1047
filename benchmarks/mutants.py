"""Mutants of correct implementations: is each one killed by the contract, and by which clause?

    python -m benchmarks.mutants [--file FILE] [--sample N] [--seeds 11 12 13] [--output FILE.json] [--own]

cosmic-ray mutates `reference/network.py` and `solutions/correct/plain.py` with every operator that needs no settings,
at every place; `operators.py` adds operators that it lacks. Mutants that change only an annotation or a printed line
are left out. Each mutant is judged in a worker with time limits up to its first failing clause: all cheap stages, then
`mnist`, then `typing`. The same clause has to kill it under the other seeds too, which reveals a kill by chance.

`UNKILLED` has to list each survivor with its reason. It is an error if a listed mutant is killed or no longer exists,
if a mutant is killed under some seeds only, or if the contract changes meanwhile.
"""

import argparse
import hashlib
import json
import random
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.mutation import ROOT, Mutant, mutants, sites
from benchmarks.operators import OWN
from benchmarks.survivors import FILES, GROUPS, UNKILLED, Name
from nnkata.katas.article import STAGES
from nnkata.runner.run import judge, known_clauses
from nnkata.runner.settings import Settings
from nnkata.subject import NotFound

#: The cheap stages come first; the others follow, one after the other, for a mutant that survives them.
ROUNDS = (frozenset(STAGES) - {"mnist", "typing"}, frozenset({"mnist"}), frozenset({"typing"}))
SEEDS = (11, 12, 13)


@dataclass(frozen=True)
class Result:
    """The fate of a mutant: the clause that killed it, with its status, or None.

    `differs` lists the other seeds with the opposite result; `kind` and `reason` are those of UNKILLED.
    """

    file: str
    line: int
    operator: str
    before: str
    after: str
    killed: str | None
    status: str | None
    differs: list[int]
    kind: str | None
    reason: str | None

    @property
    def sound(self) -> bool:
        """Killed and not listed, or listed and not killed."""
        return not self.differs and (self.killed is None) == (self.reason is not None)


def killer(text: str, seed: int, clauses: Iterable[str] | None = None) -> tuple[str, str] | None:
    """The first failing clause, of all or of some, and its status; None if the code passes.

    Each mutant has a folder of its own: in a shared folder, Python would run the bytecode of the previous one for a
    mutant of the same length that is written within the same second.
    """
    known = known_clauses()
    rounds = [[clause.tag for clause in known if clause.stage in stages] for stages in ROUNDS]
    with tempfile.TemporaryDirectory(prefix="nnkata-mutant-") as folder:
        path = Path(folder) / "network.py"
        path.write_text(text)
        for tags in rounds if clauses is None else [clauses]:
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore", SyntaxWarning)  # a mutant may compare with `is`
                    verdict = judge(Settings(str(path), seed=seed, only=frozenset(tags), first_failure=True))
            except NotFound:
                return "import", "error"
            if verdict.failures:
                return verdict.failures[0].clause, verdict.failures[0].status
    return None


def differs(text: str, found: tuple[str, str] | None, seed: int) -> bool:
    """Whether another seed gives the opposite: it kills a survivor in a cheap stage, or spares a killed mutant."""
    if found is None:
        return killer(text, seed, [clause.tag for clause in known_clauses() if clause.stage in ROUNDS[0]]) is not None
    if found[0] == "import":
        return False
    return killer(text, seed, found[:1]) is None and killer(text, seed) is None


def judged(chosen: Iterable[Mutant], seeds: tuple[int, ...] = SEEDS[:1]) -> Iterator[Result]:
    """Judge each mutant: all clauses under the first seed, and the relevant ones under the others."""
    for mutant in chosen:
        found = killer(mutant.text, seeds[0])
        other = [seed for seed in seeds[1:] if differs(mutant.text, found, seed)]
        group, (clause, status) = UNKILLED.get(mutant.name), found or (None, None)
        file, _, operator = mutant.name
        why = (group.kind, group.reason) if group else (None, None)
        yield Result(file, mutant.line, operator, mutant.before, mutant.after, clause, status, other, *why)


def fingerprint() -> str:
    """A checksum of the contract's files."""
    files = sorted([*(ROOT / "features").rglob("*.feature"), *(ROOT / "nnkata").rglob("*.py")])
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def stale(files: Iterable[str] = FILES) -> list[Name]:
    """The entries of UNKILLED without a mutant in these files."""
    made = {site.name for file in files for site in sites(file)}
    return sorted(name for name in UNKILLED if name not in made)


def stage(result: Result) -> str:
    """The stage that killed it, else its kind of survival."""
    return result.killed.rpartition("-")[0] or result.killed if result.killed else result.kind or "SURVIVED"


def tables(results: list[Result]) -> str:
    """Counts and reasons as Markdown."""
    counts = {file: Counter(stage(result) for result in results if result.file == file) for file in FILES}
    text = ["| first killed in | " + " | ".join(f"`{file}`" for file in FILES) + " |", "|---|---:|---:|"]
    for name in ("import", *STAGES, "equivalent", "outside", "SURVIVED"):
        if any(counts[file][name] for file in FILES):
            text.append(f"| {name} | " + " | ".join(str(counts[file][name]) for file in FILES) + " |")
    text.append("| **all** | " + " | ".join(str(sum(counts[file].values())) for file in FILES) + " |")
    for kind in ("equivalent", "outside"):
        text += ["", f"| line ({kind}) | mutants | why |", "|---|---:|---|"]
        for group in (group for group in GROUPS if group.kind == kind):
            line = group.line.replace("|", "\\|")  # a column ends at |
            text.append(f"| `{line}` | {group.mutants.count(',') + 1} | {group.reason} |")
    return "\n".join(text)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--file", choices=FILES, action="append", help="mutate this one alone")
    parser.add_argument("--own", action="store_true", help="the operators of our own alone")
    parser.add_argument("--sample", type=int, help="judge so many, drawn with a fixed seed, instead of all")
    parser.add_argument("--seeds", type=int, nargs="+", default=SEEDS)
    parser.add_argument("--output", type=Path)
    options = parser.parse_args()
    places_of = {
        file: [site for site in sites(file) if not options.own or site.operator.startswith(OWN)] for file in FILES
    }
    chosen = [mutant for file in options.file or FILES for mutant in mutants(file, places_of[file])]
    if options.sample:
        chosen = random.Random(SEEDS[0]).sample(chosen, options.sample)
    started, before, results = time.perf_counter(), fingerprint(), []
    for number, result in enumerate(judged(chosen, tuple(options.seeds)), 1):
        results.append(result)
        if not result.sound:
            place = f"{result.file}:{result.line} {result.operator}: {result.after}"
            print(f"{place}\n    killed by {result.killed}, otherwise under {result.differs}, listed: {result.reason}")
        if number % 50 == 0:
            print(f"{number} of {len(chosen)}, {time.perf_counter() - started:.0f} s", file=sys.stderr, flush=True)
    if fingerprint() != before:
        print("the contract was changed while this ran, so that it proves nothing")
        return 1
    unsound, gone = [result for result in results if not result.sound], stale()
    print(tables(results))
    print(f"\n{len(results)} mutants, {len(unsound)} unsound, stale entries: {gone}")
    if options.output:
        rows = ",\n".join(json.dumps(asdict(result), ensure_ascii=False) for result in results)
        options.output.write_text(f"[\n{rows}\n]\n")
    return 1 if unsound or gone else 0


if __name__ == "__main__":
    raise SystemExit(main())
