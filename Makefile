# make board: from nothing to a board. make test: everything that CI checks.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: board test clean

board: .venv/installed
	$(BIN)/memorank fetch mnist-5k
	$(BIN)/memorank run quick

test: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -m "not alone" --numprocesses auto --maxprocesses 4
	$(BIN)/pytest -m alone

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/installed: pyproject.toml constraints.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --editable . --constraint constraints.txt
	touch $@

.venv/installed-dev: pyproject.toml constraints.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --editable ".[dev]" --constraint constraints.txt
	$(BIN)/memorank fetch mnist-5k
	touch $@

clean:
	rm -rf .venv runs build dist *.egg-info
