"""`nnkata explain CLAUSE`: what a clause asks for and why, with a hint on request."""

import click

from nnkata.cli.options import complete_topic, kata_option
from nnkata.cli.words import language_option
from nnkata.explanations import explanation
from nnkata.gherkin import Clause
from nnkata.kata import current as kata
from nnkata.kata import option
from nnkata.language import _
from nnkata.near import meant
from nnkata.reports.text import WIDTH, to_read
from nnkata.reports.width import columns, wrap
from nnkata.runner.run import known_clauses

DONE, UNKNOWN = 0, 2


@click.command(name="explain")
@click.argument("name", metavar="CLAUSE", shell_complete=complete_topic)
@click.option(
    "--hint", "hints", is_flag=False, flag_value=1, default=0, type=click.IntRange(0), help="Show this many hints."
)
@kata_option
@language_option
@click.pass_context
def command(ctx: click.Context, name: str, hints: int) -> None:
    """Explain CLAUSE: what it asks for, the mathematics with its shapes, an example, what to read.

    --hint gives a first hint, --hint 2 a second one; none is the line itself. A stage's name lists its clauses.

    Exit status: 0, or 2 where there is no such clause.
    """
    known = known_clauses()
    found = next((clause for clause in known if clause.tag == name), None)
    if found is None and name in kata().stages:
        for clause in known:
            if clause.stage == name:
                click.echo(f"  {clause.tag:<18} {clause.name}")
        click.echo("\n" + _("One of them in full: {command}").format(command="nnkata explain CLAUSE"))
        ctx.exit(DONE)
    if found is None:
        text = _("there is no clause {unknown}; clauses are named like {example}")
        text = text.format(unknown=f"{name[:60]!a}", example=known[0].tag)
        text += meant(name, [*kata().stages, *(clause.tag for clause in known)])
        click.echo(f"nnkata: {text}", err=True)
        text = _("The stages, each with its clauses by nnkata explain STAGE: {stages}")
        click.echo("\n".join(_wrapped(text.format(stages=", ".join(kata().stages)))), err=True)
        ctx.exit(UNKNOWN)
    click.echo("\n".join(explained(found, hints)))
    ctx.exit(DONE)


def explained(clause: Clause, hints: int) -> list[str]:
    """The lines of an explanation."""
    lines = [*wrap(f"{clause.tag}: {clause.name}", WIDTH, "", "  "), ""]
    for step in clause.steps:
        first, *table = step.split("\n")
        lines += [*wrap(first, WIDTH, " " * 4, " " * 8), *(f"      {row}" for row in table)]
    for row in clause.examples:
        lines += wrap(", ".join(f"{name} = {value}" for name, value in row.items()), WIDTH, " " * 8, " " * 10)
    lines.append("")
    topic = explanation(clause.tag)
    if topic is None:
        return lines
    lines += [*_wrapped(topic.mathematics), "", *_wrapped(topic.example, _("Example:")), ""]
    lines += _wrapped(to_read(topic.read), _("To read:"))
    for hint in topic.hints[:hints]:
        lines += ["", *_wrapped(hint, _("Hint:"))]
    if hints < len(topic.hints):
        more = f"nnkata explain {clause.tag} --hint" + (f" {hints + 1}" if hints else "") + option()
        lines += ["", (_("Another hint: {command}") if hints else _("A hint: {command}")).format(command=more)]
    else:
        text = _("That is all there is to say. Yours: {command}")
        lines += ["", text.format(command=f"nnkata check FILE --clause {clause.tag}{option()}")]
    return lines


def _wrapped(text: str, label: str = "") -> list[str]:
    indent = f"{label} " if label else ""
    return wrap(" ".join(text.split()), WIDTH, initial_indent=indent, subsequent_indent=" " * columns(indent))
