"""The programs, libraries and walls that nnkata can use on this machine; shown by `nnkata doctor`."""

import os
import platform
import shutil
import webbrowser
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

from nnkata.files import cache_folder
from nnkata.language import _
from nnkata.subject.walls.choice import WALLS
from nnkata.subject.walls.sandbox import NoSandbox

#: Programs that show a page, by their command names.
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "firefox")


@dataclass(frozen=True)
class Item:
    """One thing: whether it is here, a text about it, and how to get it if it is absent."""

    name: str
    here: bool
    text: str = ""
    get: str = ""


def walls() -> list[Item]:
    """Each wall, the strongest first: its protection, or the reason why it does not work."""
    found = []
    for wall in WALLS:
        try:
            wall.found()
        except NoSandbox as error:
            found.append(Item(wall.name, False, get=str(error)))
        else:
            found.append(
                Item(wall.name, True, _("{text} ({version})").format(text=_(wall.keeps), version=wall.version()))
            )
    return found


def extras() -> list[Item]:
    """Each extra of the package, and its libraries."""
    told = metadata.metadata("nnkata")
    needed = [Requirement(text) for text in told.get_all("Requires-Dist") or []]
    found = []
    for extra in told.get_all("Provides-Extra") or []:
        own = [one for one in needed if one.marker and not _plain(one) and one.marker.evaluate({"extra": extra})]
        here = all(_installed(one.name) for one in own)
        found.append(Item(extra, here, ", ".join(one.name for one in own), f"pip install 'nnkata[{extra}]'"))
    return found


def browser() -> Item:
    """A browser for pages: the first of the usual ones, else Python's choice."""
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        try:
            path = webbrowser.get().name
        except webbrowser.Error:
            return Item(_("browser"), False, get="apt-get install chromium")
    return Item(_("browser"), True, path)


def cache() -> Item:
    """The folder kept between runs, and its size."""
    folder = cache_folder()
    if not folder.is_dir():
        above = next(parent for parent in folder.parents if os.path.lexists(parent))
        writable = above.is_dir() and os.access(above, os.W_OK)
        text = _("{folder}, made when it is needed") if writable else _("{folder} cannot be written; set NNKATA_CACHE")
        return Item(_("cache"), writable, text.format(folder=folder))
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return Item(_("cache"), True, _("{folder}, {size} MB").format(folder=folder, size=round(size / 1e6)))


def system() -> str:
    """The system and its processor, in one line."""
    return f"{platform.system()} {platform.release()}, {platform.machine()}, " + _("{cores} cores").format(
        cores=os.cpu_count()
    )


def _plain(requirement: Requirement) -> bool:
    return requirement.marker is None or requirement.marker.evaluate({"extra": ""})


def _installed(name: str) -> bool:
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def home(text: str) -> str:
    """A path with `~` for the user's home."""
    return text.replace(str(Path.home()), "~")
