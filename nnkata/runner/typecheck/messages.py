"""The types in mypy's messages: the actual one, the expected one, and whether these contradict each other."""

import re
from collections.abc import Iterator

_GOT = r'(?:got|has type|incompatible type|[Ii]ndex type) "(?P<got>[^"]*)"'
_EXPECTED = r'(?:expected(?: type)?|(?:variable|target|argument|parameter) has type) "(?P<expected>[^"]*)"'
_PAIR = re.compile(f"{_GOT}.*?{_EXPECTED}")
_ENTRY = re.compile(r'incompatible type "([^"]*)": "([^"]*)"; expected "([^"]*)": "([^"]*)"')
_COMPREHENSION = re.compile(r"incompatible type (?:List|Set|Generator|list|set)\[(.*)\]; expected \w+\[(.*)\]")
#: A str where one of several literals is expected: a key in a loop.
_LITERALS = re.compile(r"Literal\[(?:'[^']*'(?:, )?)+\]")
_LITERAL = re.compile(_LITERALS.pattern + r"\??")
_TEXT = re.compile(r"'[^']*'")
_ANY_LENGTH = re.compile(r"tuple\[(.*), \.\.\.\]", re.I)
_TUPLE = re.compile(r"tuple\[(.*)(?<!\.\.\.)\]", re.I)
_ARRAY = re.compile(r"ndarray(?:\[Any, Any\])?")
#: Numbers of NumPy and Python replace each other, the narrower the wider (PEP 484 defines that for Python's).
_NUMBERS = {"bool": 0, "bool_": 0, "int": 1, "integer": 1, "float": 2, "floating": 2, "complex": 3}
_SCALAR = re.compile(r"(?:Literal\[(-?\d+|True|False)\]\??|(\w+)(?:\[Any\])?)$")


def pairs(message: str) -> list[tuple[str, str]]:
    """Each pair (got, expected) in a message."""
    if entry := _ENTRY.search(message):
        key, value, wanted_key, wanted_value = entry.groups()
        return [(key, wanted_key), (value, wanted_value)]
    if made := _COMPREHENSION.search(message):
        return [(made[1], made[2])]
    return [(found["got"], found["expected"]) for found in _PAIR.finditer(message)]


def unknown(got: str, expected: str, typed_dicts: frozenset[str]) -> bool:
    """Whether mypy could not infer `got`, so that it does not contradict `expected`."""
    if _other_text(got, expected):
        return False
    if got == "object" or _plain(got) == _plain(expected):
        return True
    if (items := _ANY_LENGTH.fullmatch(got)) and (wanted := _TUPLE.fullmatch(expected)):
        # to mypy, a tuple of a generator has any length
        return all(_fits(items[1], one, typed_dicts) for one in _split(wanted[1], ","))
    if expected in typed_dicts and got.startswith("dict[str, "):
        return True  # a dict filled key by key: mypy does not follow the keys
    ranks = [_rank(got), _rank(expected)]
    if None not in ranks and ranks[0] <= ranks[1]:  # type: ignore[operator]  # both are numbers
        return True
    kinds = list(members(got))
    arrays = [kind.startswith("ndarray") for kind in kinds]
    return (
        any(arrays)
        and all(array or _rank(kind) is not None for array, kind in zip(arrays, kinds, strict=True))
        and (
            not all(arrays)  # to mypy, `sum` of arrays is an array or 0, `a @ b` an array or a number
        )
    )


def _fits(got: str, expected: str, typed_dicts: frozenset[str]) -> bool:
    """Whether an item of a tuple may stand for one; an array of any kind, for an array."""
    arrays = _ARRAY.fullmatch(got) and expected.startswith("ndarray")
    return bool(arrays) or got == "Any" or unknown(got, expected, typed_dicts)


def _other_text(got: str, expected: str) -> bool:
    """Whether it is a literal text that is none of the expected ones."""
    found, wanted = _LITERAL.fullmatch(got), _LITERAL.fullmatch(expected)
    return bool(found and wanted) and not set(_TEXT.findall(got)) <= set(_TEXT.findall(expected))


def members(text: str) -> Iterator[str]:
    """The members of a union, in either spelling; any other type alone."""
    if text.startswith("Union[") and text.endswith("]"):
        yield from _split(text[6:-1], ",")
    else:
        yield from _split(text, "|")


def _split(text: str, by: str) -> Iterator[str]:
    depth = start = 0
    for place, letter in enumerate(text):
        depth += (letter in "[(") - (letter in "])")
        if letter == by and not depth:
            yield text[start:place].strip()
            start = place + 1
    yield text[start:].strip()


def _plain(text: str) -> str:
    """A type without the details that mypy cannot follow: the possible values of a key, the size of a number."""
    text = _LITERALS.sub("str", text)
    for numpy, python in (("floating", "float"), ("integer", "int"), ("bool_", "bool")):
        text = re.sub(rf"\b{numpy}(\[Any\])?(?!\w)", python, text)
    return text


def _rank(text: str) -> int | None:
    found = _SCALAR.match(text)
    if not found:
        return None
    if found[1]:
        return 0 if found[1] in ("True", "False") else 1
    return _NUMBERS.get(found[2])
