"""The walls for a worker, and the strongest that works on this machine.

bubblewrap gives a submission a file system and processes of its own; behind Landlock it sees the machine's and may
touch none of them, but can learn whether a name exists; so bubblewrap comes first if both work. No wall at all never
replaces one: if none works, that is an error.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, partial

from nnkata.features.tags import WARNINGS
from nnkata.language import _, later
from nnkata.subject.isolated import Launcher
from nnkata.subject.walls import wasm
from nnkata.subject.walls.landlock import landlocked
from nnkata.subject.walls.landlock import probe as landlock_works
from nnkata.subject.walls.launch import Launch
from nnkata.subject.walls.limits import Limits
from nnkata.subject.walls.sandbox import NoSandbox, sandboxed
from nnkata.subject.walls.sandbox import probe as bubblewrap_works
from nnkata.subject.walls.sandbox import version as bubblewrap_version
from nnkata.worker.landlock import abi

#: The name for the strongest wall.
SANDBOX = "sandbox"


@dataclass(frozen=True)
class Wall:
    """A wall: its name, `works` (fails via `NoSandbox`), and the start of a worker behind it.

    For `nnkata doctor`, `keeps` is a line on its protection, `version` its version, `found` whether it is installed.
    `blind` maps tags of clauses that cannot be judged behind it to reasons; `limits` turns the chosen limits into those
    that hold behind it.
    """

    name: str
    works: Callable[[], None]
    start: Callable[..., Launch]
    keeps: str
    version: Callable[[], str]
    found: Callable[[], None]
    blind: Mapping[str, str] = field(default_factory=dict)
    limits: Callable[[Limits], Limits] = lambda limits: limits

    def launcher(self, sources: tuple[str, ...]) -> Launcher:
        """Makes the launcher of workers for a submission of these files."""
        return partial(self.start, sources=sources)


#: The walls, the strongest first.
WALLS = (
    Wall(
        "bubblewrap",
        bubblewrap_works,
        sandboxed,
        later("sees no file, process or network but its own; 16 processes; memory, time and disk have limits"),
        bubblewrap_version,
        bubblewrap_works,
    ),
    Wall(
        "landlock",
        landlock_works,
        landlocked,
        later("reads and writes no file but its own; no process, no network; memory, time and disk have limits"),
        lambda: f"ABI {abi()}",
        landlock_works,
    ),
    Wall(
        "wasm",
        wasm.prepare,
        wasm.in_wasm,
        later("a Python of its own without processes, threads, sockets and files; slower, compiled at its first use"),
        wasm.version,
        wasm.present,
        {WARNINGS: later("NumPy gives no floating-point warnings in WebAssembly")},
        wasm.longer,
    ),
)
NAMES = tuple(wall.name for wall in WALLS)


@cache
def strongest() -> Wall:
    """The first wall that works here.

    Raises:
        NoSandbox: none does; the text has the reasons, one wall per line.
    """
    why = []
    for wall in WALLS:
        try:
            wall.works()
        except NoSandbox as error:
            why.append(f"  {wall.name}: {error}")
        else:
            return wall
    raise NoSandbox("\n".join([_("no wall around a submission works here:"), *why]))


def wall_of(isolation: str) -> Wall | None:
    """The wall of that name, or the strongest for `sandbox`; None if the name is no wall.

    It works when this returns: a wall that has to be compiled first takes no time of a submission.

    Raises:
        NoSandbox: it does not work here.
    """
    if isolation == SANDBOX:
        return strongest()
    found = next((wall for wall in WALLS if wall.name == isolation), None)
    if found is not None:
        found.works()
    return found


def described(isolation: str) -> str:
    """The wall's name in a verdict: `sandbox, landlock`; a setting that is no wall keeps its own name."""
    found = wall_of(isolation)
    return f"{SANDBOX}, {found.name}" if found else isolation
