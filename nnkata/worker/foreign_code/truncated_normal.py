"""The truncated normal distribution, from which many networks draw their first weights by SciPy, which is absent."""

from typing import Any

import numpy as np

#: Standard deviations beyond which nothing is drawn: a normal value lies there once in 10^18.
FAR = 9.0


class Truncated:
    """A normal distribution cut off on both sides, as `scipy.stats.truncnorm`: limits in standard deviations."""

    def __init__(self, a: float = -np.inf, b: float = np.inf, loc: float = 0.0, scale: float = 1.0) -> None:
        self._cut, self._moved = (max(a, -FAR), min(b, FAR)), (loc, scale)

    def __call__(self, a: float, b: float, loc: float = 0.0, scale: float = 1.0) -> "Truncated":
        """The distribution of these limits."""
        return Truncated(a, b, loc, scale)

    def rvs(self, *cut: Any, size: Any = 1, random_state: Any = None, **named: float) -> Any:
        """Random values; the size alone by place for a distribution that has its limits."""
        if named or len(cut) > 1:
            return Truncated(*cut[:4], **named).rvs(size=cut[4] if len(cut) > 4 else size, random_state=random_state)
        seeded = isinstance(random_state, int)
        draw = np.random.RandomState(random_state) if seeded else random_state or np.random
        found = np.empty(cut[0] if cut else size)
        left = np.ones(found.shape, bool)
        likeliest = np.clip(0.0, *self._cut)
        while np.any(left):  # rejected with the density's ratio: one in seven stays if the limits are far
            tried = draw.uniform(*self._cut, size=int(np.sum(left)))
            found[left] = tried
            left[left] = draw.uniform(size=tried.size) > np.exp((likeliest**2 - tried**2) / 2)
        return self._moved[0] + self._moved[1] * found
