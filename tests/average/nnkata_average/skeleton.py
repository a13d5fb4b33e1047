"""The average of numbers."""

from typing import Any


def average(numbers: Any) -> float:
    """The sum of `numbers` (n,), divided by n."""
    raise NotImplementedError("the average")
