"""Options that several commands share, and what they mean."""

from collections.abc import Sequence

import click
from click.shell_completion import CompletionItem

from nnkata.gherkin import Clause, clauses
from nnkata.katas.article.protocol import STAGES
from nnkata.language import _
from nnkata.runner.settings import UsageError, feature_files


def chosen(
    known: Sequence[Clause], stages: Sequence[str] = (), upto: str | None = None, names: Sequence[str] = ()
) -> frozenset[str] | None:
    """The clauses that --stage, --upto and --clause ask for together; None, which is all, where none is given.

    Raises:
        UsageError: there is no such clause, or what is asked for has none.
    """
    if unknown := sorted(set(names) - {clause.tag for clause in known}):
        raise UsageError(
            _("there is no clause {unknown}; clauses are named like backward-3").format(unknown=", ".join(unknown))
        )
    wanted = set(stages) | set(STAGES[: STAGES.index(upto) + 1] if upto else ())
    if not wanted and not names:
        return None
    tags = frozenset({clause.tag for clause in known if clause.stage in wanted} | set(names))
    if not tags:
        raise UsageError(_("no clause of these features belongs to {wanted}").format(wanted=", ".join(sorted(wanted))))
    return tags


def complete_clause(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The clauses that go on like this, for a shell, each with what it says."""
    found = [clause for clause in clauses(feature_files(None)) if clause.tag.startswith(incomplete)]
    return [CompletionItem(clause.tag, help=clause.name) for clause in found]


def complete_topic(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The stages and the clauses that go on like this."""
    stages = [CompletionItem(stage) for stage in STAGES if stage.startswith(incomplete)]
    return [*stages, *complete_clause(ctx, param, incomplete)]


def complete_implementation(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The shell's own files and folders: a name may also be a module's, so it is no `click.Path`."""
    return [CompletionItem(incomplete, type="file")]


#: `--skip CLAUSE`, as often as one likes, for the argument `skipped`.
skip_option = click.option(
    "--skip",
    "skipped",
    multiple=True,
    metavar="CLAUSE",
    shell_complete=complete_clause,
    help="Leave this clause out; repeatable.",
)
