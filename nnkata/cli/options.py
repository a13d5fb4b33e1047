"""Options that several commands share, and their conversion."""

import os
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import click
from click.shell_completion import CompletionItem

from nnkata.features.gherkin import clauses
from nnkata.language import _, later
from nnkata.places import feature_files
from nnkata.registry import current as kata
from nnkata.runner.settings import BUNDLED, ISOLATIONS
from nnkata.suggestions import meant

#: A command, or the function that becomes one.
FC = TypeVar("FC", bound=Callable[..., object] | click.Command)


class OneOf(click.Choice[str]):
    """One of some names; for an unknown one, the error names the closest.

    `word` stands for many names in the help of an option; a `Grouped` command lists them below its options.
    """

    def __init__(self, choices: Iterable[str], word: str = "") -> None:
        super().__init__(list(choices))
        self.word = word

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        """For the help."""
        return self.word or f"[{'|'.join(self.choices)}]"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter as error:
            raise click.BadParameter(
                error.message.rstrip(".。") + meant(str(value), self.choices), ctx, param
            ) from None


class Destination(click.Path):
    """A file or a folder to write. An empty name, as of a shell's unset variable, is refused: it means this folder."""

    def convert(
        self, value: "str | os.PathLike[str]", param: click.Parameter | None, ctx: click.Context | None
    ) -> "str | bytes | os.PathLike[str]":
        """The path.

        Raises:
            click.BadParameter: the name is empty.
        """
        if value == "":
            raise click.BadParameter(_("the name is empty"), ctx, param)
        return super().convert(value, param, ctx)


class Stage(OneOf):
    """A stage of the current kata, which is chosen after this module is imported."""

    def __init__(self) -> None:
        super().__init__((), "STAGE")

    @property
    def choices(self) -> tuple[str, ...]:
        """The stages."""
        return kata().stages

    @choices.setter
    def choices(self, given: Sequence[str]) -> None:
        """Ignored: the base class sets them once, and the kata may change."""


def complete_clause(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The clauses with this beginning, for a shell, each with its title."""
    found = [clause for clause in clauses(feature_files(None)) if clause.tag.startswith(incomplete)]
    return [CompletionItem(clause.tag, help=clause.name) for clause in found]


def complete_topic(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The stages and clauses with this beginning; where there are none, the mistakes."""
    stages = [CompletionItem(stage) for stage in kata().stages if stage.startswith(incomplete)]
    if found := [*stages, *complete_clause(ctx, param, incomplete)]:
        return found
    return [CompletionItem(name) for name in kata().catalogue() if name.startswith(incomplete)]


def complete_implementation(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The shell's own files and folders. No `click.Path`: a name may also be a module's."""
    return [CompletionItem(incomplete, type="file")]


#: `--clause CLAUSE`, repeatable, for the argument `clauses`.
clause_option = click.option(
    "--clause",
    "clauses",
    multiple=True,
    metavar="CLAUSE",
    shell_complete=complete_clause,
    help="Judge this clause only; repeatable.",
)

#: `--skip CLAUSE`, repeatable, for the argument `skipped`.
skip_option = click.option(
    "--skip",
    "skipped",
    multiple=True,
    metavar="CLAUSE",
    shell_complete=complete_clause,
    help="Leave this clause out; repeatable.",
)

#: `--laws`, for the argument `laws`.
laws_option = click.option(
    "--laws", is_flag=True, help="Leave out the clauses that rest on a choice of the text, not on mathematics."
)

stage_option = click.option("--stage", "stages", multiple=True, type=Stage(), help="Judge this stage only; repeatable.")
upto_option = click.option("--upto", type=Stage(), help="Judge the stages up to this one.")
data_option = click.option("--data", default=BUNDLED, help=kata().data_help)


def isolation_option(help: str, isolations: Sequence[str] = ISOLATIONS, default: str = "process") -> Callable[[FC], FC]:
    """`--isolation`, with this help text."""
    word = "WALL" if len(isolations) > 2 else ""
    return click.option("--isolation", type=OneOf(isolations, word), default=default, help=help)


def hint_option(help: str) -> Callable[[FC], FC]:
    """`--hint`, alone or with a number, for the argument `hints`."""
    return click.option("--hint", "hints", is_flag=False, flag_value=1, default=0, type=click.IntRange(0), help=help)


def with_hint_alone(args: Sequence[str]) -> list[str]:
    """The words of a command line, where --hint may precede the name: `--hint network.py` asks for one hint."""
    following = [*args[1:], ""][: len(args)]
    pairs = zip(args, following, strict=True)
    return [f"{word}=1" if word == "--hint" and not after.isdigit() else word for word, after in pairs]


#: The headings of a long help, each with the names of its options; all others are about the output.
HEADINGS = {
    later("Contract"): ("_kata", "stages", "upto", "clauses", "skipped", "laws", "features"),
    later("Submissions"): ("platform", "pattern", "roster", "force"),
    later("Run"): ("isolation", "data", "seed", "epochs", "rate", "jobs", "scheduler"),
}


class Grouped(click.Command):
    """A command whose many options stand under headings, and whose long lists of values stand once, below them."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The lists for --help."""
        params = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        options = {param: record for param in params if (record := param.get_help_record(ctx))}
        for heading, names in HEADINGS.items():
            rows = [options.pop(param) for param in list(options) if param.name in names]
            if rows:
                with formatter.section(_(heading)):
                    formatter.write_dl(rows)
        with formatter.section(_("Output")):
            formatter.write_dl(list(options.values()))
        kinds = [param.type for param in params if isinstance(param.type, OneOf) and param.type.word]
        if values := {kind.word: ", ".join(kind.choices) for kind in kinds}:
            with formatter.section(_("Values")):
                formatter.write_dl(list(values.items()))


class Hinting(click.Command):
    """A command in which --hint may precede the name."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words."""
        return super().parse_args(ctx, with_hint_alone(args))


def seed_option(help: str) -> Callable[[FC], FC]:
    """`--seed`, with this help text."""
    return click.option("--seed", type=click.IntRange(0), help=help)
