"""The contract, bound to its steps: `pytest tests/contract --implementation NAME`."""

from pytest_bdd import scenarios

from nnkata.plugin import activate

for _feature in activate():
    scenarios(_feature)
