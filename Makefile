# Two commands do all the set-up: `make check` and `make test`. Each builds what it needs, once.
PYTHON ?= python3
IMPL ?= reference/network.py
VENV := .venv
BIN := $(VENV)/bin

.PHONY: check test lint coverage mutants false-alarms docs
check: $(VENV)/check.stamp
	@$(BIN)/nnkata check $(IMPL)

test: $(VENV)/test.stamp lint
	$(BIN)/python -m pytest -n 2 --dist worksteal $(PYTEST_OPTIONS)

coverage: $(VENV)/test.stamp
	$(BIN)/python -m pytest -n 2 --cov --cov-report=term-missing:skip-covered --cov-fail-under=95

docs: $(VENV)/test.stamp
	$(BIN)/python scripts/docs.py
	$(BIN)/zensical build --strict

mutants: $(VENV)/test.stamp
	$(BIN)/python benchmarks/mutants.py --output benchmarks/results/mutants.json

false-alarms: $(VENV)/test.stamp
	$(BIN)/python benchmarks/false_alarms.py --output benchmarks/results/false_alarms.json

lint: $(VENV)/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

$(VENV)/check.stamp: pyproject.toml requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/test.stamp: $(VENV)/check.stamp requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@
