"""An exception in plain words: what stands at its line, and what to compare; its kind alone names no mistake."""

import re
from collections.abc import Callable

from nnkata.language import _
from nnkata.subject import Raised

#: How much of a message is looked at, and of a name that it has.
MESSAGE, NAME = 500, 40
Say = Callable[[re.Match[str]], str]


def _name(found: re.Match[str], group: int = 1) -> str:
    return found[group][:NAME]


def _before_it_has_a_value(found: re.Match[str]) -> str:
    return _("{name} is used before anything is assigned to it").format(name=_name(found))


def _not_defined(found: re.Match[str]) -> str:
    return _("nothing is called {name} here: is it spelt as above, does it need self. or an import?").format(
        name=_name(found)
    )


def _no_key(found: re.Match[str]) -> str:
    return _("nothing was stored under the key {key}: compare it with the keys that are written before").format(
        key=_name(found, 0)
    )


def _nothing(_found: re.Match[str]) -> str:
    return _("None stands where a value is meant: a function without return gives None")


def _not_in_an_array(found: re.Match[str]) -> str:
    return _("a NumPy array has no {name}: what is handed in are arrays, no tables of pandas").format(name=_name(found))


def _no_attribute(found: re.Match[str]) -> str:
    return _("{kind} has no {name}: is it set in __init__, and spelt the same?").format(
        kind=_name(found), name=_name(found, 2)
    )


def _no_such_argument(found: re.Match[str]) -> str:
    return _("{function} has no argument {name}: is another function meant?").format(
        function=_name(found), name=_name(found, 2)
    )


def _too_many_arguments(found: re.Match[str]) -> str:
    return _("{function} is called with more arguments than its def has; in a method the first is self").format(
        function=_name(found)
    )


def _too_few_arguments(found: re.Match[str]) -> str:
    return _("the call of {function} leaves out {names}").format(function=_name(found), names=_name(found, 2))


def _called(found: re.Match[str]) -> str:
    return _(
        "a value ({kind}) is called like a function: square brackets may be meant, or a name is used twice"
    ).format(kind=_name(found))


def _one_number_wanted(_found: re.Match[str]) -> str:
    return _("an array is given where a single number is wanted: for arrays, np.exp stands in the place of math.exp")


def _array_indexed_by_text(_found: re.Match[str]) -> str:
    return _("an array is indexed by something that is no number: is the dict meant, or the number of a sample?")


def _list_indexed_by_text(_found: re.Match[str]) -> str:
    return _("a list is indexed by a text: is a dict meant?")


def _beyond(found: re.Match[str]) -> str:
    last = int(found[2][:9]) - 1
    return _("index {index} is beyond the end: the last is {last}").format(index=_name(found), last=last)


def _list_too_short(_found: re.Match[str]) -> str:
    return _("the index is beyond the end: the last element is number len - 1")


def _too_many_indices(found: re.Match[str]) -> str:
    return _("an array of {axes} dimensions is indexed by {indices} numbers").format(
        axes=_name(found), indices=_name(found, 2)
    )


def _number_indexed(_found: re.Match[str]) -> str:
    return _("a single number stands where an array or a list is meant")


def _axis(found: re.Match[str]) -> str:
    return _("an array of {axes} dimensions has no axis {axis}: the first axis is 0, and a vector has no other").format(
        axes=_name(found, 2), axis=_name(found)
    )


def _decided_by_array(_found: re.Match[str]) -> str:
    return _("a condition is decided by a whole array: compare one number, or take .any() or .all()")


def _reshaped(found: re.Match[str]) -> str:
    return _("{count} numbers do not fill the shape {shape}").format(count=_name(found), shape=_name(found, 2))


def _array_into_element(_found: re.Match[str]) -> str:
    return _("an array is put where a single number has its place")


def _cast(found: re.Match[str]) -> str:
    return _("an array of {kind} cannot take fractions in place: a = a - b makes a new one, a -= b does not").format(
        kind=_name(found)
    )


