"""Steps of the stage from-scratch: the imports in the source, and the modules that the running code has loaded."""

import contextlib

import numpy as np

from nnkata.katas.article.steps.common import RATE, then, when
from nnkata.katas.article.steps.imports import dynamic_calls, foreign
from nnkata.katas.article.steps.typing import report
from nnkata.katas.article.steps.world import World
from nnkata.language import _
from nnkata.steps.compare import Mismatch
from nnkata.subject import Raised
from nnkata.subject.face import SubjectError


@when("the code has run")
def run(world: World) -> None:
    """A call of every method, so that imports inside functions happen; other clauses check the results.

    The modules of a worker that died or hung are unknown; these clauses fail then.
    """
    with contextlib.suppress(Raised, SubjectError):
        world.make([7, 6, 5, 4], epochs=1, l_rate=RATE)
        world.x, world.y = world.sample(2)
        world.train(world.x, world.y)
    with contextlib.suppress(Raised, SubjectError):
        world.subject.call(None, "preprocess", [np.zeros((2, 28, 28), np.uint8), np.array([1, 2])])


@then("the source files import nothing but the standard library and NumPy")
def imports(world: World) -> None:
    """The import statements that run at every import of the file name no other module."""
    sources = world.judged.sources
    found = sorted({name for text in sources.values() for name in foreign(text, sources)})
    if found:
        raise Mismatch(
            _("imported modules"), ", ".join(found), _("the standard library and NumPy alone"), evidence=found
        )


@then("no module is loaded but those of the standard library and NumPy")
def loaded(world: World) -> None:
    """The worker reports no other loaded module."""
    found = world.subject.loaded()
    if found:
        raise Mismatch(
            _("loaded modules"), ", ".join(found)[:500], _("the standard library and NumPy alone"), evidence=found
        )


@then("the source files call no import function")
def dynamic(world: World) -> None:
    """The source has no call that imports by name, in any visible spelling."""
    found = [f"{name}:{line}" for name, text in world.judged.sources.items() for line in dynamic_calls(text)]
    report(_("calls that import or run code by name"), found)
