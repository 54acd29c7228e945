# Needs only python3 (3.11 or newer), venv, pip and make.
#   make run    a made-up municipality on http://127.0.0.1:8000 (PORT= changes it)
#   make test   the whole suite on SQLite and PostgreSQL and in a real browser

PYTHON ?= python3
PORT ?= 8000
# Three on two cores: while one waits for a lock, a browser or a process, the others work.
WORKERS ?= 3
PYTEST_ARGS ?=
FEATURE ?=

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
CODE := jobcenter_mentor jobcenter_mentor_demo tests benchmarks
BENCHMARKS = $(basename $(notdir $(sort $(wildcard benchmarks/bench_*.py))))

.DEFAULT_GOAL := help
.PHONY: help setup run shell unit test test-full gate coverage test-tools pictures lint format bench-smoke bench lock

help:
	@echo "make run          log in to a made-up municipality on http://127.0.0.1:$(PORT) (PORT=)"
	@echo "make unit         the domain alone: the law, the sums, the matching"
	@echo "make test         the whole suite on SQLite and PostgreSQL and in a browser"
	@echo "make test FEATURE=casework/grants   the tests of one folder"
	@echo "make test-full    the whole suite, thorough variants too, and its coverage"
	@echo "make gate         every branch of the rooms that must have no untested one"
	@echo "make coverage     the coverage of the whole tree; with FEATURE= of one folder"
	@echo "make shell        a Python shell with session and models; DEMO_FOLDER=instance for the demo's, SHOW_SQL=1 for the SQL"
	@echo "make pictures     take the pictures of the guides anew"
	@echo "make lint         ruff (lint and format) and mypy"
	@echo "make bench-smoke  every benchmark, small;  make bench: full size"
	@echo "make lock         resolve requirements/ anew (needs uv)"

setup: $(VENV)/.dev $(VENV)/.package

run: $(VENV)/.base $(VENV)/.package
	@$(BIN)/jobcenter-mentor demo --keep --port $(PORT)

shell: $(VENV)/.base $(VENV)/.package
	@$(BIN)/flask --app jobcenter_mentor.cli.installation:installed_app shell

unit: setup
	$(BIN)/python -m pytest -q -n 0 -m "not slow and not long" tests/domain $(PYTEST_ARGS)

# One folder needs neither browser nor spreadsheet.
test: setup $(if $(FEATURE),,test-tools)
	$(BIN)/python -m pytest -n $(WORKERS) -m "not slow" $(addprefix tests/,$(FEATURE)) $(PYTEST_ARGS)

test-full: coverage

# Each process writes a file of its own; `combine` makes one of them.
COVERED := rm -f .coverage .coverage.*; $(BIN)/python -m coverage run -m pytest -n $(WORKERS)
MEASURED := $(BIN)/python -m coverage combine --quiet && $(BIN)/python .ci/coverage_limits.py

gate: setup
	$(COVERED) -q --database sqlite -m "not slow and not long and not browser" $(shell sed -n 's/^tests: //p' .ci/gate) $(PYTEST_ARGS)
	$(MEASURED) gate

coverage: setup $(if $(FEATURE),,test-tools)
	$(COVERED) $(addprefix tests/,$(FEATURE)) $(PYTEST_ARGS)
	$(MEASURED) $(if $(FEATURE),show $(FEATURE),whole)

# The browser: Debian's Chromium. The spreadsheet that opens our workbooks: LibreOffice Calc. The database server needs nothing here: Debian's is used when it is there, else the
# one that requirements/dev.txt brings.
test-tools:
	@missing="$$(command -v chromium >/dev/null || echo chromium) $$(command -v soffice >/dev/null || echo libreoffice-calc)"; \
	[ "$$missing" = " " ] && exit 0; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "Installing what the tests open pages and workbooks with:" $$missing "..."; \
	  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends $$missing; } >/dev/null; \
	fi; \
	command -v chromium >/dev/null || { echo "make test needs the browser Chromium: apt-get install chromium (as root), then try again."; exit 1; }; \
	command -v soffice >/dev/null || { echo "make test needs LibreOffice Calc: apt-get install libreoffice-calc (as root), then try again."; exit 1; }

pictures: setup test-tools
	GUIDE_PICTURES=jobcenter_mentor/static/guide $(BIN)/python -m pytest -q tests/browser/test_guide.py

lint: setup
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/mypy

format: setup
	$(BIN)/ruff check --fix $(CODE)
	$(BIN)/ruff format $(CODE)

bench-smoke: setup
	@for name in $(BENCHMARKS); do $(BIN)/python -m benchmarks.$$name --smoke || exit 1; done

bench: setup
	@for name in $(BENCHMARKS); do $(BIN)/python -m benchmarks.$$name || exit 1; done

lock:
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -o requirements/base.txt
	uv pip compile pyproject.toml --extra dev --constraint requirements/base.txt --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -o requirements/dev.txt

$(VENV)/.made:
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" || { echo "Python 3.11 or newer is needed; PYTHON=python3.12 chooses one."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.base: requirements/base.txt | $(VENV)/.made
	@echo "Installing the libraries ..."
	@$(PIP) --require-hashes -r requirements/base.txt
	@touch $@

$(VENV)/.dev: requirements/dev.txt | $(VENV)/.made
	@echo "Installing the libraries and the development tools ..."
	@$(PIP) --require-hashes -r requirements/dev.txt
	@touch $@

$(VENV)/.package: pyproject.toml | $(VENV)/.made
	@$(PIP) --no-deps --editable .
	@touch $@
