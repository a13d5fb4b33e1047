"""No garbage collection for a while: during imports, whose objects stay, and where an alarm ends a run, as Python drops
an exception that is raised in a callback of the collector.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Without garbage collection inside; afterwards as before."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@contextmanager
def importing() -> Iterator[None]:
    """Without garbage collection inside; later collections leave out everything that is there by then.

    Looking through the objects of imports took a twentieth of a check.
    """
    with uncollected():
        yield
        gc.freeze()
