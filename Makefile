# Two commands do all the set-up: `make check` and `make test`. Each builds what it needs, once.
PYTHON ?= python3
IMPL ?= reference/network.py
VENV := .venv
BIN := $(VENV)/bin
# A sentence in English, or in Chinese where nnkata speaks it.
COMMA := ,
say = case "$${NNKATA_LANGUAGE:-$${LANGUAGE:-$${LC_ALL:-$${LC_MESSAGES:-$$LANG}}}}" in zh*) echo $(2);; *) echo $(1);; esac
# Two threads of OpenBLAS wait for each other in a loop: beside other processes, a test of a network takes 2.5 times as
# long.
export OPENBLAS_NUM_THREADS ?= 1
# Compiled code is kept, also where the environment forbids it, as many containers do: else each command compiles nnkata
# again, 0.1 s of a check of 0.6 s, and each test process all tests.
export PYTHONDONTWRITEBYTECODE :=
# The benchmarks against others bring a gigabyte, and packages that would change what the tests run with.
BENCH := .venv-bench
BASE ?= HEAD~1
# Six processes were hardly faster than three on two cores, and ended processes then took too long to go. A file runs in
# one process, which makes what its tests share once: tests/conftest.py has the order, and the files that are shared out.
# Two plugins that the suite does not need read every module as it is collected, and hear of every fixture.
PARALLEL := -n 3 --dist loadscope --no-loadscope-reorder -p no:hypothesispytest -p no:anyio

.PHONY: check test tests-alone test-wasm lint readers coverage mutants typing-matrix false-alarms naming bench bench-quick bench-bands docs
check: $(VENV)/check.stamp
	@$(BIN)/python -m compileall -q nnkata
	@$(BIN)/nnkata check $(IMPL)

# mypy and ruff run beside the tests: before them, they leave a core without work for half a minute.
test: $(VENV)/test.stamp
	@$(MAKE) --no-print-directory -j2 lint tests-alone

tests-alone: $(VENV)/test.stamp
	$(BIN)/python -m compileall -q nnkata
	$(BIN)/python -m pytest $(PARALLEL) $(PYTEST_OPTIONS)

# What npm brings of the programs that read our reports (tests/reports/test_readers.py); any Node from 20 on.
readers: .readers/stamp

.readers/stamp: tests/readers/package.json tests/readers/package-lock.json
	@mkdir -p .readers
	@cp $^ .readers/
	npm ci --prefix .readers --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

# What needs the extra `wasm`: 98 MB, and 90 s of processor time to compile it once.
test-wasm: $(VENV)/test.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-wasm.txt
	$(BIN)/python -m pytest -m wasm tests

coverage: $(VENV)/test.stamp
	$(BIN)/python -m pytest $(PARALLEL) --cov --cov-report=term-missing:skip-covered --cov-fail-under=95

docs: $(VENV)/test.stamp
	$(BIN)/python scripts/docs.py
	$(BIN)/python scripts/site_pages.py

mutants: $(VENV)/test.stamp
	$(BIN)/python -m benchmarks.mutants --output benchmarks/results/mutants.json

# A quarter of an hour the first time: makes twelve environments under build/typing.
typing-matrix: $(VENV)/test.stamp
	$(BIN)/python benchmarks/typing_matrix.py --output benchmarks/results/typing.json

false-alarms: $(VENV)/test.stamp
	$(BIN)/python benchmarks/false_alarms.py --output benchmarks/results/false_alarms.json

# A quarter of an hour: is each mistake named rightly? Writes docs/diagnosis.md. `python -m benchmarks.naming --every 5` is quicker.
naming: $(VENV)/test.stamp
	$(BIN)/python -m benchmarks.naming --write

# About half an hour; writes benchmarks/results/, docs/performance.md and docs/performance.svg.
bench: $(BENCH)/stamp
	$(BENCH)/bin/python -m benchmarks

# A minute or two: fewer rounds, nothing from others, and a comparison with BASE. Writes build/bench/ alone.
bench-quick: $(VENV)/test.stamp
	$(BIN)/python -m benchmarks --quick --results build/bench
	$(BIN)/python -m benchmarks.guard --base "$(BASE)" --results build/bench

# The noise that bench-quick takes a difference for: ten runs of this version against itself, a quarter of an hour.
bench-bands: $(VENV)/test.stamp
	$(BIN)/python -m benchmarks.guard --calibrate 10

lint: $(VENV)/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

$(VENV)/check.stamp: pyproject.toml requirements.txt
	@$(call say,"Setting up $(VENV)$(COMMA) once: about a minute$(COMMA) 190 MB. The next time starts at once.","正在建立 $(VENV)，只需一次：约一分钟，190 MB。下次立即开始。")
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/test.stamp: $(VENV)/check.stamp requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

$(BENCH)/stamp: pyproject.toml requirements.txt requirements-bench.txt
	$(PYTHON) -m venv $(BENCH)
	$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check -r requirements.txt -r requirements-bench.txt
	$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
