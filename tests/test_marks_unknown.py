"""Marks of a folder that is no platform's, without a table of one: it is said what is missing."""

import pytest

from nnkata.errors import UsageError
from nnkata.marks import moodle


def test_a_worksheet_of_nobody_is_not_blamed_on_a_file_that_was_not_given() -> None:
    with pytest.raises(UsageError, match="--template FILE"):
        moodle.fill([], None, "", None)
