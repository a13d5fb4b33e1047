"""The name of the implementation to judge: from the command line, the environment, the configuration or a file here."""

import os
from pathlib import Path

from nnkata import registry
from nnkata.configuration import Configuration
from nnkata.errors import UsageError
from nnkata.language import _, carried
from nnkata.project import FILE, farther
from nnkata.suggestions import meant_file

#: The environment variable that may name it.
VARIABLE = "NNKATA_IMPLEMENTATION"


def implementation_name(given: str | None, configured: Configuration) -> str:
    """The implementation to judge: the given one, else from the environment, the configuration, or a `network.py` here.

    Raises:
        UsageError: there is none of them.
    """
    if given:
        return given
    if name := os.environ.get(VARIABLE):
        _require_there(name, Path(), VARIABLE)
        return name
    if not configured.implementation:
        entry = registry.current().entry
        if Path(entry).is_file():
            return entry
        text = _(
            "no implementation is named, and there is no {entry} here: give a path, set {variable}, "
            "or set `implementation` under [tool.nnkata] in pyproject.toml"
        )
        said = text.format(entry=entry, variable=VARIABLE)
        if above := farther(configured.folder / FILE):
            more = _("; {file} has that table, but {nearer} is nearer, and the nearest one counts")
            said += more.format(file=above, nearer=configured.folder / FILE)
        else:
            said += "\n" + _("to begin one: {command}").format(
                command=carried(f"nnkata init {entry}{registry.option()}")
            )
        raise UsageError(said)
    _require_there(configured.implementation, configured.folder, f"{configured.folder / FILE}: implementation")
    path, colon, cls = configured.implementation.partition(":")
    there = configured.folder / path
    return f"{os.path.relpath(there)}{colon}{cls}" if there.exists() else configured.implementation


def _require_there(name: str, folder: Path, source: str) -> None:
    """Refuse the path of an absent file, naming the setting that it comes from.

    Raises:
        UsageError: there is no such file.
    """
    path = name.partition(":")[0]
    if path.endswith(".py") and not (folder / path).exists():
        text = _("there is no file {target}").format(target=path) + meant_file(path, folder)
        raise UsageError(f"{source}: {text}")


def module_folder(given: str | None, configured: Configuration) -> Path | None:
    """The folder of a module name: the configuration's, if the name is from there; else None."""
    if given or os.environ.get(VARIABLE):
        return None
    if not configured.implementation:
        return None
    is_path = (configured.folder / configured.implementation.partition(":")[0]).exists()
    return None if is_path else configured.folder
