"""The commands, one module each. Not here: anything that a function elsewhere could do."""

import atexit
import gc
import importlib
import os
import shlex
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from nnkata import registry
from nnkata.cli.failures import UNDONE, UNHEARD, fail, say, to_output
from nnkata.cli.groups import Helpful
from nnkata.cli.translations import (
    asked,
    asked_kata,
    kata_option,
    language_option,
    speak,
    translated,
    values_of,
    well_punctuated,
)
from nnkata.errors import NotJudged, UsageError
from nnkata.kata_faults import told
from nnkata.language import VARIABLE, _, from_locale, reason
from nnkata.language import named as language_named
from nnkata.project import kata_of, nearest, unknown
from nnkata.suggestions import meant
from nnkata.terminal import forgiving, opened, shows_chinese, unheard
from nnkata.worker.garbage import importing
from nnkata.worker.system import INTERRUPTS, ONE_THREAD

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

#: Commands by name, each imported on use. Their texts are translated like the help of a command.
COMMANDS = {
    "explain": "explain the demand of a clause and its reason, with hints",
    "init": "write a skeleton to fill in",
    "check": "check an implementation against the contract",
    "watch": "check again whenever the file is saved",
    "grade": "judge a folder of untrusted submissions",
    "marks": "write the marks of a batch for import into Moodle or Canvas",
    "compare": "compare several implementations, clause by clause",
    "export": "write a package for Gradescope, Exercism or PrairieLearn",
    "doctor": "list the walls, extras and browser of this machine",
    "completion": "print the completion script for bash, zsh or fish",
}

#: What other programs call a command of ours.
ELSEWHERE = {
    **dict.fromkeys(("hint", "hints"), "nnkata explain CLAUSE --hint"),
    **dict.fromkeys(("help", "man"), "nnkata --help"),
    **dict.fromkeys(("test", "run", "verify", "submit"), "nnkata check NAME"),
    **dict.fromkeys(("new", "create", "start"), "nnkata init FILE"),
    **dict.fromkeys(("status", "progress", "next"), "nnkata"),
    "version": "nnkata --version",
}


#: Options of `check` with which it may need no mypy.
PARTLY = frozenset(["--stage", "--upto", "--clause", "--features"])


def commands() -> dict[str, str]:
    """The commands and their texts: those of the kit and those of the current kata."""
    own = {name: command.text for name, command in registry.current().commands.items()}
    names = [*list(COMMANDS)[:4], *own, *list(COMMANDS)[4:]]  # for learners first, then for graders
    return {name: {**COMMANDS, **own}[name] for name in names}


def twice() -> str:
    """The message about commands of the current kata that have the names of ours; empty without any."""
    for name in COMMANDS.keys() & registry.current().commands.keys():
        text = _("the command {command} of the kata {name} is one of nnkata's own; rename it")
        return text.format(command=name, name=registry.current().name)
    return ""


def module_of(name: str) -> str:
    """The module of a command."""
    own = registry.current().commands
    return own[name].module if name in own else f"nnkata.cli.{name}"


def _start_early(arguments: Sequence[str]) -> None:
    """Start a process that a check needs: mypy's for a check of everything, else a worker if it is plain."""
    options = {word.partition("=")[0] for word in arguments}
    if arguments[:1] != ["check"] or options & {"--help", "-h"}:
        return
    if registry.current().protocols is not None and options.isdisjoint(PARTLY):
        from nnkata.runner.typecheck import servers

        servers.start()
    elif "--isolation" not in options:
        from nnkata import early_worker

        early_worker.start()


def _refuse(arguments: Sequence[str], why: str) -> NoReturn:
    """End before the command: its reports, if it is a check, state the reason, and no file keeps an earlier result."""
    say(why)
    if "check" in arguments:
        from nnkata.cli.outputs import report

        report(arguments, why)
    raise SystemExit(UNDONE)


