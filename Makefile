# Two commands set everything up: `make site` (see the site) and `make test` (all that CI runs).
# Both need only make and a Python 3.10 or later; what they install stays in this folder (.venv, node_modules,
# .cache), except for the browsers. A second run installs nothing unless a lock file has changed.

.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
MAKEFLAGS += --no-print-directory

BIN := .venv/bin
PORT ?= 8000
export PYTHONUTF8 := 1
# What Python compiled is kept, whatever the machine's settings: tests start many Pythons, and read 120 files of tests.
unexport PYTHONDONTWRITEBYTECODE

# The Python that starts the set-up. A pyenv shim without a 3.13 behind it does not answer: then the next one.
START = $(or $(shell for python in $(PYTHON) python3 python3.13 /usr/bin/python3; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null && echo "$$python" && break; done),\
	$(error No Python 3.10 or later answers. Install one (Debian, Ubuntu: apt-get install python3 python3-pip) and run make again))

##@ See the site
.PHONY: site build serve
site: build ## set up, build the site and serve it in French and in English (PORT=8000)
	@$(BIN)/clairplan serve --dir public --port $(PORT)

build: environment ## build the site into public/
	@$(BIN)/clairplan build

serve: environment ## serve public/ as it was built last
	@$(BIN)/clairplan serve --dir public --port $(PORT)

##@ Test
# $(call beside,other,main): both at once; what the other one said stands below the main one's output, and either fails it.
beside = $(1) > .cache/beside.txt 2>&1 & other=$$!; trap 'kill $$other 2> /dev/null' EXIT; \
	$(2) && failed=0 || failed=$$?; wait $$other || failed=$$?; trap - EXIT; cat .cache/beside.txt; exit $$failed
UNIT := $(BIN)/pytest -n 2 -m "not e2e and not parity and not slow"

.PHONY: test check style lint unit parity audit mutants
test: environment-test browsers style ## all that CI runs
	@$(call beside,($(BIN)/mypy && $(BIN)/clairplan build),$(UNIT))
	@CLAIRPLAN_SITE=public $(BIN)/pytest -n 3 -m "e2e or parity or slow"

check: environment-test style ## the quick part, without a browser: style, types, layers, unit tests
	@$(call beside,$(BIN)/mypy,$(UNIT))

style: environment-test
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check

lint: style ## style and types
	@$(BIN)/mypy

unit: environment-test ## layers and unit tests
	@$(UNIT)

parity: environment-test ## 20,000 generated questions to CPython, the whole Pyodide and the browser's image
	@CLAIRPLAN_PARITY=20000 $(BIN)/pytest -n 0 tests/parity/test_parity.py

audit: environment-test browsers build ## Lighthouse, the Nu checker and CSP Evaluator on public/ (minutes; needs Java)
	@$(BIN)/python -m scripts.audit public

mutants: environment-test ## how much of the calculator the tests hold: changes it in thousands of ways (long; MUTANTS=--again)
	@nice $(BIN)/python -m scripts.mutants $(MUTANTS)

##@ Set up
.PHONY: environment environment-test browsers lock clean
environment: ## Python 3.13, its packages, Pyodide
	@$(START) scripts/environment.py site

environment-test: ## the same with the test tools
	@$(START) scripts/environment.py test

browsers: environment-test ## the browsers that the tests drive
	@$(BIN)/python scripts/browsers.py --all

lock: environment ## bring the pinned releases up to date, with hashes and without any registry's address
	@$(BIN)/python -m scripts.lock

clean: ## remove everything that was made here
	rm -rf .venv .cache node_modules public .public* .mypy_cache .pytest_cache .ruff_cache .hypothesis dist mutants
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: help
help: ## this list
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} /^[a-z-]+:.*## / {printf "  make %-17s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
