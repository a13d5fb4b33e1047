"""numpy.typing: arrays by the kind of their elements; whatever becomes an array is Any."""

from typing import Any, TypeAlias

from numpy import NDArray as NDArray

ArrayLike: TypeAlias = Any
DTypeLike: TypeAlias = Any
NBitBase: TypeAlias = Any

def __getattr__(name: str) -> Any: ...
