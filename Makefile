# `make demo` and `make test` need Python 3.11 to 3.13 with venv, and nothing else.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help demo test test-slow lint format lock clean

IS_FIT := import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
PYTHON ?= $(shell for python in python3.13 python3.12 python3.11 python3; do \
	$$python -c '$(IS_FIT)' 2>/dev/null && echo $$python && break; done)

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
RUNTIME := .venv/runtime.stamp
DEVELOPMENT := .venv/development.stamp

help: ## what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

demo: $(RUNTIME) ## the whole pipeline, the API and the Dagster UI on simulated activity; DATA=DIR for your own CSV files
	@exec $(BIN)/agent-analytics up --end-with-parent $(if $(DATA),--data "$(DATA)")

test: $(DEVELOPMENT) ## tests that take minutes at the most
	$(BIN)/pytest -m "not slow"

test-slow: $(DEVELOPMENT) ## the other tests
	$(BIN)/pytest -m slow || [ $$? -eq 5 ]

lint: $(DEVELOPMENT) ## style, types, walls between packages, SQL
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/sqlfluff lint --disable-progress-bar

format: $(DEVELOPMENT) ## rewrites Python files in the house style
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

lock: ## both requirements locks anew from pyproject.toml
	@$(call need_python)
	rm -rf .venv-lock && $(PYTHON) -m venv .venv-lock
	.venv-lock/bin/pip --disable-pip-version-check install uv
	export UV_PYTHON_DOWNLOADS=never; \
	lock=".venv-lock/bin/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet"; \
	$$lock --extra dev --extra build -o requirements-dev.lock; \
	$$lock --extra build -c requirements-dev.lock -o requirements.lock
	rm -rf .venv-lock

clean: ## removes the virtual environment, what the demo holds, and caches
	rm -rf .venv .venv-lock $${AGENT_ANALYTICS_HOME:-.agent-analytics} .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

need_python = $(PYTHON) -c '$(IS_FIT)' 2>/dev/null \
	|| { echo "Python 3.11, 3.12 or 3.13 with venv is needed$(if $(PYTHON), and $(PYTHON) is not that): make PYTHON=/path/to/python" >&2; exit 1; }

$(RUNTIME): requirements.lock pyproject.toml
	@$(call need_python)
	@[ ! -x $(BIN)/python ] || $(BIN)/python -c '$(IS_FIT)' || rm -rf .venv
	@echo "building .venv with $$($(PYTHON) --version)"
	@[ -x $(BIN)/python ] || $(PYTHON) -m venv .venv
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(DEVELOPMENT): $(RUNTIME) requirements-dev.lock
	$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@
