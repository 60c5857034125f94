# `make demo` and `make test` need Python 3.11 to 3.13 with venv, and nothing else.
.DEFAULT_GOAL := help
.PHONY: help demo dashboard generate openapi metric-diff schema-docs test test-slow test-browser screenshots soak lint format \
	lock clean bench bench-large bench-smoke

IS_FIT := import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
PYTHON ?= $(shell for python in python3.13 python3.12 python3.11 python3; do \
	$$python -c '$(IS_FIT)' 2>/dev/null && echo $$python && break; done)
REFUSE_OTHERS = $(if $(shell $(or $(PYTHON),false) -c '$(IS_FIT)' 2>/dev/null && echo fit),,\
	$(error Python 3.11, 3.12 or 3.13 with venv is needed; say where it is: make PYTHON=/path/to/python3))

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
RUNTIME := .venv/runtime.stamp
BUILD_PAGE := $(BIN)/python dashboard/build.py
DEVELOPMENT := .venv/development.stamp
# Each process has a Postgres of its own; the tests of a file share what they build.
IN_PARALLEL := --numprocesses 2 --dist loadfile
COMPILE := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-strip-extras --quiet

help: ## what can be made
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /make \1	/' | expand -t 18

demo: $(RUNTIME) ## everything on simulated activity, until Ctrl-C; DATA=DIR for your own CSV files
	@$(BUILD_PAGE) || echo "going on without it"
	@exec $(BIN)/agent-analytics up --end-with-parent $(if $(DATA),--data "$(DATA)")

dashboard: $(RUNTIME) ## builds the page that the API serves, where it is not up to date
	@$(BUILD_PAGE)

generate: $(DEVELOPMENT) ## writes what code and documents take from the dbt project's YAML; then openapi and schema-docs
	@$(BIN)/python -m pipelines.generation
	@$(MAKE) --no-print-directory openapi schema-docs

openapi: $(RUNTIME) ## docs/openapi/current.json from the routes; RELEASE=1 also makes it what clients rely on
	@$(BIN)/python -m api.dump_openapi > docs/openapi/new.json
	@mv docs/openapi/new.json docs/openapi/current.json
	@$(if $(RELEASE),cp docs/openapi/current.json docs/openapi/released.json)

metric-diff: $(RUNTIME) ## what the dbt project would change in the served numbers; MARKDOWN=1 for a review
	@exec $(BIN)/agent-analytics metric-diff $(if $(MARKDOWN),--markdown)

schema-docs: $(DEVELOPMENT) ## docs/database-schema.md from databases as they are built now
	SCHEMA_DOCS=write $(BIN)/pytest tests/docs/test_database_schema.py

test: $(DEVELOPMENT) ## the tests that do not take minutes
	$(BIN)/pytest $(IN_PARALLEL) -m "not slow and not soak and not browser"

test-slow: $(DEVELOPMENT) ## the other tests
	$(BIN)/pytest $(IN_PARALLEL) -m "slow and not soak" || [ $$? -eq 5 ]

test-browser: $(DEVELOPMENT) ## the dashboard in Chromium, which must be installed
	$(BIN)/pytest -m browser

screenshots: $(DEVELOPMENT) ## the pictures of the dashboard in docs, from the tests in Chromium
	SCREENSHOTS=docs/screenshots $(BIN)/pytest -m browser

soak: $(DEVELOPMENT) ## random histories by the hundred; SOAK_HISTORIES=N for another number
	SOAK_HISTORIES=$${SOAK_HISTORIES:-200} $(BIN)/pytest --numprocesses 2 --dist load -m soak --timeout 0

bench: $(DEVELOPMENT) ## benchmarks/RESULTS.md: the pipeline at sizes S and M, and the API, in under an hour
	$(BIN)/python -m benchmarks.run S M --api

bench-large: $(DEVELOPMENT) ## the same of the pipeline at size L, once; needs 75 GiB of free disk
	$(BIN)/python -m benchmarks.run L

bench-smoke: $(DEVELOPMENT) ## whether the benchmarks' two sides give the same rows, at size S
	$(BIN)/python -m benchmarks.run --smoke

lint: $(DEVELOPMENT) ## style, types, walls between packages, SQL
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/sqlfluff lint --disable-progress-bar dbt_project
	$(BIN)/sqlfluff lint --disable-progress-bar --templater placeholder api cli crm goals pipelines warehouse

format: $(DEVELOPMENT) ## Python files into the house style
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

lock: ## both requirements locks from pyproject.toml
	@$(REFUSE_OTHERS) $(PYTHON) -m venv --clear .venv-lock
	.venv-lock/bin/python -m pip --disable-pip-version-check install uv
	UV_PYTHON_DOWNLOADS=never .venv-lock/bin/$(COMPILE) --extra dev --extra build \
		--output-file requirements-dev.lock
	UV_PYTHON_DOWNLOADS=never .venv-lock/bin/$(COMPILE) --extra build \
		--constraints requirements-dev.lock --output-file requirements.lock
	rm -rf .venv-lock

clean: ## removes the virtual environment, the demo's data and the caches
	rm -rf .venv .venv-lock .agent-analytics
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# The lock names every version; the runtime alone is enough for the demo.
$(RUNTIME): requirements.lock pyproject.toml
	@$(REFUSE_OTHERS) echo "building .venv: $$($(PYTHON) --version)"
	@$(PIP) --version >/dev/null 2>&1 && $(BIN)/python -c '$(IS_FIT)' \
		|| $(PYTHON) -m venv --clear .venv
	$(PIP) install --require-hashes --requirement requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(DEVELOPMENT): $(RUNTIME) requirements-dev.lock
	$(PIP) install --require-hashes --requirement requirements-dev.lock
	@touch $@
