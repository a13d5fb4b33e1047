"""Gradescope: an `autograder.zip` (gradescope-autograders.readthedocs.io, "Autograder specifications").

It is built with the network once, and judges without. A container gives no rights to make a sandbox by default, so a
submission is isolated as `process` says; but as the judging runs as root there, the submission runs as a user of its
own, who can neither write the results nor read how it is judged (docs/security.md).
"""

from nnkata.exports.bundle import Baked, bundle, scripts
from nnkata.exports.kit import archive

#: Seconds for a submission's calls, of the 600 s that Gradescope gives by default; mypy runs beside.
SECONDS = 480.0
EXECUTABLE = frozenset({"run_autograder", "setup.sh", "install.sh"})


def export(baked: Baked) -> bytes:
    """The archive.

    Raises:
        UsageError: something is not installed here.
        DataError: the data cannot be read.
    """
    return archive({**scripts("gradescope"), **bundle(baked)}, EXECUTABLE)
