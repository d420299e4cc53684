# make board: from nothing to a board. make test: lint, types, contracts and all tests but the long ones. make test-all:
# those too (browser, site), which is everything that CI checks. make check: lint, types, contracts and the fast tests of
# six rooms. make docs: the pages as a site, build/docs/index.html. make test-slow: kills by the dozen, ten thousand
# cells, a Dask cluster, a Slurm cluster of one node (root, and Debian's slurm-wlm and munge).
unexport PYTHONDONTWRITEBYTECODE  # what is imported is compiled once, also where the environment says otherwise
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --no-compile
FAST := $(addprefix tests/benchmark/,plain plan results run_folder scoring statistics) \
	--ignore tests/benchmark/statistics/simulations --ignore tests/benchmark/statistics/test_errors.py \
	--ignore tests/benchmark/run_folder/test_fuzzed_records.py
DATA := mnist-5k movie-snippets minilm animal-contexts spam-emails splice-junctions english-words

.PHONY: board check docs test test-all test-slow clean

board: .venv/installed
	$(BIN)/python -m benchmark.information & $(BIN)/memorank fetch $(DATA) && wait
	$(BIN)/memorank run quick --workers 2

check: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/codespell
	$(BIN)/lint-imports
	$(BIN)/mypy & types=$$!; $(BIN)/pytest -m "not slow" --numprocesses auto --maxprocesses 4 $(FAST) && wait $$types

test: TESTS := not slow and not long
test-all: TESTS := not slow
test test-all: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/codespell
	$(BIN)/lint-imports
	$(BIN)/mypy & types=$$!; $(BIN)/python -m benchmark.information && \
		$(BIN)/pytest -m "$(TESTS)" --numprocesses auto --maxprocesses 4 --dist worksteal && wait $$types

docs: .venv/installed-docs
	$(BIN)/sphinx-build -W --keep-going -n -q -d build/doctrees -c docs . build/docs

test-slow: .venv/installed-dev
	$(BIN)/pytest -m slow

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/installed: pyproject.toml constraints.txt | .venv/bin/python
	$(PIP) --editable . --constraint constraints.txt
	touch $@

.venv/installed-dev: pyproject.toml constraints.txt | .venv/bin/python
	$(PIP) --editable ".[dev]" --constraint constraints.txt
	$(BIN)/memorank fetch $(DATA)
	touch $@

.venv/installed-docs: pyproject.toml constraints.txt | .venv/bin/python
	$(PIP) --editable ".[docs]" --constraint constraints.txt
	touch $@

clean:
	rm -rf .venv runs build dist *.egg-info
