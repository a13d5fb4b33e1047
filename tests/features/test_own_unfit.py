"""A user's own feature at fault is said to be so: status 2, and nothing against the submission."""

from pathlib import Path

import pytest

from nnkata.errors import UsageError
from nnkata.features.own import own_clauses
from tests.conftest import PLAIN, Run
from tests.support.own import NETWORK, folder, judged

#: A feature that lacks a step, and the message: the fault is not the submission's.
LACKING = {
    "no network": (["Then its sizes are 7-6-5-4"], "no step before this one has made a network"),
    "no sample": ([NETWORK, "When the sample goes forward", "Then the output sums to 1"], "has made a sample"),
    "no way forward": ([NETWORK, "And a random sample", "Then the output sums to 1"], "has made an output"),
    "no way back": ([NETWORK, "Then every gradient is zero, to within 1"], "has made gradients"),
    "no call": ([NETWORK, "Then the result has the shape 3"], "has made a result"),
    "nothing to compare": ([NETWORK, "Then the weights are as they were"], "has made known weights"),
    "outputs that are no results": (
        [
            NETWORK,
            "And known random weights",
            "And a random sample",
            "When the sample goes forward twice",
            "Then the two results are the same",
        ],
        "that has to come before this one may be missing",
    ),
    "no two results": (
        [NETWORK, "Then the two results are the same"],
        "that has to come before this one may be missing",
    ),
}


@pytest.mark.parametrize("lacking", LACKING)
def test_a_feature_that_lacks_a_step_is_no_fault_of_the_submission(lacking: str, tmp_path: Path) -> None:
    steps, why = LACKING[lacking]
    text = "\n    ".join(["Feature: More\n  Scenario: Lacks", *steps])
    found = judged(folder(tmp_path, f"{text}\n"))
    assert [(clause.status, why in clause.message) for clause in found.clauses] == [("error", True)]


SMALL = "Given a network of sizes 3-2-2-2"
KNOWN = [SMALL, "And known random weights"]
TABLE = "\n      | 1 | 2 |\n      | 3 | 4 |"
BACK = [*KNOWN, "And a random sample", "When the sample goes forward and its error back"]
IMAGES = "Given 3 images of shape 28×28 as uint8"
#: A feature whose inputs or expected values do not fit its network, and the message.
UNFIT = {
    "a matrix of weights": ([*KNOWN, f"And the weights W1{TABLE}"], "W1: 2×2 in the feature, 2×3 needed"),
    "a matrix with a word": ([SMALL, f"And the weights W1{TABLE.replace('3', 'w')}"], "row 2 of the table: 'w' in"),
    "a matrix with an empty cell": (
        [SMALL, f"And the weights W1{TABLE.replace('1', ' ')}"],
        "row 1 of the table: '' in",
    ),
    "a short sample": ([*KNOWN, "And the sample x = 1, 2 of class 1"], "the elements of x: 2 in the feature, 3 needed"),
    "a class too many": ([*KNOWN, "And the sample x = 1, 2, 3 of class 2"], "the class: 2 in the feature, 0 to 1"),
    "identities as weights": ([SMALL, "And weights that pass the largest pixel through to the output"], "4 equal ones"),
    "identities as two weights": ([SMALL, "And weights that always answer class 0"], "3 equal ones"),
    "more pixels than there are": (
        [*KNOWN, "When it is trained on 4 samples that have a pixel each"],
        "4 in the feature, 1 to 3 needed",
    ),
    "more pixels to validate": (
        [*KNOWN, "When it is trained on 2 samples and validated on 2 others that have a pixel each"],
        "the samples with a pixel each: 4 in the feature, 3 to 3 needed",
    ),
    "images for a small network": ([SMALL, "When it is trained on 5 images of MNIST"], "first width: 3 in the feature"),
    "more images than there are": (
        ["Given a network of sizes 784-3-3-10", "When it is trained on 900000 images of MNIST"],
        "the images: 900000 in the feature, 1 to 5000",
    ),
    "more right than there are": (
        [*KNOWN, "When the accuracy is computed on 4 samples of which 5 are right"],
        "the right ones: 5 in the feature, 0 to 4",
    ),
    "no sample for the accuracy": (
        [*KNOWN, "When the accuracy is computed on 0 samples, 0 of class 0"],
        "the samples: 0 in the feature, at least 1",
    ),
    "an output of three": (
        [*KNOWN, "And a random sample", "When the sample goes forward", "Then the output is 0.1, 0.2, 0.7"],
        "the elements of the output: 3 in the feature, 2 needed",
    ),
    "a gradient of another shape": (
        [*BACK, f"Then the gradient of W1 is{TABLE}"],
        "W1: 2×2 in the feature, 2×3 needed",
    ),
    "a result of two": (
        [SMALL, "When sigmoid is applied to 0", "Then the result is 0.5, 0.5"],
        "the elements of the result: 2 in the feature, 1 needed",
    ),
    "a label of two digits": (
        [IMAGES, "And the labels 10, 2, 3", "When they are preprocessed", "Then x has the shape 3×784"],
        "a label: 10 in the feature, a digit needed",
    ),
    "half a label": ([IMAGES, "And the labels 1, 2, 2.5 as texts", "When they are preprocessed"], "a label: 2.5 in"),
    "a grey level above all": ([IMAGES, "And no pixel is brighter than 256"], "a grey level: 256 in the feature, 0 to"),
    "no image": (["Given 0 images of shape 28×28 as uint8"], "the images: 0 in the feature, at least 1"),
    "a class below the first": ([SMALL, "And the sample x = 1, 2, 3 of class -1"], "the class: -1 in the feature"),
    "a rate of nan": ([f"{SMALL} with learning rate nan"], "the learning rate: nan in the feature, a number needed"),
    "an expected rate of inf": ([SMALL, "Then its learning rate is inf"], "the learning rate: inf in the feature"),
    "inf in an expected table": ([*BACK, f"Then the gradient of W2 is{TABLE.replace('3', 'inf')}"], "'inf' in the"),
    "a bound that all meet": ([*BACK, "Then every gradient is zero, to within inf"], "the bound: inf in the feature"),
    "no validation samples": (
        [*KNOWN, "When it is trained on 2 samples and validated on 0 others that have a pixel each"],
        "the samples with a pixel each: 2 in the feature, 3 to 3 needed",
    ),
    "pixels other than those of the samples": (
        [
            *KNOWN,
            "When it is trained on 3 samples that have a pixel each",
            "Then each of the 2 pixels has moved its weights",
        ],
        "the pixels: 2 in the feature, 3 needed",
    ),
    "a percentage that all reach": (
        ["Given a network for MNIST", "Then its accuracy on images it has not seen is at least 0 %"],
        "the percentage: 0 in the feature, 1 to 100 needed",
    ),
    "the deviation of six numbers": (
        [SMALL, "Then the standard deviation of W1 is 0.5, within 7 standard errors"],
        "the elements of W1: 6 in the feature, at least 30 needed",
    ),
    "networks of different widths": (
        [SMALL, "And another network of sizes 4-2-2-2", "Then the two networks have different weights"],
        "W1 of the two networks: 2×3, 2×4 in the feature",
    ),
    "two labels for three images": (
        [IMAGES, "And the labels 1, 2", "When they are preprocessed"],
        "the labels: 2 in the feature, 3 needed",
    ),
    "two rows of y for three images": (
        [IMAGES, "And the labels 1, 0, 1", "When they are preprocessed", f"Then y is{TABLE}"],
        "the rows of y: 2 in the feature, 3 needed",
    ),
}


