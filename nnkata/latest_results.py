"""A learner's progress: the latest result of each clause judged from this folder, kept on this machine alone."""

import hashlib
import time
from pathlib import Path

import msgspec

from nnkata.files import cache_folder, write
from nnkata.language import _
from nnkata.registry import current as kata
from nnkata.reports.next_steps import circumstances
from nnkata.runner.skipped import BY_SKIP, INTERRUPTED, NOT_ASKED
from nnkata.verdict import Status, Verdict


class Standing(msgspec.Struct, frozen=True):
    """The implementation that was checked last, when (seconds since 1970), and each clause's last status.

    `options` are those of that check which the next one repeats.
    """

    implementation: str
    kata: str
    contract: str
    when: float
    statuses: dict[str, Status]
    options: tuple[str, ...] = ()


def keep(verdict: Verdict) -> None:
    """Store a verdict. A clause without a result in it keeps its old one, unless its stage waits for a failed one.

    A clause that was asked for and has nothing to judge, as `step` of a network without one, is stored as skipped.

    Without a writable place, store nothing.
    """
    before = last()
    same = before is not None and (before.implementation, before.kata, before.contract) == (
        verdict.implementation,
        verdict.kata,
        verdict.contract,
    )
    statuses = dict(before.statuses) if same and before else {}
    left = {_(reason) for reason in (NOT_ASKED, BY_SKIP, INTERRUPTED)}
    judged = {result.clause: result.status for result in verdict.clauses if result.message not in left}
    failed = {stage.name for stage in verdict.stages if not stage.passed}
    vain = {stage for stage, awaited in kata().waits.items() if awaited in failed}
    kept = {clause: status for clause, status in statuses.items() if clause.rpartition("-")[0] not in vain}
    statuses = kept | {
        clause: status
        for clause, status in judged.items()
        if status != "skipped" or clause.rpartition("-")[0] not in vain
    }
    options = tuple(circumstances(verdict))
    found = Standing(verdict.implementation, verdict.kata, verdict.contract, time.time(), statuses, options)
    try:
        _file().parent.mkdir(parents=True, exist_ok=True)
        write(_file(), msgspec.json.encode(found))
    except OSError:
        return


def last() -> Standing | None:
    """The stored progress of this folder; None if there is none or it cannot be read."""
    try:
        return msgspec.json.decode(_file().read_bytes(), type=Standing)
    except (OSError, msgspec.MsgspecError):
        return None


def _file() -> Path:
    """One file per working directory, named after it."""
    return cache_folder() / "standing" / f"{hashlib.sha256(str(Path.cwd()).encode()).hexdigest()[:32]}.json"
