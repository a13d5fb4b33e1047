"""Run the known mistakes and write the clauses that each turns red: nnkata/katas/article/misconceptions/turns_red.toml.

    python scripts/turns_red.py                       # all of them, about 12 CPU minutes
    python scripts/turns_red.py --clause backward-14  # a new clause: only its column
    python scripts/turns_red.py --mistake ascent      # a new mistake: only its row

Each mistake is run with DRAWS draws of its random numbers: a clause that is red in all of them is `always` red, else
`sometimes`. A run changes nothing else; review the difference before you commit it.
"""

import json
import sys
import tempfile
from collections import Counter
from collections.abc import Collection
from pathlib import Path

import click

from nnkata.features.tags import SOURCE
from nnkata.katas.article.misconceptions import CATALOGUE
from nnkata.katas.article.misconceptions.catalogue import MATRIX
from nnkata.katas.article.misconceptions.right import reseed
from nnkata.misconceptions import Misconception
from nnkata.places import tagged
from nnkata.registry import current as kata
from nnkata.runner.prepared import Prepared
from nnkata.runner.run import judge, known_clauses
from nnkata.runner.settings import Settings
from nnkata.runner.submission.facts import Facts
from nnkata.subject.inprocess import subject_of
from nnkata.verdict import Verdict

ROOT = Path(__file__).resolve().parents[1]
RIGHT = ROOT / "solutions" / "correct" / "plain.py"
#: Random weights decide some clauses: three draws find nine in ten of those that are red half of the time.
DRAWS = 3
HEAD = """\
# Made by scripts/turns_red.py: the clauses that each known mistake turns red, always or as its random numbers fall.
"""


def verdict_of(entry: Misconception, only: Collection[str], seed: int) -> Verdict:
    """The verdict on a mistake: on its text, or on its network in memory."""
    if entry.source is not None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "network.py")
            path.write_text(entry.source(RIGHT.read_text(encoding="utf-8")), encoding="utf-8")
            return judge(Settings(str(path), seed=seed, only=frozenset(only), first_failure=False))
    reseed(seed)
    settings = Settings("in memory", isolation="none", seed=seed, only=frozenset(only))
    subject = subject_of(entry.module, kata().class_name)
    return judge(settings, prepared=Prepared(settings, subject, Facts(settings, None), subject.transport))


def row(entry: Misconception, only: Collection[str]) -> dict[str, list[str]]:
    """The clauses among `only` that a mistake turns red."""
    draws = 1 if entry.source is not None else DRAWS
    red = Counter(failure.clause for draw in range(draws) for failure in verdict_of(entry, only, 20 + draw).failures)
    found = {"always": [tag for tag in red if red[tag] == draws], "sometimes": [tag for tag in red if red[tag] < draws]}
    return {when: clauses for when, clauses in found.items() if clauses}


def written(rows: dict[str, dict[str, list[str]]], order: list[str]) -> str:
    """The matrix as text, clauses in the contract's order."""
    lines = [HEAD]
    for name in CATALOGUE:
        lines.append(f"[{name}]")
        for when, clauses in rows.get(name, {}).items():
            lines.append(f"{when} = {json.dumps(sorted(clauses, key=order.index))}")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


@click.command()
@click.option("--clause", "columns", multiple=True, help="Only this clause.")
@click.option("--mistake", "names", multiple=True, type=click.Choice(list(CATALOGUE)), help="Only this mistake.")
def main(columns: tuple[str, ...], names: tuple[str, ...]) -> None:
    """Write the matrix anew, or a part of it."""
    clauses = {clause.tag: clause for clause in known_clauses()}
    order = list(clauses)
    if unknown := set(columns) - set(order):
        raise click.UsageError(f"there is no clause {', '.join(sorted(unknown))}")
    # clauses that need more than the bundled data do not run here and stay unchanged
    part = {tag for tag in columns or order if kata().full_tag not in clauses[tag].tags}
    textual = {clauses[tag].stage for tag in tagged(SOURCE)}
    text = {tag for tag in order if clauses[tag].stage in textual}
    rows = {e.name: {"always": list(e.clauses), "sometimes": list(e.sometimes)} for e in CATALOGUE.values()}
    for number, name in enumerate(names or CATALOGUE, 1):
        entry = CATALOGUE[name]
        asked = part & text if entry.source is not None else part - text
        kept = {when: [tag for tag in old if tag not in part] for when, old in rows[name].items()}
        found = row(entry, asked) if asked else {}
        rows[name] = {when: [*kept[when], *found.get(when, [])] for when in kept}
        click.echo(f"{number}/{len(names or CATALOGUE)} {name}: {len(found.get('always', []))} red", err=True)
    MATRIX.write_text(written({n: {w: c for w, c in r.items() if c} for n, r in rows.items()}, order), encoding="utf-8")
    click.echo(f"Written: {MATRIX.relative_to(ROOT)}")


if __name__ == "__main__":
    sys.exit(main())
