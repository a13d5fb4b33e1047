"""numpy.random: what is drawn with a size is an array."""

from typing import Any, overload

from numpy import _Array

class _Draw:
    """A distribution: an array where a size is given, else a number or an array."""

    @overload
    def __call__(self, *args: Any, size: int | tuple[int, ...] | list[int], **kwargs: Any) -> _Array: ...
    @overload
    def __call__(self, *args: Any, **kwargs: Any) -> Any: ...

class _Sized:
    """A distribution whose only argument is a size."""

    @overload
    def __call__(self, size: int | tuple[int, ...] | list[int], *args: Any, **kwargs: Any) -> _Array: ...
    @overload
    def __call__(self, *args: Any, **kwargs: Any) -> Any: ...

class _Scaled:
    """A distribution of two parameters and a size."""

    @overload
    def __call__(self, a: Any, b: Any, size: int | tuple[int, ...] | list[int], **kwargs: Any) -> _Array: ...
    @overload
    def __call__(self, *args: Any, size: int | tuple[int, ...] | list[int], **kwargs: Any) -> _Array: ...
    @overload
    def __call__(self, *args: Any, **kwargs: Any) -> Any: ...

class _Dimensions:
    """rand, randn: the dimensions one by one."""

    @overload
    def __call__(self) -> float: ...
    @overload
    def __call__(self, n: int, /, *more: int) -> _Array: ...
    @overload
    def __call__(self, *dimensions: Any) -> Any: ...

class Generator:
    """numpy.random.Generator."""

    integers: _Draw
    normal: _Scaled
    uniform: _Scaled
    random: _Sized
    standard_normal: _Sized
    def __init__(self, bit_generator: Any) -> None: ...
    def permutation(self, x: Any, axis: int = ...) -> _Array: ...
    def shuffle(self, x: Any, axis: int = ...) -> None: ...
    def __getattr__(self, name: str) -> Any: ...

class RandomState:
    """numpy.random.RandomState."""

    normal: _Scaled
    uniform: _Scaled
    randint: _Draw
    random_sample: _Sized
    standard_normal: _Sized
    rand: _Dimensions
    randn: _Dimensions
    def __init__(self, seed: Any = None) -> None: ...
    def permutation(self, x: Any) -> _Array: ...
    def shuffle(self, x: Any) -> None: ...
    def __getattr__(self, name: str) -> Any: ...

class SeedSequence:
    """numpy.random.SeedSequence."""

    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
    def __getattr__(self, name: str) -> Any: ...

class BitGenerator:
    """numpy.random.BitGenerator."""

    def __init__(self, seed: Any = None) -> None: ...
    def __getattr__(self, name: str) -> Any: ...

class PCG64(BitGenerator):
    """numpy.random.PCG64."""

class MT19937(BitGenerator):
    """numpy.random.MT19937."""

class Philox(BitGenerator):
    """numpy.random.Philox."""

normal: _Scaled
uniform: _Scaled
randint: _Draw
random: _Sized
random_sample: _Sized
standard_normal: _Sized
rand: _Dimensions
randn: _Dimensions

def default_rng(seed: Any = None) -> Generator: ...
def permutation(x: Any) -> _Array: ...
def shuffle(x: Any) -> None: ...
def seed(seed: Any = None) -> None: ...
def __getattr__(name: str) -> Any: ...
