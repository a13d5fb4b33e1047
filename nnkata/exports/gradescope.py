"""Gradescope: an `autograder.zip` (gradescope-autograders.readthedocs.io, "Autograder specifications").

It is built once with network access and judges without it. A container gives no rights to make a sandbox by default, so
the isolation is `process`; but since the judging runs as root there, the submission runs as a user of its own, who can
neither write the results nor read the settings (docs/security.md).
"""

from nnkata.exports.bundle import Baked, bundle, scripts
from nnkata.exports.kit import archive

#: Seconds for a submission's calls, of Gradescope's default of 600 s; mypy runs at the same time.
SECONDS = 480.0
EXECUTABLE = frozenset({"run_autograder", "setup.sh", "install.sh"})


def export(baked: Baked) -> bytes:
    """The archive.

    Raises:
        UsageError: something is not installed here.
        DataError: the data cannot be read.
    """
    return archive({**scripts("gradescope"), **bundle(baked)}, EXECUTABLE)
