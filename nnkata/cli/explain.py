"""`nnkata explain CLAUSE`: the demand of a clause and its reason, with a hint on request."""

import contextlib
import re
import shlex
import sys
from collections.abc import Callable, Sequence

import click

from nnkata.cli.options import Hinting, complete_topic, hint_option
from nnkata.cli.translations import kata_option, language_option
from nnkata.explanations import Explanation, explanation
from nnkata.features.clause import Clause
from nnkata.language import _, carried
from nnkata.latest_results import last
from nnkata.misconceptions import Misconception
from nnkata.registry import current as kata
from nnkata.registry import option
from nnkata.reports.failure import to_read
from nnkata.reports.formats.text import screenful
from nnkata.reports.width import columns, flow, line_width, on_screen, wrap
from nnkata.runner.run import known_clauses
from nnkata.runner.settings import UnknownClause
from nnkata.texts import labelled

DONE, UNKNOWN = 0, 2
#: The fewest characters of a word by which clauses are looked for, and the most clauses that are listed.
LEAST, MOST = 2, 12


@click.command(name="explain", cls=Hinting)
@click.argument("name", metavar="[CLAUSE]", required=False, shell_complete=complete_topic)
@hint_option("Show this many hints.")
@kata_option
@language_option
@click.pass_context
def command(ctx: click.Context, name: str | None, hints: int) -> None:
    """Explain CLAUSE: its demand, the mathematics with its shapes, an example, the text to read.

    On a terminal it asks you the question first, and answers when you press Return. --hint gives a first hint, --hint 2
    a second one; none gives the line itself. A stage's name lists its clauses; no name at all lists the stages.

    The name of a mistake, as in a verdict, lists the clauses that it fails. Any other word lists the clauses about it.

    Exit status: 0, or 2 if there is no such clause.
    """
    ctx.with_resource(on_screen())
    known = known_clauses()
    if name is None:
        click.echo("\n".join(listed(known)))
        ctx.exit(DONE)
    found = next((clause for clause in known if clause.tag == name), None)
    if found is None and name in kata().stages:
        for clause in known:
            if clause.stage == name:
                click.echo("\n".join(_listed(clause)))
        click.echo(
            "\n" + _("One of them in full: {command}").format(command=carried(f"nnkata explain {name}-1{option()}"))
        )
        ctx.exit(DONE)
    catalogue = kata().catalogue()
    if found is None and name in catalogue:
        click.echo("\n".join(mistaken(catalogue[name], hints)))
        ctx.exit(DONE)
    if found is None:
        unknown = UnknownClause([name], [*kata().stages, *(clause.tag for clause in known), *catalogue])
        lines = wrap(f"nnkata: {unknown}", line_width(), "", "  ")
        click.echo("\n".join([*lines, *(_about(name, known) or _stages())]), err=True)
        ctx.exit(UNKNOWN)
    if hints == 0 and sys.stdin.isatty() and sys.stdout.isatty():
        ask(found)
    click.echo("\n".join(explained(found, hints)))
    ctx.exit(DONE)


def listed(known: Sequence[Clause]) -> list[str]:
    """The stages, each with its first and last clause, and the next command."""
    lines = []
    for stage in kata().stages:
        tags = [clause.tag for clause in known if clause.stage == stage]
        if tags:
            span = _("{first} to {last}") if len(tags) > 1 else "{first}"
            lines.append(f"  {stage:<16} " + span.format(first=tags[0], last=tags[-1]))
    return [
        *lines,
        "",
        _("The clauses of a stage: {command}").format(command=carried(f"nnkata explain {kata().stages[0]}{option()}")),
        _("One of them in full: {command}").format(command=carried(f"nnkata explain {known[0].tag}{option()}")),
    ]


def about(word: str, known: Sequence[Clause]) -> list[Clause]:
    """The clauses with a word that begins so in their names, else in their steps, else in their explanations."""
    stem = word if word.endswith("ss") else word.removesuffix("s")
    begins = re.compile(r"(?<![a-z])" + re.escape(stem), re.IGNORECASE)
    texts: tuple[Callable[[Clause], str], ...] = (lambda clause: clause.name, _in_steps, _in_explanation)
    found = ([clause for clause in known if begins.search(text(clause))] for text in texts)
    return next(filter(None, found), []) if len(word) >= LEAST else []


def _in_steps(clause: Clause) -> str:
    return "\n".join(clause.steps)


def _in_explanation(clause: Clause) -> str:
    topic = explanation(clause.tag)
    return f"{topic.mathematics}\n{topic.example}" if topic else ""


