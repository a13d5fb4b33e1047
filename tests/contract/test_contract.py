"""The contract, bound to its steps: `pytest tests/contract --implementation NAME`."""

from pytest_bdd import scenarios

from nnkata.features.bdd import as_cucumber
from nnkata.plugin import activate

for _feature in activate():
    with as_cucumber():
        scenarios(_feature)
