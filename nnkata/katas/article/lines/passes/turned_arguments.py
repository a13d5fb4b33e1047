"""The call that hands the label and the output to a function in each other's place, by the names of its parameters."""

import re

from nnkata.traces.known import near
from nnkata.traces.place import Place
from nnkata.traces.trace import Array, Seen

#: The name of a parameter for the label, and of one for the output.
LABEL = re.compile(r"(^|_)(true|targets?|labels?|truth|expected|desired|y_?train|y_?real)$|^y$", re.IGNORECASE)
OUTPUT = re.compile(r"(^|_)(pred\w*|outputs?|probs?|y_?hat|predictions?|guess)$|^(p|out)$", re.IGNORECASE)


def turned(seen: Seen, y: Array, output: Array) -> Place | None:
    """The line of the call; None if each parameter has the value that its name says, or the names say nothing."""
    if near(y, output):
        return None
    for number in range(1, len(seen.frames)):
        given = [e for e in seen.events if e.frame == number and not e.place.line and e.value.size == y.size]
        label = next((e.value for e in given if LABEL.search(e.name)), None)
        answer = next((e.value for e in given if OUTPUT.search(e.name)), None)
        if label is not None and answer is not None and near(label, output) and near(answer, y):
            return seen.call_of(number)
    return None
