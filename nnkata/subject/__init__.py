"""The implementation under test behind one face: `locate` finds it, `Subject` talks to it.

What lives here: names to files, and the two transports, in this process (`InProcess`) and in a worker (`Isolated`),
which is started plainly or in a sandbox.
What must not: anything that judges results.
"""

from nnkata.subject.face import Died, NetworkFace, Outcome, Raised, Subject, SubjectError, TimedOut
from nnkata.subject.inprocess import InProcess
from nnkata.subject.isolated import Isolated
from nnkata.subject.locate import Implementation, NotFound, locate

__all__ = [
    "Died",
    "Implementation",
    "InProcess",
    "Isolated",
    "NetworkFace",
    "NotFound",
    "Outcome",
    "Raised",
    "Subject",
    "SubjectError",
    "TimedOut",
    "locate",
]
