"""Exercism: the folder of a test runner (exercism.org/docs/building/tooling/test-runners)."""

from nnkata.exports.bundle import Baked, bundle, scripts
from nnkata.registry import current as kata

#: Seconds for a submission's calls, of the 20 s that Exercism gives a solution; article-style code needs about 5 s.
SECONDS = 15.0
#: The solutions for a trial of the test runner, beside one without a file. None conforms: the course adds a right one.
BROKEN = b"class DeepNeuralNetwork:\n    def __init__(self, sizes\n"


def export(baked: Baked) -> dict[str, bytes]:
    """Its files, name to content; those that end in .sh are executable.

    Raises:
        UsageError: something is not installed here.
        DataError: the data cannot be read.
    """
    kit = {f"kit/{name}": content for name, content in bundle(baked).items()}
    tests = {"tests/skeleton/network.py": kata().skeleton.read_bytes(), "tests/broken/network.py": BROKEN}
    return {**scripts("exercism"), **kit, **tests, "tests/broken/expected_status": b"error\n"}
