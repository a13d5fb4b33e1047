"""Carries out requests on a submission: import it, make networks, call methods, read and set weights.

The same class serves all transports: called directly it is the in-process subject, behind `wire` it is the worker.
"""

import os
import random
import sys
import traceback
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from nnkata.worker.arguments import arranged
from nnkata.worker.caches import forget
from nnkata.worker.copies import copied, unchanged
from nnkata.worker.data import take_along
from nnkata.worker.filters import Filters
from nnkata.worker.imports.loading import foreign
from nnkata.worker.imports.standins import install
from nnkata.worker.imports.writable import copy_of, loaded
from nnkata.worker.kept import Kept, fill
from nnkata.worker.networks import Networks
from nnkata.worker.offers import offers
from nnkata.worker.raised import Raised, message_of
from nnkata.worker.rounds import rounds
from nnkata.worker.trace import Trace
from nnkata.worker.wire import Array

MAX_WARNINGS = 20
T = TypeVar("T")


#: The folders of code that is not the submission's, nnkata and the installed packages, even inside the submission's
#: folder, such as a clone with an environment.
LIBRARIES = tuple(f"{folder}{os.sep}" for folder in (Path(__file__).parents[1], Path(np.__file__).parents[1]))


class Host:
    """One submission and its networks. Everything that enters or leaves is copied."""

    def __init__(self, folder: str = "", noting: bool = True, works_in: str = "", walled: bool = False) -> None:
        """`noting`: whether to record the modules that its code loads, which takes a tenth of a short call.

        `works_in`: our own working folder for the submission, which gets its data, if there is one; `walled`: whether
        the submission may write there alone.
        """
        self._folders: tuple[str, ...] = (folder,)
        self._noting, self._works_in, self._walled = noting, works_in, walled
        self._own = folder
        self._module: object = None
        self._class = ""
        self._places: Mapping[str, tuple[str, int]] = {}
        self._networks = Networks()
        self._kept = Kept()
        self._came: set[str] = set()
        self._filters = Filters()
        self._imported = False

    def adopt(self, module: object, class_name: str, places: Mapping[str, tuple[str, int]] | None = None) -> None:
        """Serve a loaded module; `places`: a person's names for its files, and the numbers of lines above."""
        self._module, self._class, self._places = module, class_name, places or {}

    def adopt_running(self, module: object, class_name: str, places: Mapping[str, tuple[str, int]]) -> None:
        """Serve the module of this process's own user, whose filters of warnings hold already."""
        self.adopt(module, class_name, places)
        self._filters.take()

    def open(self, path: str, root: str, module: str, class_name: str) -> dict[str, object]:
        """Import the submission; return whether the class exists, and the names of all its classes."""
        to = self._works_in if self._walled else ""
        self._folders, self._own = (root, copy_of(root, to)) if to else (root,), root
        if self._works_in:
            take_along(Path(path), Path(self._works_in))
            install(root)  # in its own process, only the submission makes imports
            sys.argv[:] = [path]  # as `python network.py`: options of a script have their defaults
        with self._filters.kept("default"):
            found, self._own = self._guard(lambda: loaded(path, root, module, to))
            self.adopt(found, class_name)
        self._imported = True
        cls = getattr(self._module, class_name, None)
        classes = [name for name, value in vars(self._module).items() if isinstance(value, type) and _own(value)]
        return {"class": isinstance(cls, type), "classes": classes[:20]}

    def offers(self, sizes: list[int], options: dict[str, object], calls: dict[str, int]) -> dict[str, object]:
        """The names of the module, of its class and of a network."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return self._guard(lambda: offers(self._module, self._class, sizes, options, calls))

    def new(self, sizes: list[int], options: dict[str, object]) -> int:
        """Make a network; return its number. Of earlier ones, only the latest stay."""
        return self.instance([list(sizes)], options)

    def instance(self, args: list[object], options: dict[str, object]) -> int:
        """Make an object of the class, with any arguments; return its number, as of a network."""
        with self._filters.kept("default"):
            network = self._guard(lambda: getattr(self._module, self._class)(*args, **options))
        return self._networks.add(network)

    def started(self, sizes: list[int], options: dict[str, object], weights: dict[str, Array]) -> list[object]:
        """Make a network, and set its weights; return its number and its `params`."""
        number = self.new(sizes, options)
        self.assign(number, weights, False)
        return [number, self.get(number, "params")]

    def call(self, network: int | None, name: str, args: Sequence[object], rows: bool = False) -> dict[str, object]:
        """Call a method (a function of the module if `network` is None); `rows`: once per row of the only argument.

        Returns the value, the changed arguments (number to value), and the texts of the runtime warnings.
        """
        owner = self._module if network is None else self._networks[network]
        return self._called(lambda given: _handed(getattr(owner, name), given), args, [], rows)

    def _called(
        self,
        act: Callable[[list[object]], object],
        args: Sequence[object],
        kept: Sequence[Sequence[int]],
        rows: bool = False,
    ) -> dict[str, object]:
        given = [copied(arg) for arg in args]
        value: object
        with self._filters.kept("always") as caught:
            if rows:
                value = self._guard(lambda: [copied(act([row])) for row in given[0]])
            else:
                value = self._guard(lambda: copied(act(self._kept.put(given, kept))))
        texts = [str(w.message)[:200] for w in caught if issubclass(w.category, RuntimeWarning)]
        changed = {str(n): now for n, (old, now) in enumerate(zip(args, given, strict=True)) if not unchanged(old, now)}
        return {"value": value, "changed": changed, "warnings": texts[:MAX_WARNINGS]}

    def names(self) -> list[str]:
        """The callables that the module offers."""
        return [name for name in dir(self._module) if name[0] != "_" and callable(getattr(self._module, name))]

    def keep(self, name: str, args: Sequence[object], kept: Sequence[Sequence[int]]) -> int:
        """Call a function of the module and keep its result; `kept` are pairs of place and number among `args`."""
        given = self._kept.put([copied(arg) for arg in args], kept)
        return self._kept.add(self._guard(lambda: getattr(self._module, name)(*given)))

    def apply(self, name: str, args: Sequence[object], kept: Sequence[Sequence[int]]) -> dict[str, object]:
        """Call a function of the module, with kept objects among its arguments; the same reply as `call`."""
        return self._called(lambda given: getattr(self._module, name)(*given), args, kept)

    def write(self, name: str, args: Sequence[object], kept: Sequence[Sequence[int]], values: Sequence[object]) -> None:
        """Write values into the live arrays that a function of the module returns."""
        given = self._kept.put([copied(arg) for arg in args], kept)
        self._guard(lambda: fill(getattr(self._module, name)(*given), values))

    def get(self, network: int, name: str) -> object:
        """Read an attribute."""
        return self._guard(lambda: copied(getattr(self._networks[network], name)))

    def rounds(self, network: int, calls: Sequence[Sequence[Any]], name: str, times: int) -> list[object]:
        """Call methods one after another, several times; an attribute after each round, up to an exception."""
        return rounds(
            calls,
            times,
            lambda method, args: self.call(network, method, args)["value"],
            lambda: self.get(network, name),
            Raised,
        )

    def several(self, requests: Sequence[tuple[str, Sequence[Any]]]) -> list[object]:
        """Carry out requests one after another, up to an exception; their results."""
        return [getattr(self, op)(*args) for op, args in requests]

    def assign(self, network: int, weights: dict[str, Array], replace: bool) -> None:
        """Write weights into `params`: into the existing arrays, or (`replace`) as new arrays of their dtype."""

        def write() -> None:
            params = self._networks[network].params
            for key, value in weights.items():
                old = params.get(key)
                same = isinstance(old, np.ndarray) and old.shape == value.shape
                if same and not replace and old.flags.writeable:
                    old[...] = value
                else:
                    new = np.array(value, dtype=old.dtype if same and old.dtype.kind == "f" else None)
                    params[key] = new.view(type(old)) if same else new  # an np.matrix stays one

        self._guard(write)

    def traced(self, op: str, args: Sequence[Any]) -> dict[str, object]:
        """Carry out `new`, `call` or `apply`, and record the assignments of each line (`nnkata.worker.trace`)."""
        if self._imported:  # a user's own module keeps its caches
            forget(self._module)
        trace, value, raised = Trace(self._place), None, None
        acts: Mapping[str, Callable[..., object]] = {"new": self.new, "call": self.call, "apply": self.apply}
        with trace.watching():
            try:
                value = acts[op](*args)
            except Raised as error:
                raised = [error.kind, error.message, error.where]
        return {"value": value, "raised": raised, "events": trace.events, "frames": trace.frames}

    def mended(
        self,
        program: Sequence[Sequence[Any]],
        right: Sequence[Sequence[Any]],
        fine: Sequence[Sequence[Any]],
        suspect: tuple[str, int],
        seconds: float,
    ) -> list[list[object]] | None:
        """The small edits with which a program of calls gives the right values (`nnkata.worker.mending`).

        None if it gives them as it is. The functions that the program `fine` runs after its first step are edited
        last. No edits of a module that this process was given: its user goes on with it.
        """
        if not self._imported:
            return []
        from nnkata.worker.mending.requested import edits  # few submissions need it

        try:
            return edits(self._module, self._class, program, right, fine, suspect, seconds, self._place)
        finally:
            forget(self._module)  # values of edited code

    def draw(self, seed: int | None) -> list[float]:
        """The next number of each global generator (NumPy's, Python's), after seeding with `seed` if given."""
        if seed is not None:
            np.random.seed(seed)
            random.seed(seed)
        return [float(np.random.random()), random.random()]

    def loaded(self) -> list[str]:
        """Top-level modules loaded by the submission's code that are neither its own nor Python's."""
        return foreign(self._came & set(sys.modules), Path(self._own), Path(self._folders[0]))

    def _place(self, filename: str) -> tuple[str, int] | None:
        """The name of a file of the submission, and the number of lines above it; None for any other."""
        own = self._own and filename.startswith(self._folders) and not filename.startswith(LIBRARIES)
        return self._places.get(filename) or ((Path(filename).name, 0) if own else None)

    def _guard(self, act: Callable[[], T]) -> T:
        before = list(sys.modules) if self._noting else []
        try:
            return act()
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt) and not error.args:
                raise
            frames = traceback.extract_tb(error.__traceback__)
            own = [(place, frame.lineno or 0) for frame in frames if (place := self._place(frame.filename))]
            where = f"{own[-1][0][0]}, line {own[-1][1] + own[-1][0][1]}" if own else ""
            raise Raised(type(error).__name__[:100], message_of(error)[:2000], where) from error
        finally:
            if self._noting and (now := list(sys.modules)) != before:  # sets of them take three times as long
                self._came |= set(now) - set(before)


def _handed(function: Callable[..., object], given: Sequence[object]) -> object:
    by_place, by_name = arranged(function, given)
    return function(*by_place, **by_name)


def _own(cls: type) -> bool:
    """Whether a class is neither of the standard library nor of NumPy, such as an imported `Any`."""
    top = str(cls.__module__).partition(".")[0]
    return top != "numpy" and top not in sys.stdlib_module_names
