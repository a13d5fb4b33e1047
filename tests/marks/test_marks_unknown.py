"""Marks for a platform without its table: the error names the missing option."""

import pytest

from nnkata.errors import UsageError
from nnkata.marks import moodle


def test_without_a_template_the_error_names_the_option() -> None:
    with pytest.raises(UsageError, match="--template FILE"):
        moodle.fill([], None, "", None)
