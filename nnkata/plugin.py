"""The pytest plugin: options, and nothing else until `tests/contract` asks for more."""

import pytest

from nnkata.language import LANGUAGES

_configs: list[pytest.Config] = []


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --implementation and friends."""
    group = parser.getgroup("nnkata", "nnkata: a contract for the article's neural network")
    group.addoption(
        "--implementation", metavar="NAME", help="what to judge: file.py, file.py:Class, module:Class, folder"
    )
    group.addoption(
        "--features",
        dest="nnkata_features",
        metavar="FOLDER",
        help="feature files of your own instead of the contract's",
    )
    group.addoption("--isolation", choices=["none", "process"], default="none", help="where it runs (default: here)")
    group.addoption("--data", metavar="DATA", default="bundled", help="bundled, openml, or a path")
    group.addoption("--seed", type=int, metavar="N", help="the seed of the clauses' random inputs")
    group.addoption("--language", choices=LANGUAGES, help="of the clauses and messages; else the locale's")
    group.addoption("--skip-clause", action="append", default=[], metavar="CLAUSE", help="leave a clause out")


def pytest_configure(config: pytest.Config) -> None:
    """Remember the configuration for `activate`."""
    _configs.append(config)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Forget it."""
    _configs.remove(config)


def activate() -> list[str]:
    """Load the steps and the bindings into the running pytest; the feature files to bind."""
    from nnkata.runner.binding import bind  # heavy, and only needed when the contract is run

    return bind(_configs[-1])