class Lazy(Helpful):
    """A group that imports a command's module when the command is called."""

    def main(self, args: Sequence[str] | None = None, *rest: Any, **named: Any) -> Any:
        """Run, in the chosen language."""
        arguments = sys.argv[1:] if args is None else list(args)
        for name, value in ONE_THREAD.items():
            os.environ.setdefault(name, value)
        opened()
        forgiving()
        atexit.register(unheard)
        if (variable := os.environ.get(VARIABLE, "")) and not language_named(variable):
            _refuse(arguments, f"{VARIABLE}: " + unknown(variable))
        try:
            Path.cwd()  # its configuration is read next
        except OSError as error:
            speak(from_locale())
            say(_("the working directory cannot be used ({why}); change to another one").format(why=reason(error)))
            raise SystemExit(UNDONE) from None
        speak(language := asked(arguments))
        if language == "zh-CN" and not shows_chinese():
            if "zh-CN" in map(language_named, values_of("--language", arguments)):
                text = "this terminal cannot show Chinese; set PYTHONIOENCODING=utf-8, or say --language en"
                click.echo(f"nnkata: {text}", err=True)  # still in English: the configuration is about to be read
            else:
                speak("en")
        try:
            registry.use(asked_kata(arguments))
        except UsageError as error:
            given = any(values_of("--kata", arguments))
            _refuse(arguments, str(error) if given else f"{nearest(None)}: {error}")
        if fault := twice():
            _refuse(arguments, fault)
        _start_early(arguments)
        try:
            return click.Group.main(translated(self), arguments, *rest, **named)
        except OSError as error:
            if error.filename is not None or error.errno not in UNHEARD:
                raise
            raise SystemExit(UNDONE) from None  # click's message about the usage could not be written
        finally:
            if "nnkata.early_worker" in sys.modules:
                from nnkata import early_worker

                early_worker.end()
            gc.freeze()  # looking for cycles in all of this before the process ends took 0.1 s per check

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Read the words before the command."""
        with to_output(), well_punctuated():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an interrupt that it does not handle, such as during its imports, is no failed check."""
        try:
            with to_output(), well_punctuated():
                return super().invoke(ctx)
        except KeyboardInterrupt:
            fail(ctx, _("interrupted"))
        except NotJudged as error:  # of the kata, or of a file that the command did not expect to be wrong
            fail(ctx, str(error))

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names."""
        return list(commands())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in commands():
            return None
        own = cmd_name in registry.current().commands and not registry.comes_along()
        with importing():
            try:
                command: Any = importlib.import_module(module_of(cmd_name)).command
            except Exception as error:
                if not own:
                    raise
                text = _("the command {name} of the kata {kata} cannot be imported: {error}")
                said = text.format(name=cmd_name, kata=registry.current().name, error=told(error))
                raise UsageError(said) from error
        if not isinstance(command, click.Command):
            return None
        if own:  # both options are read before, wherever they stand
            there = {param.name for param in command.params}
            for option, name in ((kata_option, "_kata"), (language_option, "language")):
                if name not in there:
                    option(command)
        return translated(command)

    def meant(self, word: str) -> str:
        """The closest command, or ours for a word of other programs; for a file, the command that checks it."""
        if owner := next((other.name for other in registry.others() if word in other.commands), ""):
            return _("; ") + _("the kata {name} has it: {option}").format(name=owner, option=f"--kata {owner}")
        if word in ELSEWHERE and not Path(word).exists():
            return _("; that is {command}").format(command=ELSEWHERE[word])
        if close := meant(word, commands()):
            return close
        if not word.endswith((".py", ".ipynb")) and not Path(word).exists():
            return ""
        return _("; ") + _("to check a file: {command}").format(command=f"nnkata check {shlex.quote(word)}")

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list["CompletionItem"]:
        """Command names and options with this beginning."""
        from click.shell_completion import CompletionItem

        found = [CompletionItem(name, help=text) for name, text in commands().items() if name.startswith(incomplete)]
        return [*found, *click.Command.shell_complete(self, ctx, incomplete)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list for --help, without importing anything."""
        with formatter.section(_("Commands (none: your progress, and the next command)")):
            formatter.write_dl([(name, _(text)) for name, text in commands().items()])


@click.command(
    cls=Lazy,
    invoke_without_command=True,
    help="",  # the list of commands explains more, and a screen has no room for both
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="nnkata", message="%(prog)s %(version)s")
@kata_option
@language_option
@click.pass_context
def main(ctx: click.Context) -> None:
    """Run a command; without one, show the progress and the next command."""
    if ctx.invoked_subcommand is None:
        from nnkata.cli.status import show

        named = ctx.get_parameter_source("_kata") is click.core.ParameterSource.COMMANDLINE
        show(asked=named or bool(kata_of()))
        ctx.exit()
    for number in (*INTERRUPTS, signal.SIGTERM):  # each cleans up like Ctrl-C
        if signal.getsignal(number) is not signal.SIG_IGN:  # as nohup has SIGHUP, and a script its background jobs
            signal.signal(number, signal.default_int_handler)
