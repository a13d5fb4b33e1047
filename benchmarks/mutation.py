"""Makes the mutants of a file: each operator at each place."""

import ast
import difflib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

from benchmarks.operators import OWN, places
from benchmarks.survivors import Name

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Site:
    """A place where an operator makes a mutant, which is its `occurrence`-th in the file."""

    name: Name
    operator: str
    occurrence: int
    line: int


@dataclass(frozen=True)
class Mutant:
    """A changed file; before and after are the changed lines."""

    name: Name
    line: int
    before: str
    after: str
    text: str


def printed(source: str) -> set[int]:
    """The lines that only print."""
    lines: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        call = node.value if isinstance(node, ast.Expr) else None
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "print":
            lines |= set(range(call.lineno, (call.end_lineno or call.lineno) + 1))
    return lines


def unannotated(source: str) -> str:
    """The code without annotations and comments; if it is equal for two sources, they differ in types alone."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            node.returns = None
        elif isinstance(node, ast.arg):
            node.annotation = None
        elif isinstance(node, ast.AnnAssign):
            node.annotation = ast.Name("x")
    return ast.unparse(tree)


@cache
def sites(file: str) -> tuple[Site, ...]:
    """Every place of a file where an operator makes a mutant, in the order of operators."""
    source = (ROOT / file).read_text()
    lines, nodes = source.splitlines(), list(ast_nodes(get_ast(source)))
    found = []
    for operator in sorted(operator_names()):
        make = get_operator(operator)
        if make.arguments():  # VariableReplacer and VariableInserter need the name of a variable
            continue
        counts: Counter[str] = Counter()
        positions = [start for node in nodes for start, _ in make().mutation_positions(node)]
        for occurrence, (line, _) in enumerate(positions):
            text = lines[line - 1].partition("  #")[0].strip()
            counts[text] += 1
            short = operator.rpartition("Operator_")[2] if "Operator_" in operator else operator.rpartition("/")[2]
            found.append(Site((file, text, f"{short} {counts[text]}"), operator, occurrence, line))
    own: Counter[tuple[str, str]] = Counter()
    for occurrence, place in enumerate(places(source)):
        text = lines[place.line - 1].partition("  #")[0].strip()
        own[place.operator, text] += 1
        name = f"{place.operator} {own[place.operator, text]}"
        found.append(Site((file, text, name), OWN + place.operator, occurrence, place.line))
    return tuple(found)


def mutants(file: str, chosen: Iterable[Site] | None = None) -> Iterator[Mutant]:
    """The mutants of a file, or those of the chosen sites, without those of annotations and printed lines."""
    source = (ROOT / file).read_text()
    printing, original = printed(source), unannotated(source)
    for site in sites(file) if chosen is None else chosen:
        if site.line in printing:
            continue
        if site.operator.startswith(OWN):
            text = places(source)[site.occurrence].applied(source)
        else:
            text = mutate_code(source, get_operator(site.operator)(), site.occurrence)
        if unannotated(text) != original:
            yield Mutant(site.name, site.line, *_changed(source, text), text)


def _changed(source: str, text: str) -> tuple[str, str]:
    old, new = source.splitlines(), text.splitlines()
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            return " ".join(line.strip() for line in old[i1:i2]), " ".join(line.strip() for line in new[j1:j2])
    raise ValueError("nothing changed")
