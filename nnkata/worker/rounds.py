"""Several calls as one question: a step forward, back and on, many times over, would be three questions each time."""

from collections.abc import Callable, Sequence
from typing import Any

#: A call of a round: its name, its arguments, and pairs: the place of an argument, and the number of the earlier call
#: of the round whose value goes there.
RoundCall = tuple[str, Sequence[Any], Sequence[tuple[int, int]]]


def rounds(
    calls: Sequence[Sequence[Any]],
    times: int,
    call: Callable[[str, list[Any]], object],
    read: Callable[[], object],
    ending: type[Exception],
) -> list[object]:
    """Make these calls in their order, several times; the results of `read` after each round, up to an `ending`."""
    found: list[object] = []
    try:
        for _round in range(times):
            values: list[object] = []
            for name, args, places in calls:
                given = list(args)
                for place, number in places:
                    given[place] = values[number]
                values.append(call(name, given))
            found.append(read())
    except ending:
        pass
    return found
