"""Checks a worker in another language against the wire protocol, before any mathematics (docs/protocol.md).

Each check is a function that sends requests to a worker and returns nothing, or raises: `Broken` with the fault, or the
transport's error if there is no answer.
"""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from nnkata.language import _, later
from nnkata.subject.command import Command
from nnkata.subject.face import CALL_SECONDS, Died, NetworkFace, Raised, Subject, TimedOut
from nnkata.subject.locate import Implementation
from nnkata.subject.source.text import NotFound
from nnkata.subject.walls.limits import Limits

SIZES = [4, 3, 2, 2]


class Broken(Exception):
    """The worker's answer breaks the protocol."""


def kept(implementation: Implementation, limits: Limits | None = None) -> Iterator[tuple[str, str | None]]:
    """Each check of the protocol by name, with its problem or None; each has a worker of its own."""
    for check, name in CHECKS.items():
        transport = Command(implementation, limits)
        try:
            transport.launch()
            transport.ready()
            check(Subject(transport))
        except (Broken, NotFound, Died, TimedOut, Raised) as error:
            yield _(name), str(error)
        except (TypeError, ValueError) as error:  # an answer of another kind than was asked for
            yield _(name), _("an answer that cannot be used: {error}").format(error=error)
        else:
            yield _(name), None
        finally:
            transport.close()


def _expect(fine: bool, what: str, came: Any) -> None:
    if not fine:
        raise Broken(_("{what} came as {came}").format(what=what, came=repr(came)[:200]))


def _refused(ask: Callable[[], Any], what: str) -> None:
    try:
        came = ask()
    except Raised:
        return
    raise Broken(_("{what} was answered with {came}, not with an error").format(what=what, came=repr(came)[:200]))


def opens(subject: Subject) -> None:
    """`ready` has sent `open` already."""


def numbers(subject: Subject) -> None:
    """Two networks have two numbers, and keep their arguments."""
    first, second = subject.network(SIZES), subject.network(SIZES, epochs=3, l_rate=0.25)
    _expect(first.number != second.number, "new", [first.number, second.number])
    _expect(list(second.get("sizes")) == SIZES, "sizes", second.get("sizes"))
    _expect(second.get("epochs") == 3, "epochs", second.get("epochs"))
    _expect(second.get("l_rate") == 0.25, "l_rate", second.get("l_rate"))


def errors(subject: Subject) -> None:
    """An impossible request gets an error, and the worker continues."""
    _refused(lambda: subject.transport.ask("nothing", [], CALL_SECONDS), _("an operation that does not exist"))
    net = subject.network(SIZES)
    _refused(lambda: net.call("no_such_function"), _("a function that does not exist"))
    _refused(lambda: net.get("no_such_attribute"), _("an attribute that does not exist"))
    numbers(subject)


def _float_array(value: Any, shape: tuple[int, ...], what: str) -> Any:
    fine = isinstance(value, np.ndarray) and value.dtype.kind == "f" and value.shape == shape
    _expect(fine, what, value)
    return value


def _weights(net: NetworkFace) -> dict[str, Any]:
    weights = net.weights()
    return {
        key: _float_array(weights.get(key), (SIZES[layer], SIZES[layer - 1]), key)
        for layer, key in enumerate(("W1", "W2", "W3"), 1)
    }


def arrays(subject: Subject) -> None:
    """Weights that were set are read back, in rows, even after the array that set them has changed."""
    net = subject.network(SIZES)
    for replace in (False, True):
        given = {
            key: np.arange(old.size, dtype=np.float64).reshape(old.shape) / 4 for key, old in _weights(net).items()
        }
        net.assign(given, replace)
        for key, came in _weights(net).items():
            _expect(np.array_equal(came, given[key]), key, came)


def special(subject: Subject) -> None:
    """Arrays may contain infinities and NaN."""
    net = subject.network(SIZES)
    given = np.array([[np.inf, -np.inf, 0.5, -0.0]] * 3)
    net.assign({"W1": given})
    _expect(np.array_equal(_weights(net)["W1"], given), "W1", _weights(net)["W1"])
    net.assign({"W1": np.full((3, 4), np.nan)})
    _expect(bool(np.isnan(_weights(net)["W1"]).all()), "W1", _weights(net)["W1"])


def calls(subject: Subject) -> None:
    """A call has a value; with `rows`, one per row. Unchanged arguments are not reported as changed."""
    net = subject.network(SIZES)
    x = np.array([[0.0, 0.5, -0.5, 1.0], [1.0, 0.0, 0.25, -1.0]])
    outcome = net.call("forward_pass", x, rows=True)
    _expect(isinstance(outcome.value, list) and len(outcome.value) == 2, _("the values of rows"), outcome.value)
    for value in outcome.value:
        _float_array(value, (SIZES[3],), _("a row's value"))
    _float_array(net.call("sigmoid", np.zeros((2, 3), np.float32)).value, (2, 3), "sigmoid (2×3)")
    _expect(np.array_equal(outcome.after[0], x), _("the argument"), outcome.after[0])


def texts(subject: Subject) -> None:
    """Labels may be texts, images small integers; an answer of two values is a list or a tuple."""
    images = np.zeros((2, 784), np.uint8)
    value = subject.call(None, "preprocess", [images, np.array(["3", "7"])]).value
    _expect(isinstance(value, list | tuple) and len(value) == 2, "preprocess", value)
    _float_array(value[0], (2, 784), "x")


def large(subject: Subject) -> None:
    """A request of some megabytes."""
    net = subject.network([784, 3, 2, 10])
    came = net.call("compute_accuracy", np.zeros((1000, 784), np.float32), np.eye(10)[np.arange(1000) % 10]).value
    _expect(isinstance(came, int | float) and 0 <= came <= 1, "compute_accuracy", came)


def facts(subject: Subject) -> None:
    """Random numbers, and the loaded modules."""
    _expect(len(subject.draw(1)) == 2, "draw", subject.draw())
    _expect(isinstance(subject.loaded(), list), "loaded", subject.loaded())


#: The checks, with the statement of each.
CHECKS: dict[Callable[[Subject], None], str] = {
    opens: later("It starts, and answers open"),
    numbers: later("Networks have numbers, and keep what they were made with"),
    errors: later("An impossible request is an error, and it continues"),
    arrays: later("Weights that are set are read back"),
    special: later("Infinities and NaN travel in arrays"),
    calls: later("Calls have values, with rows one for each row"),
    texts: later("Labels may be texts, images small integers"),
    large: later("A question may have some megabytes"),
    facts: later("It draws random numbers and lists its loaded modules"),
}
