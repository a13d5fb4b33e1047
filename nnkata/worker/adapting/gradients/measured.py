"""Measures one way to the gradients: runs the adapter's lines and compares the result with the slopes."""

import contextlib
import random
import re
from collections.abc import Iterator
from types import ModuleType

import numpy as np

from nnkata.worker.adapting import graph
from nnkata.worker.adapting.gradients.found import COPIED, OF_COPIES, Found
from nnkata.worker.adapting.gradients.slopes import ALIKE, Slopes
from nnkata.worker.adapting.graph import Array
from nnkata.worker.adapting.networks.attributes import data_of, functions_held, rounds_of
from nnkata.worker.adapting.networks.makers import Maker
from nnkata.worker.adapting.outputs import Output
from nnkata.worker.adapting.trying import Fails, Function, made_of, quietly

#: The forms of one sample, not of a batch.
SINGLE = ("vector", "column", "row")
#: The least part of a step that counts as kept in the network, such as momentum.
KEPT = 1e-3
#: The mean over single samples.
EACH = re.compile(r"return mean_of\(lambda a, b: (.*), x, y\)")
#: By how much all parameters are changed to see whether a step depends on them.
SHIFT = 0.1
#: The line that returns gradients with the other sign. A line before it computes them: a comprehension allows no `:=`.
NEGATED = "return [-array for array in uphill]"


