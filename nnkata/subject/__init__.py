"""The implementation under test behind one face: `locate` finds it, `Subject` talks to it.

Here: names to files, and the transports: in this process (`InProcess`), in a worker (`Isolated`, started plainly or
behind a wall), in a fork (`Forked`), to a command (`Command`). Not here: anything that judges results.
"""

from nnkata.subject.face import Died, NetworkFace, Outcome, Raised, RoundCall, Subject, SubjectError, TimedOut
from nnkata.subject.inprocess import InProcess
from nnkata.subject.isolated import Isolated
from nnkata.subject.locate import Implementation, locate
from nnkata.subject.source.text import NotFound, NotImported

__all__ = [
    "Died",
    "Implementation",
    "InProcess",
    "Isolated",
    "NetworkFace",
    "NotFound",
    "NotImported",
    "Outcome",
    "Raised",
    "RoundCall",
    "Subject",
    "SubjectError",
    "TimedOut",
    "locate",
]
