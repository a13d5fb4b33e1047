"""`nnkata doctor`: the walls, extras and programs of this machine, and how to get the others."""

import platform
import re
import sys
from collections.abc import Iterator
from importlib import metadata

import click

from nnkata import __version__, doctor
from nnkata.cli.translations import language_option
from nnkata.language import _
from nnkata.reports.clean import clean
from nnkata.reports.width import pad, wrap

WIDTH = 80
NAME = 12
#: A command within a text: it stays on one line, to be copied.
COMMAND = re.compile(r"(?:pip|apt-get) install (?:'[^']*'|\S+)")
#: In place of a blank in such a command while lines are broken: one column wide, and in no text.
WHOLE = "\u2588"


@click.command(name="doctor")
@language_option
def command() -> None:
    """List the Python, walls, extras, browser and cache of this machine, and how to get missing ones.

    Exit status: 0.
    """
    for line in _lines():
        click.echo(line)


def _lines() -> Iterator[str]:
    yield _("nnkata {version} on {system}").format(version=__version__, system=doctor.system())
    yield from _line("Python", f"{platform.python_version()}  {doctor.home(sys.executable)}")
    yield from _line("NumPy, mypy", ", ".join(metadata.version(name) for name in ("numpy", "mypy")))
    yield ""
    yield _("Walls around a submission (--isolation sandbox takes the first that works):")
    for found in doctor.walls():
        yield from _line(found.name, found.text if found.here else found.get, found.here)
    yield ""
    yield _("Extras:")
    extras = doctor.extras()
    installed = [found.name for found in extras if found.here]
    missing = [found.name for found in extras if not found.here]
    if installed:
        yield from wrap(", ".join(installed), WIDTH, "✓ ", "  ")
    if missing:
        yield from _line(
            ", ".join(missing), f"pip install 'nnkata[{missing[0] if len(missing) == 1 else 'NAME,NAME'}]'", False
        )
    yield ""
    for found in (doctor.browser(), doctor.cache()):
        yield from _line(found.name, doctor.home(found.text) if found.text else found.get, found.here)


def _line(name: str, text: str, here: bool | None = None) -> list[str]:
    mark = {None: " ", True: "✓", False: "·"}[here]
    head, under = f"{mark} {pad(name, NAME)} ", " " * (NAME + 3)
    said = COMMAND.sub(lambda found: found[0].replace(" ", WHOLE), " ".join(clean(text)) or "?")
    lines = [head.rstrip()] if len(name) > NAME else []
    lines += wrap(said, WIDTH, under if lines else head, under)
    return [line.replace(WHOLE, " ") for line in lines]
