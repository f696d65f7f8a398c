# Every target makes or reuses .venv by itself; PYTHON chooses the interpreter (3.11 or newer).
PYTHON ?= python3
VENV := .venv
STAMP := $(VENV)/.installed
BIN := $(VENV)/bin
# Three workers on two cores, because crawls mostly wait; whole crawls come first (tests/conftest.py).
SPREAD := --numprocesses 3 --dist loadfile --no-loadscope-reorder
# What the next DuckDB is tried on: the database by itself, its questions, and some whole crawls.
NEXT := tests/database tests/history tests/cli $(addprefix tests/crawl/test_crawl_, \
	adoption.py disk.py due.py readers.py rebuild.py samples.py)

.DEFAULT_GOAL := help
.PHONY: help install demo cookbook test test-slow test-next test-peers lint bench lock clean

help:  ## say what each target does
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

install: $(STAMP)  ## put the command at .venv/bin/policytrail

$(STAMP): pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "policytrail needs Python 3.11 or newer: make install PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(STAMP)  ## the five-minute tour, on an archive that runs on this machine
	$(BIN)/policytrail --data demo-data demo

cookbook: $(STAMP)  ## write docs/questions.md anew, from the archive of the demo
	@rm -rf build/cookbook
	$(BIN)/policytrail --data build/cookbook demo > /dev/null
	$(BIN)/python -m pipelines.export.cookbook build/cookbook > build/questions.md
	@mv build/questions.md docs/questions.md
	@rm -rf build/cookbook

test: $(STAMP)  ## the suite, offline, but for the slow tests
	$(BIN)/python -m pytest $(SPREAD) -m 'not slow and not peers'

test-slow: $(STAMP)  ## storms, kills, hostile pages, and the pace of several crawls at once
	$(BIN)/python -m pytest $(SPREAD) -m 'slow and not peers'

# The lock holds DuckDB 1.5.5; this runs the database tests on the next major version as well.
test-next: $(STAMP) requirements-duckdb-next.lock
	$(BIN)/python -m pip install --quiet --no-deps --upgrade --target .duckdb-next \
		--require-hashes --requirement requirements-duckdb-next.lock
	PYTHONPATH=.duckdb-next $(BIN)/python -m pytest $(SPREAD) \
		-m 'database and not checkpoint and not slow' $(NEXT)

# Two environments of their own, because what the peers need contradicts ours and one another.
test-peers: $(STAMP) .peers/.installed .replay/.installed  ## exports, opened by the tools of others
	$(BIN)/python -m pytest $(SPREAD) -m peers tests/peers

.%/.installed: requirements-%.lock
	$(PYTHON) -m venv .$*
	.$*/bin/python -m pip install --quiet --require-hashes --requirement $<
	@touch $@

lint: $(STAMP)  ## formatting, rules and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: $(STAMP)  ## every benchmark; the figures kept are in docs/benchmarks.md
	@for script in benchmarks/[a-z]*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

lock:  ## renew both locks (needs uv); no index host is written
	uv pip compile pyproject.toml --group dev --universal --generate-hashes --no-header --no-annotate \
		--no-emit-index-url --no-emit-find-links --constraint duckdb.constraint -o requirements.lock
	echo 'duckdb==2.0.0' | uv pip compile - --universal --generate-hashes --no-header --no-annotate \
		--no-emit-index-url --no-emit-find-links -o requirements-duckdb-next.lock
	echo 'frictionless[parquet,json] mlcroissant[parquet] datasets pandas polars pyarrow' | tr ' ' '\n' \
		| uv pip compile - --universal --generate-hashes --no-header --no-annotate \
		--no-emit-index-url --no-emit-find-links -o requirements-peers.lock
	echo 'pywb cffconvert setuptools<81' | tr ' ' '\n' \
		| uv pip compile - --universal --generate-hashes --no-header --no-annotate \
		--no-emit-index-url --no-emit-find-links -o requirements-replay.lock

clean:  ## remove what make made
	rm -rf $(VENV) .duckdb-next .peers .replay demo-data
