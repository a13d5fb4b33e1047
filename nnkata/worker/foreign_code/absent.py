"""Stand-ins for absent modules: their import works, their use fails with a message; calls that only show do nothing."""

import types
from collections.abc import Callable, Collection, Iterator
from typing import Any, NoReturn

import numpy as np

from nnkata.worker.foreign_code.truncated_normal import Truncated
from nnkata.worker.imports.tools import SHOWING


class ModuleAbsent(Exception):
    """A use of an absent module; the text names the module and the use."""


class Part:
    """A part of an absent module. It may be named, and serve as a base class; its use as a value raises."""

    _name: str

    def __init__(self, name: str) -> None:
        object.__setattr__(self, "_name", name)

    def __getattr__(self, name: str) -> object:
        """A part of the part."""
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return known(f"{self._name}.{name}")

    def __setattr__(self, name: str, value: object) -> None:
        """Setting an attribute of an absent module has no effect."""

    def __call__(self, *args: object, **named: object) -> object:
        """As a decorator it returns the decorated function, else the result of a call."""
        if len(args) == 1 and not named and isinstance(args[0], types.FunctionType | type):
            return args[0]
        return self._called()

    def _called(self) -> object:
        raise NotImplementedError

    def __mro_entries__(self, bases: tuple[object, ...]) -> tuple[type, ...]:
        """As a base class it is `object`."""
        return (object,) if len(bases) == 1 else ()

    def __instancecheck__(self, instance: object) -> bool:
        """Nothing is of an absent type."""
        return False

    __subclasscheck__ = __instancecheck__

    def __or__(self, other: object) -> object:
        """A union of types, as in an annotation."""
        return self

    __ror__ = __or__

    def _complain(self, *_args: object) -> NoReturn:
        module = self._name.partition(".")[0]
        raise ModuleAbsent(f"{self._name} is needed, and {module} is not here: only Python and NumPy are")

    def __iter__(self) -> Iterator[object]:
        """No items."""
        return self._complain()

    __len__ = __add__ = __radd__ = __sub__ = __mul__ = __rmul__ = __truediv__ = _complain
    __array__ = __float__ = __int__ = __bool__ = __matmul__ = __neg__ = __lt__ = _complain


class Missing(Part):
    """A part that does something for a program: its calls raise."""

    _called = __getitem__ = __setitem__ = __enter__ = Part._complain


class Shown(Part):
    """A part that draws, shows or logs: its calls and settings do nothing."""

    def _called(self) -> object:
        return Shown(f"{self._name}()")

    def __getitem__(self, key: object) -> "Shown":
        """A setting, as of `rcParams`."""
        return Shown(f"{self._name}[...]")

    def __setitem__(self, key: object, value: object) -> None:
        """A setting has no effect."""

    def __iter__(self) -> Iterator[object]:
        """The one line of `line, = axes.plot(x)`; any other has no items."""
        return iter([Shown(f"{self._name}[0]")]) if self._name.endswith(".plot()") else self._complain()

    def __enter__(self) -> "Shown":
        """Itself."""
        return self

    def __exit__(self, *_args: object) -> None:
        """Nothing."""


class _Silent(type):
    """The class of progress bars: what it is asked for, such as `tqdm.write(text)`, does nothing."""

    def __getattr__(cls, name: str) -> Callable[..., None]:
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *_args, **_named: None


class _Bar(metaclass=_Silent):
    """A silent progress bar for loops."""

    def __new__(cls, iterable: Collection[object] | None = None, *_args: object, **_named: object) -> Any:
        """The iterable itself; without one, a bar whose methods do nothing."""
        return super().__new__(cls) if iterable is None or isinstance(iterable, str) else _Loop(iterable)

    def __getattr__(self, _name: str) -> Callable[..., object]:
        return lambda *_args, **_named: self

    def __enter__(self) -> "_Bar":
        return self

    def __exit__(self, *_args: object) -> None:
        """Nothing."""


class _Loop(_Bar):
    _iterable: Collection[object]

    def __new__(cls, iterable: Collection[object]) -> Any:
        found = object.__new__(cls)
        found._iterable = iterable
        return found

    def __iter__(self) -> Iterator[object]:
        return iter(self._iterable)

    def __len__(self) -> int:
        return len(self._iterable)


def _identity(*args: object, **_named: object) -> object:
    return args[0] if len(args) == 1 and callable(args[0]) else _identity


def _range(*args: int, **_named: object) -> object:
    return _Loop(range(*args))


def _expit(x: Any) -> Any:
    x = np.asarray(x, float)
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1 / (1 + e), e / (1 + e))


def _logsumexp(a: Any, axis: int | None = None, keepdims: bool = False) -> Any:
    top = np.max(a, axis=axis, keepdims=True)
    found = top + np.log(np.sum(np.exp(a - top), axis=axis, keepdims=True))
    return found if keepdims else np.squeeze(found, axis=axis)[()]


def _softmax(x: Any, axis: int | None = None) -> Any:
    return np.exp(x - _logsumexp(x, axis=axis, keepdims=True))


def _one_hot(y: Any, num_classes: int | None = None, dtype: str = "float32") -> Any:
    labels = np.asarray(y, int).ravel()
    return np.eye(num_classes or int(labels.max()) + 1, dtype=dtype)[labels]


def _subplots(nrows: int = 1, ncols: int = 1, *_args: object, squeeze: bool = True, **_named: object) -> object:
    axes = np.empty((nrows, ncols), object)
    axes.fill(Shown("matplotlib.axes.Axes"))
    alone = axes[0, 0] if axes.size == 1 else axes.squeeze()
    return Shown("matplotlib.figure.Figure"), alone if squeeze else axes


#: Names with a simple replacement: progress bars, decorators for speed, and a few one-line functions.
HARMLESS: dict[str, object] = {
    "scipy.special.expit": _expit,
    "scipy.stats.truncnorm": Truncated(),
    "scipy.special.softmax": _softmax,
    "scipy.special.logsumexp": _logsumexp,
    **dict.fromkeys(
        (
            f"{name}.{last}to_categorical"
            for name in ("keras", "tensorflow.keras")
            for last in ("utils.", "utils.np_utils.")
        ),
        _one_hot,
    ),
    **{f"tqdm.{part}tqdm": _Bar for part in ("", "auto.", "notebook.", "autonotebook.", "std.", "rich.")},
    **dict.fromkeys(("tqdm.tqdm_notebook", "rich.progress.track", "alive_progress.alive_it"), _Bar),
    "progressbar.progressbar": _Bar,
    **{f"tqdm.{part}trange": _range for part in ("", "auto.", "notebook.", "autonotebook.", "std.", "rich.")},
    **dict.fromkeys(("numba.jit", "numba.njit", "numba.vectorize"), _identity),
}


def known(name: str) -> object:
    """The stand-in for a name of an absent module."""
    if found := HARMLESS.get(name):
        return found
    if name.partition(".")[0] not in SHOWING:
        return Missing(name)
    return _subplots if name.endswith(".subplots") else Shown(name)


class Absent(types.ModuleType):
    """An absent module."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.__path__: list[str] = []
        self.__all__: list[str] = []

    def __getattr__(self, name: str) -> object:
        """A stand-in for any attribute."""
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return known(f"{self.__name__}.{name}")
