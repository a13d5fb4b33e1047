"""An exception in plain words: the state at its line, and what to compare; its kind alone names no mistake."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from nnkata.language import _, later
from nnkata.subject import Raised
from nnkata.subject.source import class_faults, spelling
from nnkata.subject.source.import_advice import FOREIGN, IS_OLD, OLD, of_name

#: The most characters examined of a message, and of a name in it.
MESSAGE, NAME = 500, 40
#: The kind of a single number.
NUMBER = r"'(?:numpy\.)?(?:int|float|bool)\d*_?'"
#: Attributes of a pandas table that NumPy's arrays lack.
PANDAS = "values|iloc|loc|columns|head|drop|to_numpy|as_matrix|index|apply|map|isnull|sample|get_dummies"
NUMBER_INDEXED = later("a single number stands where an array or a list is meant")
#: Sentences about a name that is not there, if no near one is known.
NO_NAME = later("nothing is called {name} here: is it spelt as above, does it need self. or an import?")
NO_METHOD = later("a NumPy array has no {name}")
NOT_IN_MODULE = later("the module {kind} has no {name}: is it spelt as in its documentation?")
NOT_IN_TYPE = later("a value of type {kind} has no {name}: is another variable meant?")
NOT_IN_CLASS = later("{kind} has no {name}: is it set in __init__, and spelt the same?")
#: The sentence about a call with too few arguments, if the method itself is no reason for it.
LEFT_OUT = later("the call of {function} leaves out {names}")
ABSENT = frozenset((NO_NAME, NO_METHOD, NOT_IN_MODULE, NOT_IN_TYPE, NOT_IN_CLASS))
NO_SOURCES: Mapping[str, str] = MappingProxyType({})
#: Kinds of exceptions, patterns of CPython's and NumPy's messages (3.11 to 3.14; 1.26 to 2.4), and our sentences. The
#: names in a sentence are those of the pattern's groups; `last` is the index before `size`.
TABLE: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (
        ("TypeError", "AttributeError", "UFuncTypeError"),
        r"'ellipsis'",
        later("`...` stands for code that is not written yet"),
    ),
    (
        ("TypeError",),
        r"ufunc 'bitwise_xor' not supported|for \^: '(?:float|numpy\.float)",
        later("^ is not a power in Python: a power is written x ** 2"),
    ),
    (
        ("UnboundLocalError",),
        r"local variable '(?P<name>\w+)'",
        later("{name} is used before anything is assigned to it"),
    ),
    (
        ("NameError",),
        r"name '(?P<name>_+|TODO|FIXME|(?i:your_?(?:code|answer)\w*|fill_?(?:in|me)\w*))' is not defined",
        later("{name} is a blank of the template: write your own code in its place"),
    ),
    (
        ("NameError",),
        r"name 'np' is not defined",
        later("`import numpy as np` is missing at the top of the file"),
    ),
    (
        ("NameError",),
        r"name '(?P<name>numpy|math|random|time|os|sys|copy|json|itertools|functools|pickle)' is not defined",
        later("`import {name}` is missing at the top of the file"),
    ),
    (
        ("NameError",),
        r"name 'self' is not defined",
        later("self is missing among the arguments of this def, or the line stands outside of its method"),
    ),
    (
        ("NameError",),
        rf"name '(?P<name>{OLD})' is not defined",
        IS_OLD,
    ),
    (
        ("NameError",),
        rf"name '(?:{'|'.join(FOREIGN)})' is not defined",
        later("Python writes True, False, None and self"),
    ),
    (
        ("NameError",),
        r"name '(?P<name>\w+)' is not defined",
        NO_NAME,
    ),
    (
        ("OSError", "PermissionError"),
        r"^\[Errno (?:1|13|30)\] [\w -]+: '/",
        later(
            "where it is judged, the folder of the file may not be written to, only the working folder: a path made "
            "from __file__ does not work, open('log.txt', 'w') does"
        ),
    ),
    (
        ("KeyError",),
        r"^(?P<key>'\w{1,40}'|\d{1,9})$",
        later("nothing was stored under the key {key}: compare it with the keys that are written before"),
    ),
    (
        ("TypeError", "AttributeError"),
        r"'?NoneType'?",
        later(
            "None stands where a value is meant: a function without return gives None; a name from outside of a "
            "function that sets it needs global or nonlocal there"
        ),
    ),
    (
        ("AttributeError",),
        rf"'numpy\.ndarray' object has no attribute '(?P<name>{PANDAS})'",
        later("the arguments are NumPy arrays, no tables of pandas: use the array itself, without .{name}"),
    ),
    (
        ("AttributeError",),
        r"'numpy\.ndarray' object has no attribute '(?P<name>\w+)'",
        NO_METHOD,
    ),
    (
        ("AttributeError",),
        r"module 'numpy' has no attribute '(?P<name>float|int|bool|object|str|complex)'",
        later("NumPy has no np.{name} any more: write {name}, Python's own"),
    ),
    (
        ("AttributeError",),
        r"module '(?P<kind>[\w.]+)' has no attribute '(?P<name>\w+)'",
        NOT_IN_MODULE,
    ),
    (
        ("AttributeError",),
        r"property '(?P<name>\w+)' of '\w+' object has no setter",
        later("{name} is a property, which computes its value: assign to that from which it is computed"),
    ),
    (
        ("FrozenInstanceError",),
        r"cannot assign to field '(?P<name>\w+)'",
        later("{name} is a field of a frozen dataclass, which takes no new values"),
    ),
    (
        ("AttributeError",),
        r"'(?P<kind>bool|int|float|str|list|tuple|dict|set|function|method)' object has no attribute '(?P<name>\w+)'",
        NOT_IN_TYPE,
    ),
    (
        ("AttributeError",),
        r"'(?P<kind>\w+)' object has no attribute '(?P<name>\w+)'",
        NOT_IN_CLASS,
    ),
    (
        ("TypeError",),
        r"(?P<function>\w+)\(\) got an unexpected keyword argument '(?P<name>\w+)'",
        later("{function} has no argument {name}: is another function meant?"),
    ),
    (
        ("TypeError",),
        r"(?P<function>\w+)\(\) takes .* positional arguments? but \d+ w",
        later("{function} is called with more arguments than its def has; in a method the first is self"),
    ),
    (
        ("TypeError",),
        r"(?P<function>\w+)\(\) missing \d+ required positional arguments?: (?P<names>.+)",
        LEFT_OUT,
    ),
    (
        ("TypeError",),
        r"abstract class (?P<kind>\w+) with(?:out an implementation for)? abstract methods? (?P<names>['\w, ]+)",
        later("{kind} lacks a method that its base class demands ({names}): is it spelt the same?"),
    ),
    (
        ("TypeError",),
        r"argument after \*\* must be a mapping, not (?P<kind>[\w.]+)",
        later("** takes a dict apart, and a value of type {kind} stands there"),
    ),
    (
        ("ValueError",),
        r"too many values to unpack|not enough values to unpack",
        later("the names before the = are not as many as the values after it"),
    ),
    (
        ("TypeError",),
        r"'(?P<kind>generator|zip|map|filter|enumerate|dict_values|dict_keys|dict_items)' object is not subscriptable",
        later("a {kind} has no numbered elements: list() makes a list of it"),
    ),
    (
        ("TypeError",),
        r"can't multiply sequence by non-int",
        later("a list is multiplied by a number, which would repeat it: np.array() makes an array of it"),
    ),
    (
        ("ValueError",),
        r"matmul: Input operand \d does not have enough dimensions",
        later("@ stands beside a single number, None, or a function that is not called"),
    ),
    (
        ("TypeError",),
        r"'(?P<kind>[\w.]+)' object is not callable",
        later("a value ({kind}) is called like a function: square brackets may be meant, or a name is used twice"),
    ),
    (
        ("TypeError",),
        r"only (?:length-1|0-dimensional|integer scalar) arrays",
        later("an array is given where a single number is wanted: for arrays, np.exp stands in the place of math.exp"),
    ),
    (
        ("IndexError",),
        r"only integers, slices",
        later("an array is indexed by something that is not a number: is the dict meant, or the number of a sample?"),
    ),
    (
        ("TypeError",),
        r"(?:list|tuple) indices must be integers or slices, not str",
        later("a list is indexed by a text: is a dict meant?"),
    ),
    (
        ("IndexError",),
        r"index (?P<index>-?\d+) is out of bounds for axis \d+ with size (?P<size>\d+)",
        later("index {index} is beyond the end: the last is {last}"),
    ),
    (
        ("IndexError",),
        r"(?:list|tuple) index out of range",
        later("the index is beyond the end: the last element is number len - 1"),
    ),
    (
        ("IndexError",),
        r"array is (?P<axes>\d+)-dimensional, but (?P<indices>\d+) were indexed",
        later("an array of {axes} dimensions is indexed by {indices} numbers"),
    ),
    (("IndexError",), r"invalid index to scalar variable", NUMBER_INDEXED),
    (("TypeError",), rf"{NUMBER} object is not (?:iterable|subscriptable)", NUMBER_INDEXED),
    (("TypeError",), rf"object of type {NUMBER} has no len", NUMBER_INDEXED),
    (
        ("AxisError",),
        r"axis (?P<axis>-?\d+) is out of bounds for array of dimension (?P<axes>\d+)",
        later("an array of {axes} dimensions has no axis {axis}: the first axis is 0, and a vector has no other"),
    ),
    (
        ("ValueError",),
        r"truth value of an array",
        later("a condition is decided by a whole array: compare one number, or take .any() or .all()"),
    ),
    (
        ("ValueError",),
        r"cannot reshape array of size (?P<count>\d+) into shape (?P<shape>\([\d, ]+\))",
        later("{count} numbers do not fill the shape {shape}"),
    ),
    (
        ("ValueError", "TypeError"),
        r"setting an array element with a sequence",
        later("an array is assigned to the place of a single number"),
    ),
    (
        ("UFuncTypeError", "UFuncOutputCastingError", "_UFuncOutputCastingError"),
        r"to dtype\('(?P<kind>\w+)'\)",
        later("an array of {kind} cannot take fractions in place: a = a - b makes a new one, a -= b does not"),
    ),
    (
        ("TypeError",),
        r"unhashable type: '(?P<kind>[\w.]+)'",
        later("a value ({kind}) is used as a key of a dict or in a set"),
    ),
    (
        ("TypeError",),
        r"unsupported operand type\(s\) for (?P<sign>\S+): .*'(?:function|method|builtin_function_or_method|type)'",
        later("{sign} stands beside a function: to call it, put () behind its name"),
    ),
    (
        ("TypeError",),
        r"unsupported operand type\(s\) for (?P<sign>\S+): '(?P<one>[\w.]+)' and '(?P<other>[\w.]+)'",
        later("{sign} stands between {one} and {other}"),
    ),
    (("ValueError",), r"^scale < 0", later("a standard deviation below 0 is asked for")),
    (("ZeroDivisionError",), r"", later("a division by 0")),
    (("RecursionError",), r"", later("a function calls itself without an end")),
)


def plain(error: Raised, sources: Mapping[str, str] = NO_SOURCES) -> str:
    """A sentence about an exception; empty for an unknown one. `sources`, texts by their file, give near names."""
    for kinds, pattern, sentence in TABLE:
        if error.kind in kinds and (found := re.search(pattern, error.message[:MESSAGE])):
            words = {name: text[:NAME] for name, text in found.groupdict().items()}
            if "size" in words:
                words["last"] = str(int(words["size"][:9]) - 1)
            if sentence == NO_NAME and (lacking := _lacking(error, words["name"], sources)):
                return lacking
            if sentence == LEFT_OUT and (fault := class_faults.static_with_self(words["function"], sources)):
                return fault
            if sentence == NOT_IN_CLASS and (fault := class_faults.slots_without(**words, sources=sources)):
                return fault
            close = spelling.meant(error, sources) if sentence in ABSENT else ""
            return close or _(sentence).format(**words)
    return ""


def _lacking(error: Raised, name: str, sources: Mapping[str, str]) -> str:
    """The advice about a name from a module that is not among the files; empty for any other."""
    file, _comma, _line = error.where.rpartition(", line ")
    return of_name(name, sources.get(file, ""))
