"""Syntax of a later Python is named as such; a text that no Python reads is not."""

import sys
from pathlib import Path

import pytest

from nnkata.subject import NotFound, locate
from nnkata.subject.source.newer_syntax import newer, told

#: Syntax, and the version of Python that introduced it.
NEWER = {
    "type X = int": (3, 12),
    "type X[T] = list[T]": (3, 12),
    "def f[T](x: T) -> T: return x": (3, 12),
    "class A[*Ts, **P]: pass": (3, 12),
    "async def f[T: (int, str)](x: T): pass": (3, 12),
    'x = f"{d["k"]:>{w["n"]}}"': (3, 12),
    "x = f'{'a'!r:>10} {1 = } {x!=y}'": (3, 12),
    "x = f'{\"\\n\".join(a)}'": (3, 12),
    "x = f'''{\na # why\n}'''": (3, 12),
    "import os\ntype A = int\n\ndef f[T](a: T) -> T:\n    return f'{d['a']}'": (3, 12),
    "def f[T = int](x: T) -> T: return x": (3, 13),
    "try:\n    pass\nexcept A, B:\n    pass": (3, 14),
    "x = t'{a}'": (3, 14),
    "lazy import os": (3, 15),
}
NEVER = [
    "type X = ",
    "type X = int\nx = (1",
    "def f[T](x: T) -> T\n    return x",
    "def f[T(x): pass",
    "x = f'{a b}'",
    "x = f'{a['b}'",
    "x = f'{'a' b}'",
    "print 'x'",
    "try:\n    pass\nexcept ValueError, error:\n    pass",
    "x = (1",
]


@pytest.mark.parametrize("text", NEWER)
def test_newer_syntax_is_known_by_its_version(text: str) -> None:
    found = newer(text)
    if sys.version_info >= NEWER[text]:
        assert found is None
    else:
        assert found is not None
        assert found[0] == NEWER[text]


@pytest.mark.parametrize("text", NEVER)
def test_invalid_syntax_is_not_called_newer(text: str) -> None:
    assert newer(text) is None


@pytest.mark.parametrize(
    "text", ["type X = int\n" * 20_000, "f'{" * 80_000, "x = " + "f\"{f'{" * 30_000, "def f" + "[" * 99_999]
)
def test_a_deliberately_slow_text_is_given_up(text: str) -> None:
    assert told(text) == ""  # within the suite's limit for a test


@pytest.mark.skipif(sys.version_info >= (3, 14), reason="this Python has t-strings")
def test_the_later_version_is_named_instead_of_a_syntax_error(tmp_path: Path) -> None:
    path = tmp_path / "network.py"
    path.write_text("import numpy as np\nx = t'{np}'\n")
    running = f"{sys.version_info[0]}.{sys.version_info[1]}"
    words = rf"it has syntax of Python 3\.14 \(line 2\), and is judged with Python {running}"
    with pytest.raises(NotFound, match=f"network.py cannot be judged: {words}\nwrite the line in the older form"):
        locate(str(path))
