"""Calls of NumPy's kinds of numbers in the text for mypy: as every supported version of mypy reads them."""

import pytest

from nnkata.runner.typecheck.number_calls import as_conversions


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("import numpy as np\nx = np.float32(y) / 255", "import numpy as np\nx = np.float32.of(y) / 255"),
        ("import numpy\nx = numpy.bool_(numpy.int8(y))", "import numpy\nx = numpy.bool_.of(numpy.int8.of(y))"),
        ("from numpy import uint8 as byte\nx = byte(y)", "from numpy import uint8 as byte\nx = byte.of(y)"),
        ("from numpy import *\nx = float64(bool(y))", "from numpy import *\nx = float64.of(bool(y))"),
        ("import numpy as np\nà = np.float32(\n  y)", "import numpy as np\nà = np.float32.of(\n  y)"),
    ],
)
def test_a_number_of_an_array_is_a_method_for_mypy(text: str, seen: str) -> None:
    assert as_conversions(text) == seen


@pytest.mark.parametrize(
    "text",
    [
        "import numpy as np\nx = np.float32()",
        "import numpy as np\nx = np.array(y, np.float32)",
        "import numpy as np\nx = float(y) + np.sum(y) + self.float32(y)",
        "import mynumpy as np\nx = np.float32(y)",
        "from .numpy import float32\nx = float32(y)",
    ],
)
def test_other_calls_stay(text: str) -> None:
    assert as_conversions(text) == text
