"""Gives each failed clause the departure that explains it, or none."""

from collections.abc import Mapping, Sequence

import numpy as np

from nnkata.diagnosis import Diagnosed, Failed
from nnkata.katas.article.misconceptions import CATALOGUE
from nnkata.katas.article.reading import initialization, say, shapes, update
from nnkata.katas.article.reading.departure import Departure
from nnkata.katas.article.reading.functions import activations
from nnkata.katas.article.reading.observed import Observed
from nnkata.katas.article.reading.passes import network
from nnkata.katas.article.reading.preprocessing.read import read_preprocess
from nnkata.katas.article.reading.training import accuracy, train
from nnkata.katas.article.reading.training.replay import Replay
from nnkata.language import _
from nnkata.steps.compare import Mismatch
from nnkata.subject import Died, Raised, TimedOut

#: Whether a fault in the reading is raised, for tests and the measurement, or only costs a name.
STRICT = False
#: Stages whose clauses read the text of a file.
TEXT = ("typing", "from-scratch")
LATER = frozenset(["forward", "backward", "update", "training", "mnist"])


def diagnose(failed: Failed) -> Mapping[str, Diagnosed]:
    """The diagnosis of each failed clause.

    A clause is explained by the departure of its own stage that reaches the fewest clauses, else by the one before it
    that does; not by one that lies behind a departure that could not be read.
    """
    observed = Observed(failed.subject, failed.seed, failed.facts)
    departures = _departures(failed, observed)
    found = {clause: _diagnosed(clause, error, departures) for clause, error in failed.errors.items()}
    misfits = shapes.told(observed.made)
    for clause, error in failed.errors.items():
        if isinstance(error, Raised) and found[clause] == Diagnosed() and error.where in misfits:
            found[clause] = Diagnosed(None, misfits[error.where])
    return found


def _departures(failed: Failed, observed: Observed) -> list[Departure]:
    stages = frozenset(clause.rpartition("-")[0] for clause in failed.errors)
    found: list[Departure] = []
    try:
        with np.errstate(all="ignore"):
            _read(observed, stages, failed.errors, found)
    except (TimedOut, Died, Raised):
        pass  # the readings before the timeout, the death or the exception count
    except Exception:
        if STRICT:
            raise  # a value that no formula accepts: the readings so far count, and no verdict is lost
    return found


def _read(
    observed: Observed, stages: frozenset[str], errors: Mapping[str, BaseException], found: list[Departure]
) -> None:
    """Ask only questions that can reach a failed clause; one judged alone gets the same answer as in the whole run."""
    if "preprocessing" in stages:
        found += read_preprocess(observed)
    if stages & (LATER | {"initialization"}):
        found += initialization.read(observed, digits=bool(stages & {"initialization", "mnist"}))
    if not stages & (LATER | {"activations"}):
        return
    first = activations.read(observed)
    found += first.departures
    if not stages & LATER or any(d.raises and d.reading for d in first.departures):
        return  # a wrong shape in an activation affects everything else
    passes = network.read(observed, first.own).departures
    found += passes
    if not stages & {"update", "training", "mnist"}:
        return
    lost = any(d.stage == "initialization" and (d.reading or "").startswith("l_rate: ") for d in found)
    steps = [] if lost else update.read(observed)  # each would be the step of the rate that was lost
    if any(d.name == "other-keys-in-gradients" for d in passes):
        steps = [d for d in steps if d.reading is not None]  # it uses the keys of backward_pass
    found += steps
    if any(d.reading is None or "round(W" in d.reading or "epochs" in d.reading for d in steps):
        return  # steps that do not add up, or whose length depends on the epochs, tell nothing about train
    late = [error for clause, error in errors.items() if clause.startswith(("training", "mnist"))]
    if lost or not stages & {"training", "mnist"} or any(isinstance(error, TimedOut) for error in late):
        return
    clean = not passes and not steps and not first.own.wrong
    writes = any(d.name == "sample-changed-forward" for d in passes)
    moved = any(d.name in ("weights-changed-forward", "weights-normalised-forward") for d in passes)
    loop = train.read(observed, Replay(observed, clean, writes, moved), frozenset(errors))
    if any(d.name == "stale-forward-pass" for d in passes):
        loop = [d for d in loop if d.name]  # the gradients do not tell which samples make steps
    found += loop
    forward = [d for d in passes if d.stage == "forward"]
    unsteady = any(d.reading == say.unsteady() or d.name == "forward-piles-up" for d in forward)
    if not unsteady and not any(d.name == "trains-as-it-measures" for d in loop):
        found += accuracy.read(observed)  # by outputs of its own, which an accuracy of other outputs does not have


def _diagnosed(clause: str, error: BaseException, departures: Sequence[Departure]) -> Diagnosed:
    if (isinstance(error, Raised) and error.kind == "NotImplementedError") or not isinstance(error, Mismatch | Raised):
        return Diagnosed()
    stage = clause.rpartition("-")[0]
    if stage in TEXT:
        return _of_text(clause, error)
    reach = [d for d in departures if _reaches(d, clause) and (d.raises or not isinstance(error, Raised))]
    own = [d for d in reach if d.stage == stage]
    pool = sorted(own or reach, key=lambda d: (clause not in d.clauses, len(d.clauses)))
    if not pool or pool[0].reading is None or (not own and any(d.reading is None for d in reach)):
        return Diagnosed()
    same = [d for d in pool if (d.clauses, d.raises) == (pool[0].clauses, pool[0].raises) and d.reading is not None]
    name = next((d.name for d in same if d.name), None)  # of two in one layer each is shown, and one is named
    text = _("; ").join(dict.fromkeys(d.reading for d in same if d.reading is not None))
    entry = CATALOGUE.get(name or "")
    return Diagnosed(name, text, _(entry.hint) if entry else None, pool[0].stage)


def _reaches(departure: Departure, clause: str) -> bool:
    entry = CATALOGUE.get(departure.name or "")
    return clause in departure.clauses or (entry is not None and clause in (*entry.clauses, *entry.sometimes))


def _of_text(clause: str, error: Mismatch | Raised) -> Diagnosed:
    """The mistake in the text of a file, by the clause's findings there."""
    for entry in CATALOGUE.values():
        recognises = entry.recognises
        if recognises and clause in entry.clauses and isinstance(error, Mismatch) and recognises(error.evidence):
            return Diagnosed(entry.name, None, _(entry.hint))
    return Diagnosed()
