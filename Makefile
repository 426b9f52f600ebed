# Frontdesk: `make run` starts it, `make test` checks everything; `make help` lists the rest.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules

PYTHON ?= python3
PORT ?= 8000
FRONTDESK_DATA ?= data
export PORT FRONTDESK_DATA

BIN := .venv/bin
STAMPS := .stamps
CHROMIUM ?= /usr/bin/chromium
REDIS ?= /usr/bin/redis-server
export CHROMIUM
JOBS ?= $(shell nproc 2>/dev/null || echo 2)
PYTEST := scripts/tests $(BIN)/python -m pytest -q
PARALLEL := -n $(JOBS) --dist loadfile
CATALOGUES := $(wildcard frontdesk/locale/*/LC_MESSAGES/django.po)
COMPILED := $(CATALOGUES:.po=.mo)
ASSET_SOURCES := $(shell find frontdesk/ui/static_src -type f 2>/dev/null) package.json package-lock.json esbuild.mjs
CLIENTS ?= 200
SEED ?= 1

.PHONY: help run demo test test-quick test-sqlite test-postgres test-browser lint types audit matrix mutations bench bench-quick \
        messages screenshots wheel clean ready

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 22

# What it takes to run and to develop; each stamp is older than what it was made from when that changes.

$(STAMPS):
	@mkdir -p $@

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Frontdesk needs Python 3.11 or newer"; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "Please install Python's venv: sudo apt-get install python3-venv"; exit 1; }

$(STAMPS)/runtime: requirements.lock pyproject.toml | .venv/bin/python $(STAMPS)
	@echo "Installing the libraries"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps -e .
	@touch $@

$(STAMPS)/develop: requirements-dev.lock $(STAMPS)/runtime
	@echo "Installing the tools for tests"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

$(STAMPS)/node: package-lock.json | $(STAMPS)
	@scripts/need-node
	@npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(STAMPS)/assets: $(ASSET_SOURCES) $(STAMPS)/node
	@echo "Building the front end"
	@npm run --silent build
	@touch $@

%.mo: %.po scripts/catalogue $(STAMPS)/runtime
	@$(BIN)/python scripts/catalogue $< $@

ready: $(STAMPS)/runtime $(STAMPS)/assets $(COMPILED)

# Using it

run: ready ## Start Frontdesk (PORT, FRONTDESK_DATA)
	@exec $(BIN)/frontdesk run

demo: ready ## Fill a demo business (CLIENTS, SEED)
	@$(BIN)/frontdesk migrate --quiet
	@$(BIN)/frontdesk demo --clients $(CLIENTS) --seed $(SEED)

# Checking it

test: ready $(STAMPS)/develop ## Check everything, on SQLite and PostgreSQL and in a browser
	@scripts/debian-package /usr/sbin/nginx nginx-light
	@$(MAKE) --no-print-directory lint types audit
	@$(MAKE) --no-print-directory --keep-going test-sqlite test-postgres test-browser

test-quick: ready $(STAMPS)/develop ## Check lint and the quick tests on SQLite
	@$(MAKE) --no-print-directory lint
	@$(PYTEST) $(PARALLEL) -m "not slow and not browser and not faults" $(ARGS)

test-sqlite: ready $(STAMPS)/develop
	@scripts/debian-package $(REDIS) redis-server
	@scripts/debian-package /usr/sbin/dovecot dovecot-imapd
	@echo "Tests on SQLite"
	@$(PYTEST) $(PARALLEL) -m "not browser" $(ARGS)

test-postgres: ready $(STAMPS)/develop
	@scripts/debian-package $(REDIS) redis-server
	@scripts/debian-package /usr/sbin/dovecot dovecot-imapd
	@echo "Tests on PostgreSQL"
	@scripts/with-postgres $(PYTEST) $(PARALLEL) -m "not browser and not sqlite_only" $(ARGS)

test-browser: ready $(STAMPS)/develop
	@scripts/debian-package $(CHROMIUM) chromium
	@echo "Tests in the browser"
	@$(PYTEST) -n $(JOBS) --dist worksteal --reruns 1 --rerun-show-tracebacks -rR -m browser $(ARGS)

lint: $(STAMPS)/develop ## Check style and format
	@$(BIN)/ruff check -q .
	@$(BIN)/ruff format --check -q . || { echo "Run: $(BIN)/ruff format ."; exit 1; }

types: $(STAMPS)/develop ## Check types
	@$(BIN)/mypy

audit: $(STAMPS)/develop ## Look for known weaknesses in the libraries
	@scripts/audit $(BIN)/pip-audit

matrix: ready $(STAMPS)/develop ## Check every route against every role, on both databases
	@$(PYTEST) -s tests/matrix
	@scripts/with-postgres $(PYTEST) -s tests/matrix

mutations: ready $(STAMPS)/develop ## Break access rules one by one and see the tests notice (ARGS: numbers)
	@JOBS=$(JOBS) $(BIN)/python scripts/mutations $(ARGS)

bench: ready ## Measure against the floor, on both databases
	@status=0; $(BIN)/python -m bench || status=1; \
	 scripts/with-postgres --durable $(BIN)/python -m bench || status=1; exit $$status

bench-quick: ready ## Measure in about a minute, with a tenth of the data
	@$(BIN)/python -m bench --quick & sqlite=$$!; status=0; \
	 scripts/with-postgres --durable $(BIN)/python -m bench --quick || status=1; \
	 wait $$sqlite || status=1; exit $$status

# Making things

messages: $(STAMPS)/develop ## Bring the translation files up to date with the code
	@scripts/messages $(BIN)/pybabel

screenshots: ready $(STAMPS)/develop ## Make the pictures of the README
	@scripts/debian-package $(CHROMIUM) chromium
	@FRONTDESK_SCREENSHOTS=docs/screens $(PYTEST) tests/browser/test_screenshots.py

wheel: $(STAMPS)/develop $(STAMPS)/assets $(COMPILED) ## Build the installable package into dist/
	@rm -rf build dist
	@$(BIN)/python -m build --wheel --outdir dist >/dev/null
	@ls dist/*.whl

clean: ## Remove everything that was made, except the data
	rm -rf .venv $(STAMPS) node_modules build dist *.egg-info frontdesk/ui/static/dist $(COMPILED) \
	       .mypy_cache .pytest_cache .ruff_cache .hypothesis test-results
	find frontdesk tests -name __pycache__ -type d -prune -exec rm -rf {} +
