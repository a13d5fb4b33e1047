"""Whether a submission has the names that the asked clauses call; asked once, after its import."""

from typing import Any

import msgspec

from nnkata.gherkin import clauses
from nnkata.kata import Names
from nnkata.kata import current as kata
from nnkata.places import feature_files
from nnkata.runner.leftout import left_out
from nnkata.runner.settings import Settings
from nnkata.subject import Implementation, NotFound, Raised, Subject
from nnkata.subject.face import CALL_SECONDS, SubjectError
from nnkata.texts import printable


def recognise(implementation: Implementation, subject: Subject, settings: Settings) -> None:
    """See which names there are. A network that cannot be made, or tells nothing of use, is left to the clauses.

    Raises:
        NotFound: the names that the asked clauses call are there under others.
    """
    names = kata().names
    if names is None or settings.features is not None:
        return
    wanted = names()
    known = clauses(feature_files(None))
    asked = {clause.stage for clause in known if left_out(clause, settings.skip, settings.only, lambda: True) is None}
    try:
        told = _told(implementation, subject, wanted)
        reason = wanted.unfit(told, implementation.class_name, asked)
        subject.absent = wanted.absent(told)
    except (Raised, SubjectError, msgspec.ValidationError):
        return
    if reason:
        file = f"{implementation.path.name}: " if implementation.path.is_file() else ""  # none of a notebook's cells
        raise NotFound(printable(file + reason))


def _told(implementation: Implementation, subject: Subject, wanted: Names) -> Any:
    """The names that there are; if a command does not answer `offers`, those that a network of it shows."""
    try:
        return subject.transport.ask("offers", wanted.request, CALL_SECONDS)
    except Raised:
        if not implementation.command or wanted.shown is None:
            raise
        return wanted.shown(subject)
