"""`nnkata explain CLAUSE`: what a clause asks for and why, with a hint on request."""

import textwrap

import click

from nnkata.cli.options import complete_topic
from nnkata.explanations import explanation
from nnkata.gherkin import Clause
from nnkata.protocol import STAGES
from nnkata.reports.text import PARTS, WIDTH
from nnkata.runner.run import known_clauses

DONE, UNKNOWN = 0, 2


@click.command(name="explain")
@click.argument("name", metavar="CLAUSE", shell_complete=complete_topic)
@click.option("--hint", "hints", is_flag=False, flag_value=1, default=0, type=click.IntRange(0), help="So many hints.")
@click.pass_context
def command(ctx: click.Context, name: str, hints: int) -> None:
    """Explain CLAUSE, like backward-3: what it asks for, the mathematics with its shapes, an example, what to read.

    --hint gives a first hint, --hint 2 a second one; none is the line itself. A stage's name lists its clauses.

    Exit status: 0, or 2 where there is no such clause.
    """
    known = known_clauses()
    found = next((clause for clause in known if clause.tag == name), None)
    if found is None and name in STAGES:
        for clause in known:
            if clause.stage == name:
                click.echo(f"  {clause.tag:<18} {clause.name}")
        click.echo("\nOne of them in full: nnkata explain CLAUSE")
        ctx.exit(DONE)
    if found is None:
        click.echo(f"nnkata: there is no clause {name[:60]!a}; clauses are named like backward-3", err=True)
        click.echo(f"The stages, each with its clauses by nnkata explain STAGE: {', '.join(STAGES)}", err=True)
        ctx.exit(UNKNOWN)
    click.echo("\n".join(explained(found, hints)))
    ctx.exit(DONE)


def explained(clause: Clause, hints: int) -> list[str]:
    """The lines of an explanation."""
    lines = [f"{clause.tag}: {clause.name}", ""]
    lines += [f"    {line}" for step in clause.steps for line in step.split("\n")]
    for row in clause.examples:
        lines.append("        " + ", ".join(f"{name} = {value}" for name, value in row.items()))
    lines.append("")
    topic = explanation(clause.tag)
    if topic is None:
        return lines
    lines += [*_wrapped(topic.mathematics), "", *_wrapped(topic.example, "Example: "), ""]
    lines += _wrapped(f"the article, {PARTS[topic.read]}", "To read: ")
    for hint in topic.hints[:hints]:
        lines += ["", *_wrapped(hint, "Hint: ")]
    if hints < len(topic.hints):
        more = f"--hint {hints + 1}" if hints else "--hint"
        lines += ["", f"{'Another' if hints else 'A'} hint: nnkata explain {clause.tag} {more}"]
    else:
        lines += ["", f"That is all there is to say. Yours: nnkata check FILE --clause {clause.tag}"]
    return lines


def _wrapped(text: str, label: str = "") -> list[str]:
    text = label + " ".join(text.split())
    return textwrap.wrap(text, WIDTH, subsequent_indent=" " * len(label), break_on_hyphens=False)