def _as_key(found: re.Match[str]) -> str:
    return _("a value ({kind}) is used as a key of a dict or in a set").format(kind=_name(found))


def _operands(found: re.Match[str]) -> str:
    return _("{sign} stands between {one} and {other}").format(
        sign=_name(found), one=_name(found, 2), other=_name(found, 3)
    )


def _deviation(_found: re.Match[str]) -> str:
    return _("a standard deviation below 0 is asked for")


def _by_zero(_found: re.Match[str]) -> str:
    return _("a division by 0")


def _without_end(_found: re.Match[str]) -> str:
    return _("a function calls itself without an end")


#: The kind of a single number.
NUMBER = r"'(?:numpy\.)?(?:int|float|bool)\d*_?'"
#: Kinds of exceptions, patterns of CPython's and NumPy's messages (3.11 to 3.14; 1.26 to 2.4), and what is said.
TABLE: tuple[tuple[tuple[str, ...], str, Say], ...] = (
    (("UnboundLocalError",), r"local variable '(\w+)'", _before_it_has_a_value),
    (("NameError",), r"name '(\w+)' is not defined", _not_defined),
    (("KeyError",), r"^(?:'\w{1,40}'|\d{1,9})$", _no_key),
    (("TypeError", "AttributeError"), r"'?NoneType'?", _nothing),
    (("AttributeError",), r"'numpy\.ndarray' object has no attribute '(\w+)'", _not_in_an_array),
    (("AttributeError",), r"'(\w+)' object has no attribute '(\w+)'", _no_attribute),
    (("TypeError",), r"(\w+)\(\) got an unexpected keyword argument '(\w+)'", _no_such_argument),
    (("TypeError",), r"(\w+)\(\) takes .* positional arguments? but \d+ w", _too_many_arguments),
    (("TypeError",), r"(\w+)\(\) missing \d+ required positional arguments?: (.+)", _too_few_arguments),
    (("TypeError",), r"'([\w.]+)' object is not callable", _called),
    (("TypeError",), r"only (?:length-1|0-dimensional|integer scalar) arrays", _one_number_wanted),
    (("IndexError",), r"only integers, slices", _array_indexed_by_text),
    (("TypeError",), r"(?:list|tuple) indices must be integers or slices, not str", _list_indexed_by_text),
    (("IndexError",), r"index (-?\d+) is out of bounds for axis \d+ with size (\d+)", _beyond),
    (("IndexError",), r"(?:list|tuple) index out of range", _list_too_short),
    (("IndexError",), r"array is (\d+)-dimensional, but (\d+) were indexed", _too_many_indices),
    (("IndexError",), r"invalid index to scalar variable", _number_indexed),
    (
        ("TypeError",),
        rf"{NUMBER} object is not (?:iterable|subscriptable)",
        _number_indexed,
    ),
    (("TypeError",), rf"object of type {NUMBER} has no len", _number_indexed),
    (("AxisError",), r"axis (-?\d+) is out of bounds for array of dimension (\d+)", _axis),
    (("ValueError",), r"truth value of an array", _decided_by_array),
    (("ValueError",), r"cannot reshape array of size (\d+) into shape (\([\d, ]+\))", _reshaped),
    (("ValueError", "TypeError"), r"setting an array element with a sequence", _array_into_element),
    (("UFuncTypeError", "UFuncOutputCastingError", "_UFuncOutputCastingError"), r"to dtype\('(\w+)'\)", _cast),
    (("TypeError",), r"unhashable type: '([\w.]+)'", _as_key),
    (("TypeError",), r"unsupported operand type\(s\) for (\S+): '([\w.]+)' and '([\w.]+)'", _operands),
    (("ValueError",), r"^scale < 0", _deviation),
    (("ZeroDivisionError",), r"", _by_zero),
    (("RecursionError",), r"", _without_end),
)


def plain(error: Raised) -> str:
    """A sentence about an exception, '' where it is none of those that are known."""
    for kinds, pattern, say in TABLE:
        if error.kind in kinds and (found := re.search(pattern, error.message[:MESSAGE])):
            return say(found)
    return ""
