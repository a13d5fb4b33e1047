"""Edits of a submission's code that mend it: which are found, what is left alone, and when the search ends."""

import ast
import gc
import itertools
import signal
import sys
import textwrap
import time
from collections.abc import Generator
from functools import partial
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import numpy as np
import pytest

from nnkata.worker import mending
from nnkata.worker.imports.loading import load
from nnkata.worker.mending.edits import Edit
from nnkata.worker.mending.order import ordered
from nnkata.worker.mending.search import mended

pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="a search needs the timers of Unix")

#: Seconds of processor time, far above the need of a search through these few lines.
ENOUGH = 20.0
TEXT = """
import numpy as np

KEYS = {"a": 3.0, "b": 5.0}
PLAN = (("a", 2), ("b", 1), ("a", 0))
WIDTH: int = 2


def scaled(values, factor):
    total = np.sum(values)
    shifted = values - total / len(values)
    if factor > 1:
        shifted = shifted * factor
    return shifted


def pair(first, second):
    return np.outer(first, second)


def both(values):
    left = scaled(values, 2)
    right = scaled(values, 1)[:3]
    table = pair(left, right)
    return table.T * KEYS["a"]


def summed(values):
    result = np.zeros(2)
    for value in values:
        result += value * (1 - value)
    return result


def spread(values):
    return np.where(
        values > 0,
        values,
        values + 1,
    )


class Net:
    ORDER = ["first", "second", "third"]

    def held(self, values):
        total: float = float(len(values))
        kept = np.asarray(values / total, dtype=np.float64)
        return [kept * values[n] * KEYS[key] for key, n in PLAN][:WIDTH], self.ORDER[0]


bent = {"up": lambda z: np.maximum(z, 0), "down": lambda z: -z}


def ends(values):
    i = 0
    while i < len(values):
        i += 1
    return i
"""
VALUES = np.array([0.5, 2.0, -3.0, 4.5])
ROWS = np.array([[0.5, 2.0], [3.0, -1.0]])


def loaded(folder: Path, text: str, encoding: str = "utf-8") -> ModuleType:
    """The module of a text."""
    path = folder / "network.py"
    path.write_text(text, encoding)
    module: Any = load(str(path), str(folder), "")
    assert isinstance(module, ModuleType)
    return module


def values(module: Any) -> Generator[object]:
    """What the functions of the text give."""
    yield module.both(VALUES.copy())
    yield module.summed(ROWS.copy())
    yield module.bent["up"](VALUES.copy())
    yield module.ends([1, 2, 3])
    yield module.spread(VALUES.copy())
    yield list(module.Net().held(VALUES.astype(np.float32)))
    yield str(module.Net().held(VALUES.astype(np.float32))[0][0].dtype)


def nothing() -> Generator[object]:
    """No call."""
    yield from ()


def search(folder: Path, module: ModuleType, right: list[object], seconds: float = ENOUGH, line: int = 0) -> list[Any]:
    """The edits that are found."""

    def place(file: str) -> tuple[str, int] | None:
        return (Path(file).name, 0) if Path(file).parent == folder else None

    meant = [(value, 1e-9) for value in right]
    found = mended(partial(values, module), meant, place, ("network.py", line), (nothing, nothing), seconds)
    return found or []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("values - total", "values + total"),
        ("np.sum(values)", "np.max(values)"),
        ("factor > 1", "factor > 2"),
        ("shifted * factor", "shifted * total"),
        ("scaled(values, 1)", "scaled(values, 2)"),
        ("np.outer(first, second)", "np.outer(second, first)"),
        ("table.T", "table"),
        ('KEYS["a"]', 'KEYS["b"]'),
        ("result += value", "result = value"),
        ("(1 - value)", "value"),
        ("np.maximum(z, 0)", "np.minimum(z, 0)"),
        ("pair(left, right)", "pair(left, left)"),
        ("i < len(values)", "i <= len(values)"),
        ("float(len(values))", "float(max(values))"),
        ("dtype=np.float64", "dtype=np.float32"),
        ("values + 1,", "values + 2,"),
        ('"a": 3.0', '"a": 4.0'),
        ('("b", 1)', '("b", 0)'),
        ('("a", 2)', '("b", 2)'),
        ("WIDTH: int = 2", "WIDTH: int = 3"),
        ('["first", "second", "third"]', '["third", "second", "first"]'),
    ],
)
def test_the_line_of_an_edit_is_found(tmp_path: Path, old: str, new: str) -> None:
    assert TEXT.count(old) == 1
    right = list(values(loaded(tmp_path, TEXT)))
    found = search(tmp_path, loaded(tmp_path, TEXT.replace(old, new)), right)
    assert ["network.py", TEXT[: TEXT.index(old)].count("\n") + 1] in [one[:2] for one in found]


