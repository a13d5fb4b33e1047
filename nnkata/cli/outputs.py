"""`--format` and `--output`: the file of each format; no file keeps the result of an earlier run."""

import os
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

import click

from nnkata.cli.failures import heard, say
from nnkata.cli.options import Grouped, OneOf, with_hint_alone
from nnkata.errors import UsageError
from nnkata.files import write as write_file
from nnkata.language import _, reason
from nnkata.reports.formats import EXTENSIONS, FORMATS, NEEDS, failed
from nnkata.reports.unjudged import Unjudged

#: A format and its file; None is the screen.
Wanted = list[tuple[str, Path | None]]
#: The key under which the parsed pairs wait for the command.
META = "nnkata.outputs"
FORMAT, OUTPUT = "--format", "--output"
#: Endings of files to which no report is written, beside those of other formats.
SOURCES = (".py", ".ipynb", ".feature", ".toml", ".yml", ".yaml", ".npz")


class Form(OneOf):
    """The name of a format, or NAME=FILE."""

    def __init__(self) -> None:
        super().__init__(FORMATS, "FORMAT")

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The unchanged text, if the name is a format."""
        super().convert(str(value).partition("=")[0], param, ctx)
        return str(value)

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        """For the help."""
        return f"{self.word}[=FILE]"


class Reporting(Grouped):
    """A command with `--format` and `--output`: their order counts, and their files report a wrong command line too."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Keep the two options in the order of the command line."""
        given, args = list(_scanned(args)), with_hint_alone(args)
        try:
            rest = super().parse_args(ctx, args)
            ctx.meta[META] = given
        except click.UsageError as error:
            _report(given, error.format_message())
            raise
        return rest


def report(arguments: Sequence[str], why: str) -> None:
    """Write the reason why nothing is judged to the files and the screen that a wrong command line asks for."""
    _report([*_scanned(arguments)], why)


def _report(given: Sequence[tuple[str, str]], why: str) -> None:
    Outputs(sure(given)).failed(Unjudged(why))


