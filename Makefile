# Everything that can be run. Each target creates the environment it needs in .venv, with Python 3.11 or newer.

BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest
WITHIN := PATH="$(CURDIR)/$(BIN):$$PATH"

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help environment demo test lint types sweep bench bench-doc bench-peers bench-growth bench-commands docs clean
unexport PYTHONPATH PYTHONHOME

help: ## List the targets.
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

environment: ## Create .venv with all pinned packages; the other targets do it too.
	@PYTHON="$(PYTHON)" sh requirements/environment.sh

demo: environment ## Create a ledger, import a register, record, report and verify; results are in demo/out.
	@$(WITHIN) sh demo/demo.sh

test: lint types ## Run what CI runs: style, types, layers and all tests except the long searches.
	$(PYTEST) -n 2 -m "not slow and not sweep"
	$(PYTEST) -n 2 -m "slow and not sweep"

lint: environment ## Check style, formatting and layers.
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports --no-logo

types: environment ## Check types, strictly.
	$(BIN)/mypy

sweep: environment ## Run all tests with long searches, many kills, every bit turned; takes hours (PART=1/3: a third).
	LEDGER_SWEEP=1 LEDGER_PART=$(PART) $(PYTEST) -n 2 --dist worksteal -m ""

bench: environment ## Compare the ledger with the same work done raw, and print the table; builds a log of a million entries.
	$(BIN)/python -m benchmarks $(BENCH)

bench-doc: environment ## The same, and write the table into docs/benchmarks.md.
	$(BIN)/python -m benchmarks --write $(BENCH)

bench-peers: environment ## Measure other programs on the same events; reports which of them are not installed.
	$(BIN)/python -m benchmarks --peers $(BENCH)

bench-growth: environment ## Measure costs on logs of 10 thousand to 10 million entries; takes an hour and 15 GB of disk.
	$(BIN)/python -m benchmarks --growth 10000,100000,1000000,10000000 $(BENCH)

bench-commands: environment ## Measure every reading command in every form at three sizes (BENCH="--commands 10000,100000").
	$(BIN)/python -m benchmarks --commands 10000,100000,1000000 $(BENCH)

docs: environment ## Write the generated pages of docs/.
	$(BIN)/python -m cli.reference docs

clean: ## Remove everything that can be rebuilt, including the environment.
	rm -rf .venv build dist demo/out src/*.egg-info *.egg-info
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find cli projections src tests -name __pycache__ -type d -prune -exec rm -rf {} +
