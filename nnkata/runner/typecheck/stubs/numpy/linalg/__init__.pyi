"""numpy.linalg: the norm of a whole array is a number."""

from typing import Any, overload

from numpy import floating

@overload
def norm(x: Any) -> floating: ...
@overload
def norm(x: Any, *args: Any, **kwargs: Any) -> Any: ...
def __getattr__(name: str) -> Any: ...
