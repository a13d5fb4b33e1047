"""No garbage collection for a while.

During imports, as their objects stay and collecting took 50 ms of a check's 380; and where an alarm ends a run, as
Python drops an exception that is raised in a callback of the collector.
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
