"""The calls of right functions in a trace: their results are no mistakes."""

import re
from collections.abc import Collection, Mapping

from nnkata.katas.article import oracle
from nnkata.traces.known import near
from nnkata.traces.place import Place
from nnkata.traces.trace import Array, Seen

#: Functions known to be wrong, each with the line.
Wrong = Mapping[tuple[Place, str], Place]

#: The name of a function for the derivative alone: sigmoid_prime, d_sigmoid, slope.
SLOPE = re.compile(r"prime|deriv|slope|grad|^d_|^d(?:sig|phi|act|logistic|func?|[fgh]$)|_d$|_back", re.IGNORECASE)


def innocent(seen: Seen, right: Collection[tuple[Place, str]] = ()) -> frozenset[int]:
    """The frames that return the sigmoid, its derivative or the softmax of their argument.

    They are the innermost, those around them of functions that are known to be `right`, and derivatives by their name.
    """
    found, slopes = set[int](), set[int]()
    for number in range(1, len(seen.frames)):
        given = [e.value for e in seen.events if e.frame == number and e.place.line == 0]
        came = [e.value for e in seen.events if e.frame == number and e.name == "return"]
        asked = any(v.size == 1 and float(v.ravel()[0]) == 1.0 for v in given)  # derivative=True
        named = bool(SLOPE.search(seen.frames[number].name))
        either = seen.frames[number].code in right
        alone = came and all(any(near(one, own) for own in (came[0], *given)) for one in came)  # or with a cache
        if alone and any(
            z.size > 1 and (_is_bent(came[0], z, asked or named) or (either and _is_bent(came[0], z, True)))
            for z in given
        ):
            found.add(number)
            slopes |= {number} if named else set()
    around = {seen.frames[number].parent for number in found} - slopes
    return frozenset(found - {number for number in around if number < 0 or seen.frames[number].code not in right})


def _is_bent(value: Array, z: Array, derivative: bool) -> bool:
    flat = z.ravel()
    bent = (oracle.sigmoid_derivative(flat),) if derivative else (oracle.sigmoid(flat), oracle.softmax(flat))
    return any(near(value, one) for one in bent)
