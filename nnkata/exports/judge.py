"""The program on a platform: it judges one submission and writes the file that the platform reads.

    python -I -m nnkata.exports.judge SETTINGS SUBMISSION RESULTS

Exit status: 0 there is a verdict, 1 the submission cannot be judged, 2 the judging itself failed; the results are
written each time and state which. The scripts around it write results beforehand, for the case that something ends this
process.
"""

import os
import sys
import tempfile
import traceback
from dataclasses import replace
from pathlib import Path

import msgspec

from nnkata import registry
from nnkata.exports.bundle import Baked
from nnkata.files import write as write_file
from nnkata.grading.archives.archive import Refused
from nnkata.grading.bundle import bundle
from nnkata.grading.course.attempts import latest_attempt
from nnkata.grading.course.find import Found
from nnkata.grading.task import laid_out
from nnkata.language import _, use
from nnkata.reports.formats import failed, write
from nnkata.reports.report import Report
from nnkata.reports.unjudged import Unjudged
from nnkata.runner.run import judge, known_clauses
from nnkata.runner.settings import new_seed
from nnkata.subject import NotFound
from nnkata.subject.walls.sandbox import FIRST_USER

JUDGED, REFUSED, FAILED = 0, 1, 2


def results(baked: Baked, submission: Path) -> tuple[str, int]:
    """The results of a submission, a file or a folder, and the exit status."""
    use(baked.options.language)
    registry.use(baked.options.kata)
    try:
        return write(baked.form, _report(baked, submission)), JUDGED
    except (Refused, NotFound) as error:
        return failed(baked.form, Unjudged(str(error))), REFUSED
    except Exception as error:  # after any error: the platform waits for a file
        traceback.print_exc()
        reason = _("a fault of the grader's, not of the submission: {error}").format(error=error)
        return failed(baked.form, Unjudged(reason)), FAILED


def _report(baked: Baked, submission: Path) -> Report:
    """Judge copies of the Python files of the latest attempt; if we are root, in a worker of another user."""
    latest = latest_attempt(submission).folder if submission.is_dir() else None
    found = bundle(Found("submission", latest or submission))
    seed = new_seed() if baked.seed is None else baked.seed
    options = msgspec.structs.replace(baked.options, seed=seed)
    user = FIRST_USER if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="nnkata-task-") as folder:
        if user is not None:
            Path(folder).chmod(0o755)
        settings = laid_out(found.entry, found.files, options, Path(folder))
        verdict = judge(replace(settings, user=user))
    named = msgspec.structs.replace(verdict, implementation=found.entry)
    return Report(named, known_clauses(), baked.points)


def main(settings: str, submission: str, target: str) -> int:
    """Judge and write the results; the caches that the installer filled lie beside the interpreter."""
    os.environ.setdefault("NNKATA_CACHE", str(Path(sys.prefix, "cache")))
    os.environ.setdefault("SCIKIT_LEARN_DATA", str(Path(sys.prefix, "cache", "openml")))
    baked = msgspec.json.decode(Path(settings).read_bytes(), type=Baked)
    data = Path(settings).parent / baked.options.data
    if data.exists():
        baked = msgspec.structs.replace(baked, options=msgspec.structs.replace(baked.options, data=str(data)))
    text, status = results(baked, Path(submission))
    write_file(Path(target), text.encode())
    return status


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