def test_an_edit_has_the_line_of_its_own_part_of_a_statement(tmp_path: Path) -> None:
    """Not that of the statement, whose other edits put its parts elsewhere."""
    right, old = list(values(loaded(tmp_path, TEXT))), "values + 1,"
    found = search(tmp_path, loaded(tmp_path, TEXT.replace(old, "values + 2,")), right)
    assert {one[1] for one in found if one[2] == "constant"} == {TEXT[: TEXT.index(old)].count("\n") + 1}


@pytest.mark.parametrize("encoding", ["gbk", "big5", "utf-8", "utf-8-sig"])
def test_the_line_is_found_in_a_file_that_says_its_encoding(tmp_path: Path, encoding: str) -> None:
    right = list(values(loaded(tmp_path, TEXT)))
    text = f"# coding: {encoding.removesuffix('-sig')}\n# 一本\n" + TEXT.replace(
        "np.outer(first, second)", "np.outer(second, first)"
    )
    found = search(tmp_path, loaded(tmp_path, text, encoding), right)
    assert ["network.py", text[: text.index("np.outer")].count("\n") + 1] in [one[:2] for one in found]


def test_no_edit_of_right_code_is_tried(tmp_path: Path) -> None:
    module = loaded(tmp_path, TEXT)
    meant = [(value, 1e-9) for value in values(module)]
    assert mended(partial(values, module), meant, lambda _file: None, ("", 0), (nothing, nothing), ENOUGH) is None


def test_of_two_mistakes_no_edit_mends_both(tmp_path: Path) -> None:
    right = list(values(loaded(tmp_path, TEXT)))
    wrong = TEXT.replace("table.T", "table").replace("np.maximum", "np.minimum")
    assert search(tmp_path, loaded(tmp_path, wrong), right) == []


def test_a_suspected_line_with_a_right_edit_ends_the_search(tmp_path: Path) -> None:
    """That of `pair` could be mended by the exchange of its arguments elsewhere, too."""
    right = list(values(loaded(tmp_path, TEXT)))
    wrong = loaded(tmp_path, TEXT.replace("np.outer(first, second)", "np.outer(second, first)"))
    lines = {one[1] for one in search(tmp_path, wrong, right)}
    assert len(lines) > 1
    for line in lines:
        assert {one[1] for one in search(tmp_path, wrong, right, line=line)} == {line}


def test_the_code_is_afterwards_as_it_was(tmp_path: Path) -> None:
    module = loaded(tmp_path, TEXT.replace("table.T", "table"))
    before = list(values(module))
    functions = {name: f.__code__ for name, f in vars(module).items() if isinstance(f, FunctionType)}
    state = np.random.get_state(legacy=False)
    assert search(tmp_path, module, [1.0, *before[1:]]) == []
    assert all(vars(module)[name].__code__ is code for name, code in functions.items())
    for one, same in zip(before, values(module), strict=True):
        np.testing.assert_equal(one, same)
    np.testing.assert_equal(state, np.random.get_state(legacy=False))
    assert sys.gettrace() is None


def test_an_edit_that_never_ends_is_ended(tmp_path: Path) -> None:
    """Each `i += 1` that is left out makes an endless loop."""
    module = loaded(tmp_path, TEXT)
    right = [*list(values(module))[:3], 4]
    start = time.process_time()
    assert search(tmp_path, module, right, 1.0) is not None
    assert time.process_time() - start < ENOUGH


@pytest.mark.parametrize(
    "harm",
    [
        "open('{marker}', 'w').close()",
        "np.save('{marker}', values)",
        "values.tofile('{marker}')",
        "os.mkdir('{marker}')",
        "Path('{marker}').touch(), Path('{marker}').write_text('')",
        "shutil.copy(__file__, '{marker}')",
    ],
)
def test_a_function_that_could_write_is_never_run_in_an_edited_form(tmp_path: Path, harm: str) -> None:
    """A condition that is false as it stands keeps it from writing; an edit would turn it."""
    marker = tmp_path / "marker.npy"
    text = textwrap.dedent(
        f"""
        import os
        import shutil
        from pathlib import Path

        import numpy as np


        class Net:
            def wrong(self, values):
                if len(values) > 100:
                    self.keep(values)
                return self.double(values) + 1

            def double(self, values):
                return 2 * values

            def keep(self, values):
                {harm.format(marker=marker)}
                return values


        def both(values):
            if len(values) > 100:
                {harm.format(marker=marker)}
            return Net().wrong(values)


        def summed(values):
            return values


        bent = {{"up": lambda z: z}}
        ends = len
        """
    )
    module = loaded(tmp_path, text)
    search(tmp_path, module, [2 * VALUES, ROWS, VALUES, 3])
    assert not marker.exists()