@pytest.mark.parametrize("unfit", UNFIT)
def test_a_feature_that_no_network_can_meet_is_no_fault_of_the_submission(unfit: str, tmp_path: Path) -> None:
    steps, why = UNFIT[unfit]
    last = [] if steps[-1].startswith("Then") else ["Then the weights are as they were"]
    text = "\n    ".join(["Feature: More\n  Scenario: Unfit", *steps, *last])
    found = judged(folder(tmp_path, f"{text}\n"))
    assert [(clause.status, why in clause.message) for clause in found.clauses] == [("error", True)], found.clauses


def test_such_a_feature_is_status_2_and_the_submission_is_not_said_to_have_raised(nnkata: Run, tmp_path: Path) -> None:
    steps, why = UNFIT["a short sample"]
    text = "\n    ".join(["Feature: More\n  Scenario: Unfit", *steps, "When the sample goes forward"])
    done = nnkata("check", PLAIN, "--features", folder(tmp_path, f"{text}\n    Then the output sums to 1\n"))
    assert done.returncode == 2
    assert why in " ".join(done.stdout.split())
    assert "it raised" not in done.stdout


def test_the_attributes_of_a_file_that_macos_writes_beside_it_are_no_feature(tmp_path: Path) -> None:
    folder(tmp_path)
    (tmp_path / "._more.feature").write_bytes(b"\x00\x05\x16\x07" + bytes(80))
    assert [clause.status for clause in judged(tmp_path).clauses] == ["passed", "passed"]


def test_the_result_is_that_of_the_latest_call_and_not_an_earlier_output(tmp_path: Path) -> None:
    steps = [NETWORK, "And known random weights", "And a random sample", "When the sample goes forward"]
    steps += ["And sigmoid is applied to 0, 1", "Then the result sums to 1"]
    found = judged(folder(tmp_path, "\n    ".join(["Feature: More\n  Scenario: Sums", *steps, ""])))
    assert [(clause.status, "1.23106" in clause.message) for clause in found.clauses] == [("failed", True)]


def test_capitals_count_in_a_step_with_values_as_in_one_without(tmp_path: Path) -> None:
    text = f"Feature: More\n  Scenario: Shape\n    {NETWORK}\n    Then w1 has 6 rows and 7 columns\n"
    with pytest.raises(UsageError, match="did you mean 'W1 has 6 rows and 7 columns'"):
        own_clauses(folder(tmp_path, text))
