"""PrairieLearn: the image of an external grader (docs.prairielearn.com, "External grading").

As on Gradescope, root judges, and the submission runs as a user of its own.
"""

from nnkata.exports.bundle import Baked, bundle, scripts

#: Seconds for a submission's calls, of the 180 s in the exported info.json.
SECONDS = 120.0


def export(baked: Baked) -> dict[str, bytes]:
    """Its files, name to content; those that end in .sh are executable.

    Raises:
        UsageError: something is not installed here.
        DataError: the data cannot be read.
    """
    return {**scripts("prairielearn"), **{f"kit/{name}": content for name, content in bundle(baked).items()}}
