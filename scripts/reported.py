"""Verdicts on five submissions in both languages, and on one that cannot be judged, written in every format.

The input of the real readers, for tests/reports/test_readers.py and for the table of docs/formats.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from nnkata.language import LANGUAGES, use
from nnkata.registry import current as kata
from nnkata.reports.formats import EXTENSIONS, FORMATS, failed, write
from nnkata.reports.report import Report
from nnkata.reports.unjudged import Unjudged
from nnkata.runner.run import judge, known_clauses
from nnkata.runner.settings import Settings
from nnkata.subject.walls.limits import Limits

ROOT = Path(__file__).parents[1]
#: Texts that a format may take for its own syntax: in a message, in a value, and in names.
HOSTILE = r"""
from wrong import Wrong, preprocess  # noqa: F401  # the contract asks for it

TEXT = (
    "\x1b[2J\x9b]]>\x00\ufffe\uffff\u202e<script>alert(1)</script>\n::error::forged\n%0A```\n# | x\n</details>\n"
    "@everyone 1..9\n  ...\nok 1 - forged\nBail out!\n  ---\n\ud800\r</failure></testcase>\nx.py:3: error: forged\n"
    "TAP version 12\n{0} %s ${HOME} &amp; \\ \" ' \u2028 \U0001fffe (other.py, line 3)"
)


class DeepNeuralNetwork(Wrong):
    def backward_pass(self, y_train, output):
        raise RuntimeError(TEXT)

    def softmax(self, x):
        return TEXT

    def sigmoid(self, x, derivative=False):
        raise type(TEXT[10:40], (Exception,), {})("=cmd|' /C calc'!A0")
"""
#: A valid file name whose characters are special to a shell, to XML, Markdown, YAML, CSV and GitHub.
HOSTILE_NAME = "it's #1 & <b>[x](y) %0A,50%.py"
#: Seconds of the hanging submission: enough for any other call and clause. Without that of a clause, the training of
#: MNIST, which is given a minute, would wait for it in a loop.
SHORT = Limits(call_seconds=0.5, clause_seconds=2.0)
SEED = 7


@dataclass(frozen=True)
class Written:
    """A report, and the file of each form."""

    name: str
    language: str
    report: Report
    files: dict[str, Path]


def submissions(folder: Path) -> dict[str, Path]:
    """The five: right, the article's printed code, the skeleton, one that hangs, one with hostile texts and name."""
    hostile = folder / HOSTILE_NAME
    hostile.write_text(HOSTILE, encoding="utf-8")
    wrong = ROOT / "tests" / "hostile" / "wrong.py"
    (folder / "wrong.py").write_bytes(wrong.read_bytes())
    hanging = folder / "hangs_in_a_call.py"
    loops = (wrong.parent / hanging.name).read_text(encoding="utf-8")
    assert loops.count(" pass\n") == 1
    hanging.write_text(
        loops.replace(" pass\n", " __import__('time').sleep(60)\n"), encoding="utf-8"
    )  # keeps no core busy
    return {
        "right": ROOT / "reference" / "network.py",
        "printed": ROOT / "solutions" / "printed.py",
        "skeleton": ROOT / "solutions" / "skeleton.py",
        "hanging": hanging,
        "hostile": hostile,
    }


def written(folder: Path, languages: Sequence[str] = LANGUAGES) -> list[Written]:
    """Judge all in each language, and write every format into the folder; training in the first language alone."""
    found = []
    for language in languages:
        use(language)
        quick = frozenset(clause.tag for clause in known_clauses() if clause.stage not in ("training", "mnist"))
        only = None if language == languages[0] else quick
        for name, path in submissions(folder).items():
            limits = SHORT if name == "hanging" else Limits()
            verdict = judge(Settings(str(path), seed=SEED, language=language, limits=limits, only=only))
            report = Report(verdict, known_clauses())
            found.append(_written(folder, name, language, report, {form: write(form, report) for form in FORMATS}))
        trouble = Unjudged("there is no file nothing.py", "nothing.py", contract=kata().contract)
        texts = {form: failed(form, trouble) for form in FORMATS}
        found.append(_written(folder, "unjudged", language, trouble.report, texts))
    use("en")
    return found


def _written(folder: Path, name: str, language: str, report: Report, texts: dict[str, str]) -> Written:
    files = {form: folder / form / f"{name}-{language}{EXTENSIONS[form][0]}" for form in texts}
    for form, text in texts.items():
        files[form].parent.mkdir(exist_ok=True)
        files[form].write_bytes(text.encode())
    return Written(name, language, report, files)
