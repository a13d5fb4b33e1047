"""The language of the commands' own words: their help, and click's messages about wrong options.

Here: the translation of click's own texts. Not here: a text of nnkata's own.
"""

import copy
import gettext
import inspect
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import click

from nnkata.errors import UsageError
from nnkata.language import FOLDER, LANGUAGES, VARIABLE, _, current, from_locale, later, named, use
from nnkata.project import kata_of, language_of
from nnkata.registry import DEFAULT
from nnkata.reports.width import columns, pad, wrap
from nnkata.texts import labelled

#: The messages of click that nnkata can cause; a pair if the text has a plural. A test compares them with click.
CLICK: tuple[str | tuple[str, str], ...] = (
    *("Usage:", "Options", "Commands", "Show this message and exit.", "Show the version and exit."),
    *("default: {default}", "required", "Aborted!"),
    *("Error: {message}", "Try '{command} {option}' for help."),
    *("Invalid value: {message}", "Invalid value for {param_hint}: {message}"),
    *("Missing argument", "Missing option", "Missing parameter", "Missing command.", "Choose from:\n\t{choices}"),
    *("No such option {name!r}.", "No such command {name!r}.", "Option {name!r} does not take a value."),
    *("{value!r} is not a valid {number_type}.", "{value} is not in the range {range}."),
    *("file", "directory", "path", "{name} {filename!r} does not exist.", "{name} {filename!r} is not readable."),
    *("{name} {filename!r} is a file.", "{name} {filename!r} is a directory."),
    ("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
    ("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    ("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
    ("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
)

#: The parts of a usage line, and click's names of the types of values, which it does not translate.
USAGE = (later("[OPTIONS]"), later("[COMMAND] [ARGS]..."), later("COMMAND [ARGS]..."))
TYPES = {
    "text": later("text"),
    "integer": later("integer"),
    "integer range": later("integer"),
    "float": later("number"),
    "float range": later("number"),
}


class Language(click.Choice[str]):
    """A language, by our name or by a locale's: `zh`, `zh_CN`."""

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Our name of the language."""
        return named(str(value)) or super().convert(value, param, ctx)


#: `--language`, of every command with output; `asked` has read it before the command is found.
language_option = click.option(
    "--language",
    type=Language(LANGUAGES),
    expose_value=False,
    help="Else NNKATA_LANGUAGE, the configuration, the locale.",
)


#: `--kata NAME`, of every command about a contract; `nnkata.cli` has read it before the command is found.
kata_option = click.option(
    "--kata",
    "_kata",
    expose_value=False,
    metavar="NAME",
    help="The contract; else the configured one, else article.",
)


def asked(arguments: Sequence[str]) -> str:
    """The language that `--language` names, at any place: it counts for an error about an option before it, too."""
    if given := next((name for name in map(named, values_of("--language", arguments)) if name), ""):
        return given
    if os.environ.get(VARIABLE):
        return from_locale()
    try:
        return language_of() or from_locale()
    except UsageError:  # the command that reads the configuration reports that
        return from_locale()


def asked_kata(arguments: Sequence[str]) -> str:
    """The kata that `--kata` names at any place; else that of the configuration, else the default."""
    if given := next(values_of("--kata", arguments), ""):
        return given
    try:
        return kata_of() or DEFAULT
    except UsageError:  # the command that needs it reports that
        return DEFAULT


def values_of(wanted: str, arguments: Sequence[str]) -> Iterator[str]:
    """The values of an option, before click reads it."""
    for before, argument in zip(("", *arguments), arguments, strict=False):
        option, _equals, value = argument.partition("=")
        if before == wanted or (option == wanted and value):
            yield value if option == wanted and value else argument


def speak(language: str) -> None:
    """Use this language from now on, also for click's messages and in child processes.

    click looks its texts up with gettext's own search, which takes the language from the environment.
    """
    use(language)
    gettext.bindtextdomain(gettext.textdomain(), str(FOLDER))
    os.environ["LANGUAGE"] = language.replace("-", "_")
    if VARIABLE in os.environ:
        os.environ[VARIABLE] = language


class Formatter(click.HelpFormatter):
    """Help wrapped by columns; click counts characters."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The usage line; no blank follows a colon of full width."""
        super().write_usage(prog, args, prefix or labelled(_("Usage:"), ""))

    def write_heading(self, heading: str) -> None:
        """The name of a list."""
        self.write(" " * self.current_indent + _("{heading}:").format(heading=heading) + "\n")

    def write_text(self, text: str) -> None:
        """The paragraphs."""
        indent = " " * self.current_indent
        lines = ["\n".join(wrap(paragraph, self.width, indent, indent)) for paragraph in text.split("\n\n")]
        self.write("\n\n".join(lines) + "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Names and their meanings in two columns; a long name gets a line of its own."""
        rows = list(rows)
        indent = " " * self.current_indent
        left = min(col_max, max(columns(name) for name, _text in rows)) + col_spacing
        for name, text in rows:
            fits = columns(name) + col_spacing <= left
            first = indent + pad(name, left) if fits else indent + " " * left
            lines = wrap(punctuated(text), self.width, first, indent + " " * left) or [indent + name]
            self.write("\n".join(lines if fits else [indent + name, *lines]) + "\n")


class Context(click.Context):
    """A context whose help is wrapped by columns."""

    formatter_class = Formatter


def translated(command: click.Command) -> click.Command:
    """The command with its help in the current language."""
    said = copy.copy(command)
    said.context_class = Context
    said.help, said.short_help = _text(command.help), _text(command.short_help)
    said.options_metavar = command.options_metavar and _(command.options_metavar)
    said.params = [_parameter(param) for param in command.params]
    if isinstance(said, click.Group):
        said.subcommand_metavar = _(said.subcommand_metavar)
        said.commands = {name: translated(each) for name, each in said.commands.items()}
    return said


def _parameter(parameter: click.Parameter) -> click.Parameter:
    said = copy.copy(parameter)
    if name := _type_name(parameter):
        said.type = copy.copy(said.type)
        said.type.name = name
    if isinstance(said, click.Option):
        said.help = _text(said.help)
        if isinstance(said.show_default, str):
            said.show_default = _(said.show_default)
    return said


def _type_name(parameter: click.Parameter) -> str:
    """The name of its type of values in the current language: click names a path in the language of the import."""
    kind = parameter.type
    if isinstance(kind, click.Path):
        name = "path" if kind.file_okay and kind.dir_okay else "file" if kind.file_okay else "directory"
    else:
        name = TYPES.get(kind.name, "")
    return _(name)


@contextmanager
def well_punctuated() -> Iterator[None]:
    """click's errors of usage with the punctuation of the current language: click joins their parts in English."""
    try:
        yield
    except click.exceptions.NoArgsIsHelpError:
        raise
    except click.UsageError as error:
        if current() != "zh-CN":
            raise
        raise click.UsageError(punctuated(error.format_message()), error.ctx) from None


def punctuated(text: str) -> str:
    """A text of click's with the punctuation of the current language between its parts."""
    if current() != "zh-CN":
        return text
    for english, chinese in (("', '", "'、'"), ("; ", "；"), ("。 ", "。"), ("'.", "'。")):
        text = text.replace(english, chinese)
    return text


def _text(text: str | None) -> str | None:
    return _(paragraphs(text)) if text else text


def paragraphs(text: str) -> str:
    """A docstring as paragraphs, one line each: line breaks are nothing to a translator."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in inspect.cleandoc(text).split("\n\n"))