class Tried:
    """A network with its output, a batch, and the slopes: the test bench of every way to the gradients."""

    def __init__(self, maker: Maker, output: Output, theirs: ModuleType, x: Array, y: Array, slopes: Slopes) -> None:
        self.maker, self.output, self.theirs, self.x, self.y, self.slopes = maker, output, theirs, x, y, slopes
        self.before = {text: array.copy() for text, array in output.parameters.items()}
        self.single = output.form in SINGLE
        #: Whether the latest step on a fresh network was another at the second call.
        self._keeps = False
        self.attributes = data_of(maker, self.before)
        self.rounds = rounds_of(maker.net)
        self._kept = {**functions_held(maker), **self.attributes, **self.rounds}
        self._text = f"parameters = lambda net: [{', '.join(self.before)}]"

    def restore(self) -> None:
        """Restore the parameters, and the data, numbers of rounds, functions and objects that the network keeps."""
        for name, value in self._kept.items():
            setattr(self.maker.net, name, value)
        now = graph.arrays(self.maker.net, "net")
        for text, old in self.before.items():
            array = now.get(text)
            if array is None or array.shape != old.shape or not array.flags.writeable:
                array = old.copy()  # a call that failed halfway may have bound it to one of another shape
                with contextlib.suppress(Exception):
                    exec(f"{text} = array", {"net": self.maker.net, "array": array})
            array[...] = old
            self.output.parameters[text] = array

    def measured(self, lines: list[str]) -> Found | None:
        """Run the adapter's lines on a fresh batch and compare the result with the slopes."""
        with self._as_made() if "moved(" in lines[-1] else contextlib.nullcontext():
            return self._measured(lines)

    @contextlib.contextmanager
    def _as_made(self) -> Iterator[None]:
        """For a step, give the arrays that are no parameters the values with which they were made: momentum is zero."""
        now = graph.arrays(self.maker.net, "net")
        made = self.output.others
        held = {text: array for text, array in now.items() if text in made and array.shape == made[text].shape}
        held = {text: array for text, array in held.items() if array.flags.writeable}
        before = {text: array.copy() for text, array in held.items()}
        for text, array in held.items():
            array[...] = made[text]
        try:
            yield
        finally:
            for text, array in held.items():
                array[...] = before[text]

    def _measured(self, lines: list[str]) -> Found | None:
        run = made_of("net, x, y", [self._text, *lines], self.theirs)
        try:
            value = self._run(run, self.x, self.y)
            fits, natural, likeness = self.slopes.judge(dict(zip(self.before, value, strict=True)))
            apart, by_n = self.slopes.apart, self.slopes.by_n and not self.single
            if likeness < 0 and lines[-1] != NEGATED and "moved(" not in lines[-1]:
                turned = {text: -array for text, array in zip(self.before, value, strict=True)}
                if self.slopes.judge(turned)[0] > max(fits, len(turned) // 2 - 1):
                    return self._negated(lines)
            doubles = all(array.dtype == np.float64 for array in self.output.parameters.values())
            # regardless of float32's rounding of single arrays
            alike = fits == len(self.before) if doubles else likeness > ALIKE
            labelled = [True] if alike else self._labelled(run)
            if not any(labelled):
                return None
        except (Fails, ValueError, TypeError):
            return None
        additive = alike or self.single or self._additive(run)  # the mean over single samples adds up
        found = Found(lines, fits, natural, likeness, alike, additive, apart=apart, by_n=by_n, labelled=all(labelled))
        if not found.credible:
            return found
        if self.single and not alike and (of_copies := self._of_copies(lines)):
            return of_copies
        if not alike and "moved(" in "".join(lines) and self._anew(run):
            return None
        self._keeps = False
        if not self._afresh(run, found):
            return None
        if self._keeps and not self.single and COPIED not in lines:
            return self.measured([COPIED, *lines]) or found
        return found

    def _negated(self, lines: list[str]) -> Found | None:
        found = self.measured([*lines[:-1], f"uphill = {lines[-1].removeprefix('return ')}", NEGATED])
        if found is not None:
            found.negated, found.natural = True, False  # the author's own step is better
        return found

    def _of_copies(self, lines: list[str]) -> Found | None:
        """The steps of single samples, of a copy for each, if these are the slopes: momentum changes the next step."""
        each = EACH.fullmatch(lines[-1])
        if each is None or "moved(" not in lines[-1]:
            return None
        copied = [*lines[:-1], f"def one(net, a, b): return {each[1]}", OF_COPIES]
        try:
            with quietly():
                run = made_of("net, x, y", [self._text, *copied], self.theirs)
                value = _results(run, self._fresh(), self.x, self.y)
            fits, _natural, likeness = self.slopes.judge(dict(zip(self.before, value, strict=True)))
        except (Fails, ValueError, TypeError):
            return None
        finally:
            self.restore()
        if fits < len(self.before):
            return None
        natural = False  # a whole batch's are better
        return Found(copied, fits, natural, likeness, alike=True, additive=True, apart=self.slopes.apart)

    def _fresh(self) -> object:
        """A network that no call has changed, with the parameters of the one that is tried."""
        net: object = made_of("", self.maker.lines, self.theirs)()
        now = graph.arrays(net, "net")
        for text, old in self.before.items():
            now[text][...] = old
        return net

    def _afresh(self, run: Function, found: Found) -> bool:
        """Whether a fresh network gives as good gradients: the tried one keeps the values that other calls have set."""
        try:
            with quietly():
                net = self._fresh()
                value = _results(run, net, self.x, self.y)
                if found.alike and "moved(" in found.lines[-1]:
                    again = _results(run, net, self.x, self.y)
                    self._keeps = any(
                        np.linalg.norm(a - b) > KEPT * np.linalg.norm(a) for a, b in zip(value, again, strict=True)
                    )
            fits, _natural, likeness = self.slopes.judge(dict(zip(self.before, value, strict=True)))
        except (Fails, ValueError, TypeError):
            return False
        finally:
            self.restore()
        return fits >= found.fits or likeness > found.likeness - 1e-3

    def steps(self, lines: list[str]) -> list[Array] | None:
        """The step of the parameters on a fresh batch by these lines of a function; None if they fail."""
        run = made_of("net, x, y", [self._text, *lines], self.theirs)
        try:
            return self._run(run, self.x, self.y)
        except Fails:
            return None

    def _run(self, run: Function, x: Array, y: Array) -> list[Array]:
        try:
            with quietly():
                return _results(run, self.maker.net, x, y)
        finally:
            self.restore()

    def _labelled(self, run: Function) -> list[bool]:
        """Whether each array is zero or changes with the labels, as gradients do, and not by random numbers alone."""
        other = 1 - self.y if self.maker.widths.one else self.y[:, ::-1]
        state, more = np.random.get_state(), random.getstate()
        value = self._run(run, self.x, self.y)
        np.random.set_state(state)
        random.setstate(more)
        changed = self._run(run, self.x, other)
        if all(np.array_equal(a, b) for a, b in zip(value, changed, strict=True)):
            return [False]
        pairs = zip(value, changed, strict=True)
        return [not np.any(a) or a.shape != b.shape or not np.array_equal(a, b) for a, b in pairs]

    def _anew(self, run: Function) -> bool:
        """Whether a step does not start from the parameters: a training may make new weights before its steps.

        Then it ends at the same weights from anywhere, and the change from there is that of the parameters.
        """
        try:
            one = self._run(run, self.x, self.y)
            for array in self.output.parameters.values():
                array += SHIFT
            other = self._run(run, self.x, self.y)
        except (Fails, ValueError, TypeError):
            return False
        finally:
            self.restore()
        changes = np.concatenate([(b - a).ravel() for a, b in zip(one, other, strict=True)])
        return bool(changes.min() > 0 and np.ptp(changes) <= 1e-6 * changes.max())

    def _additive(self, run: Function) -> bool:
        """Whether a batch's gradients are the mean or sum of its halves', each half with the last class in it.

        With labels in a form that broadcasts wrongly they are not; wrong gradients mostly are.
        """
        labels = self.maker.widths.labels([9, 3, 6, 9])
        try:
            halves = (slice(0, 4), slice(0, 2), slice(2, 4))
            values = [self._run(run, self.x[:4][some], labels[some]) for some in halves]
            whole, one, other = (np.concatenate([array.ravel() for array in value]) for value in values)
            scale = float(np.abs(whole).max(initial=0.0)) * 1e-3
            return any(bool(np.all(np.abs(whole - (one + other) * f) <= scale)) for f in (0.5, 1.0))
        except (Fails, ValueError, TypeError):
            return False


def _results(run: Function, net: object, x: Array, y: Array) -> list[Array]:
    """The arrays that an adapter's lines give for copies of a batch."""
    return [np.array(array, float) for array in run(net, x.copy(), y.copy())]