def _about(word: str, known: Sequence[Clause]) -> list[str]:
    found = about(word, known)
    if not found:
        return []
    more = [_("And {count} more.").format(count=len(found) - MOST)] if len(found) > MOST else []
    full = _("One of them in full: {command}").format(command=carried(f"nnkata explain {found[0].tag}{option()}"))
    return [_("The clauses about it:"), *(line for clause in found[:MOST] for line in _listed(clause)), *more, "", full]


def _stages() -> list[str]:
    text = _("The stages, each with its clauses by nnkata explain STAGE: {stages}")
    return _wrapped(text.format(stages=", ".join(kata().stages)))


def _listed(clause: Clause) -> list[str]:
    return wrap(clause.name, line_width(), f"  {clause.tag:<18} ", " " * 21)


def mistaken(entry: Misconception, hints: int) -> list[str]:
    """The lines about a mistake: its description, the clauses that it fails, the text to read."""
    formula = _(entry.formula)
    lines = [*wrap(f"{entry.name}: {_(entry.mistake)}", line_width(), "", "  "), *_wrapped(formula, _("Formula:"))]
    lines += ["", *_wrapped(", ".join(entry.clauses), _("It fails:")), *_wrapped(to_read(entry.read), _("To read:"))]
    if hints:
        return [*lines, *_wrapped(_(entry.hint), _("Hint:"))]
    command = carried(f"nnkata explain {entry.clauses[0]}{option()}")
    return [*lines, _("One of them in full: {command}").format(command=command)]


def ask(clause: Clause) -> None:
    """The clause as a question, answered on Return."""
    topic = explanation(clause.tag)
    if topic is None:
        return
    click.echo("\n".join(wrap(f"{clause.tag}: {clause.name}", line_width(), "", "  ")))
    question = flow(topic.ask) or _("What would you do so that this holds? Say it to yourself first.")
    click.echo("\n".join(["", *_wrapped(question)]))
    click.echo("\n" + _("Return shows the explanation."), nl=False)
    with contextlib.suppress(EOFError):
        input()
    click.echo()


def explained(clause: Clause, hints: int) -> list[str]:
    """The lines of an explanation, shortened for a screen where possible; with `hints`, the hints alone."""
    title = wrap(f"{clause.tag}: {clause.name}", line_width(), "", "  ")
    topic = explanation(clause.tag)
    if topic is None:
        return [*title, "", *_steps(clause, tables=True)]
    if hints:
        return [*title, *_hints(clause, topic, hints)]
    close = [*_wrapped(to_read(topic.read), _("To read:")), *_hints(clause, topic, hints)]
    for blank, tables, gap in (([""], True, [""]), ([], True, [""]), ([], False, [""]), ([], False, [])):
        told = [*_wrapped(topic.mathematics), *blank, *_wrapped(topic.example, _("Example:"))]
        lines = [*title, *blank, *_steps(clause, tables), *gap, *told, *blank, *close]
        if len(lines) <= screenful():
            break
    return lines


def _steps(clause: Clause, tables: bool) -> list[str]:
    lines: list[str] = []
    for step in clause.steps:
        first, *table = step.split("\n")
        lines += wrap(first, line_width(), " " * 4, " " * 8)
        lines += [f"      {row}" for row in table] if tables else []
    for row in clause.examples:
        lines += wrap(", ".join(f"{name} = {value}" for name, value in row.items()), line_width(), " " * 8, " " * 10)
    return lines


def _hints(clause: Clause, topic: Explanation, hints: int) -> list[str]:
    lines: list[str] = []
    for hint in topic.hints[:hints]:
        lines += ["", *_wrapped(hint, _("Hint:"))]
    if hints < len(topic.hints):
        more = carried(f"nnkata explain {clause.tag} --hint" + (f" {hints + 1}" if hints else "") + option())
        return [*lines, "", (_("Another hint: {command}") if hints else _("A hint: {command}")).format(command=more)]
    text = _("That is all there is to say. Yours:")
    return [*lines, "", text, "  " + carried(f"nnkata check {_mine()} --clause {clause.tag}{option()}")]


def _mine() -> str:
    """The implementation that was checked last from here."""
    found = last()
    return shlex.quote(found.implementation) if found else kata().entry


def _wrapped(text: str, label: str = "") -> list[str]:
    indent = labelled(label, "") if label else ""
    return wrap(flow(text), line_width(), initial_indent=indent, subsequent_indent=" " * columns(indent))