def test_code_that_writes_as_it_stands_is_not_run_for_each_edit(tmp_path: Path) -> None:
    log = tmp_path / "log.txt"
    text = TEXT.replace("table.T", "table").replace(
        "    i = 0\n", f"    with open({str(log)!r}, 'a') as log:\n        log.write('.')\n    i = 0\n"
    )
    assert search(tmp_path, loaded(tmp_path, text), [1.0, None, None, None]) == []
    assert len(log.read_text("utf-8")) <= 6  # once or twice as it is, and three times to see which functions run


def test_a_file_that_is_gone_gives_no_edit(tmp_path: Path) -> None:
    module = loaded(tmp_path, TEXT.replace("table.T", "table"))
    (tmp_path / "network.py").unlink()
    assert search(tmp_path, module, [1.0, None, None, None]) == []


class Slow:
    """An object whose destructor takes 0.2 s of processor time."""

    def __del__(self) -> None:
        end = time.process_time() + 0.2
        while time.process_time() < end:
            pass


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_alarm_that_python_drops_is_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python reports an exception in a destructor, and goes on."""
    monkeypatch.setattr(mending.search, "FIRST", 0.05)

    def endless() -> Generator[object]:
        slow = Slow()
        del slow
        for _ in itertools.count():
            pass
        yield 1.0

    start = time.process_time()
    assert mended(endless, [(1.0, 0.0)], lambda _file: None, ("", 0), (nothing, nothing), 1.0) == []
    assert time.process_time() - start < ENOUGH


def test_no_callback_of_the_garbage_collector_runs_in_a_search() -> None:
    """Python drops an alarm there, too; pytest takes its report for an error, as the person's test suite would."""
    seen = []

    def act() -> Generator[object]:
        seen.append(gc.isenabled())
        yield 2.0

    assert gc.isenabled()
    mended(act, [(1.0, 0.0)], lambda _file: None, ("", 0), (nothing, nothing), 1.0)
    assert seen
    assert not any(seen)
    assert gc.isenabled()


def test_what_is_kept_for_the_suspected_function_is_edited_before_other_code() -> None:
    function = ast.parse("def back(self):\n    d = self.delta\n    return d * self.kept[0]['z']\n").body[0]
    other = (
        "def there(self, x):\n    z = self.W @ x\n    shape = x.shape\n    self.kept.append({'z': x})\n    return z\n"
    )
    later = ast.increment_lineno(ast.parse(other), 3).body[0]

    class Stub:
        file = "net.py"

        def __init__(self, node: ast.stmt) -> None:
            self.node = node

        def edits(self, rare: bool, among: set[int] | None) -> Generator[Edit]:
            body = self.node.body if isinstance(self.node, ast.FunctionDef) else []
            lines = (one.lineno for one in body if among is None or one.lineno in among)
            yield from (Edit(line, "name", None, "", None, None) for line in lines if not rare)

    units: list[Any] = [Stub(later), Stub(function)]
    tried = [edit.line for _unit, edit, _own in ordered(units, lambda file: (file, 0), ("net.py", 3))]
    assert tried == [3, 7, 2, 5, 6, 8]


DEFAULTS = """ROWS = [{"name": "b"}, {"name": "a"}]
NUMBERS = {"a": 2.0, "b": 3.0}


def times(values, factor=4):
    return values * factor


class Net:
    def __init__(self, rows=ROWS):
        self.rows = rows

    def first(self):
        return NUMBERS[self.rows[0]["name"]]
"""


def test_defaults_of_parameters_are_edited_and_given_back(tmp_path: Path) -> None:
    module = loaded(tmp_path, DEFAULTS)
    before = module.times.__defaults__, module.Net.__init__.__defaults__

    def act() -> Generator[object]:
        yield module.times(1.0)

    def table() -> Generator[object]:
        yield module.Net().first()

    for calls, right, line in ((act, 5.0, 5), (table, 2.0, 1)):
        place = partial(lambda folder, file: (Path(file).name, 0) if Path(file).parent == folder else None, tmp_path)
        found = mended(calls, [(right, 1e-9)], place, ("network.py", 0), (nothing, nothing), ENOUGH)
        assert line in {found_line for _file, found_line, _kind in found or ()}
    assert module.times.__defaults__ is before[0]
    assert module.Net.__init__.__defaults__ is before[1]
    assert module.ROWS is before[1][0]