def _scanned(args: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each of the two options with its value, in the order of the command line."""
    words = iter(args)
    for word in words:
        if word == "--":
            return
        name, equals, value = word.partition("=")
        if name in (FORMAT, OUTPUT):
            yield name, value if equals else next(words, "")


def paired(given: Sequence[tuple[str, str]]) -> Wanted:
    """Each format with its file: an output belongs to the format before it.

    With one of each, or no format (which means text), their order does not matter.

    Raises:
        UsageError: a file has no format, a format has two files, two formats go to the screen or to one file, a file
            has the ending of another format, or a format needs a missing package.
    """
    wanted: Wanted = []
    early: list[Path] = []
    for option, value in given:
        if option == FORMAT:
            form, equals, file = value.partition("=")
            if equals and not file:
                raise UsageError(
                    _("--format {form}= names no file; say --format {form}=FILE, or leave out the =").format(form=form)
                )
            wanted.append((form, Path(file) if file else None))
        elif not wanted:
            early.append(Path(value))
        elif wanted[-1][1] is None:
            wanted[-1] = wanted[-1][0], Path(value)
        else:
            text = _("--output {file} belongs to no --format: {form} has {other}; say --format FORM={file}")
            raise UsageError(text.format(file=value, form=wanted[-1][0], other=wanted[-1][1]))
    wanted = wanted or [("text", None)]
    if early:
        if len(early) > 1 or len(wanted) > 1 or wanted[0][1] is not None:
            text = _("--output {file} stands before any --format; say --format FORM={file}")
            raise UsageError(text.format(file=early[0]))
        wanted = [(wanted[0][0], early[0])]
    _check(wanted)
    return wanted


def _check(wanted: Wanted) -> None:
    shown = [form for form, file in wanted if file is None]
    if len(shown) > 1:
        text = _("{forms} would all go to the screen, which takes one; give the others a file: --format {form}=FILE")
        raise UsageError(text.format(forms=", ".join(shown), form=shown[0]))
    files: dict[str, str] = {}
    for form, file in wanted:
        if file is not None:
            _suits(form, file)
            if other := files.get(os.path.realpath(file)):
                text = _("two --output name the same file, {file}: {form} and {other}")
                raise UsageError(text.format(file=file, form=other, other=form))
            files[os.path.realpath(file)] = form
        if form in NEEDS and find_spec(NEEDS[form]) is None:
            needed = _("--format {form} needs the extra `{form}` (pip install 'nnkata[{form}]'): {error}")
            raise UsageError(needed.format(form=form, error=_("there is no module {name}").format(name=NEEDS[form])))


def _suits(form: str, file: Path) -> None:
    """Whether a file can hold that format.

    Raises:
        UsageError: its ending is another format's, it is a folder, or its folder does not exist.
    """
    ending = file.suffix.lower()
    known = {each for endings in EXTENSIONS.values() for each in endings} | {*SOURCES}
    if ending in known and ending not in EXTENSIONS[form]:
        others = [name for name, endings in EXTENSIONS.items() if ending in endings]
        fits = _("; {ending} is for {forms}").format(ending=ending, forms=", ".join(others)) if others else ""
        text = _("--output {file} contradicts --format {form}, whose files end in {endings}{fits}")
        endings = ", ".join(EXTENSIONS[form])
        raise UsageError(text.format(file=file, form=form, endings=endings, fits=fits))
    if file.is_dir():
        raise UsageError(_("--output {file} is a folder; name a file in it").format(file=file))
    if not Path(os.path.realpath(file)).parent.is_dir():
        raise UsageError(_("--output {file}: there is no folder {folder}").format(file=file, folder=file.parent))


def sure(given: Sequence[tuple[str, str]]) -> Wanted:
    """The format and file pairs that fit, from a command line that may be wrong elsewhere."""
    if [option for option, _value in given] == [OUTPUT]:
        given = [(FORMAT, "text"), *given]
    found: dict[Path, str] = {}
    for number, (option, value) in enumerate(given):
        form, equals, own = value.partition("=")
        following = given[number + 1 : number + 2]
        target = own if equals else next((file for name, file in following if name == OUTPUT), "")
        if option == FORMAT and form in FORMATS and target:
            try:
                _suits(form, Path(target))
            except UsageError:
                continue
            found.setdefault(Path(target), form)
    shown = [value for option, value in given if option == FORMAT and value in FORMATS and value not in found.values()]
    return [*((form, file) for file, form in found.items()), *((form, None) for form in shown[:1] if len(shown) == 1)]


class Outputs:
    """The files of one run, each written whole or not at all, with this run's result or the reason why it has none."""

    def __init__(self, wanted: Wanted) -> None:
        self.wanted = wanted

    def begin(self, implementation: str) -> None:
        """Overwrite an earlier run's file: this run has not ended."""
        text = _("The run has begun and has not ended.")
        for form, file in self.wanted:
            if file is not None and file.is_file():
                self._write(form, failed(form, Unjudged(text, implementation)), file)

    def failed(self, trouble: Unjudged, screen: bool = True) -> None:
        """State in each format that nothing could be judged; for `text` on the screen, standard error suffices."""
        for form, file in self.wanted:
            if file is not None or (screen and form != "text"):
                self._write(form, failed(form, trouble), file)

    def write(self, make: Callable[[str, Path | None], str]) -> bool:
        """Make every report, then write each; return whether all could be written."""
        texts = [(form, make(form, file), file) for form, file in self.wanted]
        return not [file for form, text, file in texts if not self._write(form, text, file)]

    def _write(self, form: str, text: str, file: Path | None) -> bool:
        if file is None:
            # output for programs is always UTF-8; output for people is in their terminal's encoding
            try:
                click.echo(text if form == "text" else text.encode(), nl=False)
            except OSError as error:
                return heard(error)
            return True
        try:
            write_file(file, text.encode())
        except OSError as error:
            say(_("{path} cannot be written: {strerror}").format(path=file, strerror=reason(error)))
            return False
        return True
