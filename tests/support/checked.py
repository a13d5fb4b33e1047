"""Common parts of the tests of `nnkata check`: a user's own feature, and the clauses of a verdict in JSON."""

import json
from typing import Any

OWN = """Feature: Own

  @own-1
  Scenario: Mine
    Given a network of sizes 3-3-3-3
    When sigmoid is applied to 0
    Then the result is 0.5
"""


def clauses(text: str) -> dict[str, dict[str, Any]]:
    """The results of a verdict, by clause."""
    return {clause["clause"]: clause for stage in json.loads(text)["stages"] for clause in stage["clauses"]}
