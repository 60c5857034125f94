# `make demo` and `make test` need Python 3.11 to 3.13 with venv, and nothing else.
.DEFAULT_GOAL := help
.PHONY: help demo dashboard generate api-docs openapi metric-diff schema-docs test test-slow \
	test-browser screenshots soak lint format lock clean bench bench-large bench-smoke

IS_FIT := import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
PYTHON ?= $(shell for python in python3.13 python3.12 python3.11 python3; do \
	$$python -c '$(IS_FIT)' 2>/dev/null && echo $$python && break; done)
REQUIRE_PYTHON = $(if $(shell $(or $(PYTHON),false) -c '$(IS_FIT)' 2>/dev/null && echo fit),,\
	$(error Python 3.11, 3.12 or 3.13 with venv is required: make PYTHON=/path/to/python3))

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
RUNTIME := .venv/runtime.stamp
BUILD_PAGE := $(BIN)/python dashboard/build.py
DEVELOPMENT := .venv/development.stamp
# Each pytest process has its own Postgres; the tests of a file share their fixtures.
IN_PARALLEL := --numprocesses 2 --dist loadfile
COMPILE := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-strip-extras --quiet

help: ## Show this help
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /make \1	/' | expand -t 18

demo: $(RUNTIME) ## Start everything on simulated activity, until Ctrl-C; DATA=DIR loads your own CSV files
	@$(BUILD_PAGE) || echo "continuing without the dashboard"
	@exec $(BIN)/agent-analytics up --end-with-parent $(if $(DATA),--data "$(DATA)")

dashboard: $(RUNTIME) ## Build the page that the API serves, unless it is up to date
	@$(BUILD_PAGE)

generate: $(DEVELOPMENT) ## Regenerate code and documents that derive from the dbt project; then openapi and schema-docs
	@$(BIN)/python -m pipelines.generation
	@$(MAKE) --no-print-directory api-docs openapi schema-docs

api-docs: $(DEVELOPMENT) ## Render the answers in docs/api.md
	API_DOCS=write $(BIN)/pytest tests/docs/test_api_examples.py

openapi: $(RUNTIME) ## Write docs/openapi/current.json; RELEASE=1 also makes it the baseline for compatibility
	@$(BIN)/python -m api.dump_openapi > docs/openapi/new.json
	@mv docs/openapi/new.json docs/openapi/current.json
	@$(if $(RELEASE),cp docs/openapi/current.json docs/openapi/released.json)

metric-diff: $(RUNTIME) ## Show what the dbt project would change in the served numbers; MARKDOWN=1 for a review
	@exec $(BIN)/agent-analytics metric-diff $(if $(MARKDOWN),--markdown)

schema-docs: $(DEVELOPMENT) ## Write docs/database-schema.md from newly built databases
	SCHEMA_DOCS=write $(BIN)/pytest tests/docs/test_database_schema.py

test: $(DEVELOPMENT) ## Run the fast tests
	$(BIN)/pytest $(IN_PARALLEL) -m "not slow and not soak and not browser"

test-slow: $(DEVELOPMENT) ## Run the slow tests
	$(BIN)/pytest $(IN_PARALLEL) -m "slow and not soak" || [ $$? -eq 5 ]

test-browser: $(DEVELOPMENT) ## Test the dashboard in Chromium, which must be installed
	$(BIN)/pytest -m browser

screenshots: $(DEVELOPMENT) ## Update docs/screenshots from the browser tests
	SCREENSHOTS=docs/screenshots $(BIN)/pytest -m browser

soak: $(DEVELOPMENT) ## Test hundreds of random histories; SOAK_HISTORIES=N for another number
	SOAK_HISTORIES=$${SOAK_HISTORIES:-200} $(BIN)/pytest --numprocesses 2 --dist load -m soak --timeout 0

bench: $(DEVELOPMENT) ## Benchmark the pipeline at sizes S and M and the API, in under an hour; writes benchmarks/RESULTS.md
	$(BIN)/python -m benchmarks.run S M --api

bench-large: $(DEVELOPMENT) ## Benchmark the pipeline at size L; needs 75 GiB of free disk
	$(BIN)/python -m benchmarks.run L

bench-smoke: $(DEVELOPMENT) ## Check that benchmarked variants return identical rows, at size S
	$(BIN)/python -m benchmarks.run --smoke

lint: $(DEVELOPMENT) ## Check style, types, import directions and SQL
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/sqlfluff lint --disable-progress-bar dbt_project
	$(BIN)/sqlfluff lint --disable-progress-bar --templater placeholder api cli crm goals pipelines warehouse

format: $(DEVELOPMENT) ## Format the Python files
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

lock: ## Regenerate both requirements locks from pyproject.toml
	@$(REQUIRE_PYTHON) $(PYTHON) -m venv --clear .venv-lock
	.venv-lock/bin/python -m pip --disable-pip-version-check install uv
	UV_PYTHON_DOWNLOADS=never .venv-lock/bin/$(COMPILE) --extra dev --extra build \
		--output-file requirements-dev.lock
	UV_PYTHON_DOWNLOADS=never .venv-lock/bin/$(COMPILE) --extra build \
		--constraints requirements-dev.lock --output-file requirements.lock
	rm -rf .venv-lock

clean: ## Remove the virtual environment, the demo's data and the caches
	rm -rf .venv .venv-lock .agent-analytics
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# Both environments are installed from hashed locks; the demo needs only the runtime.
$(RUNTIME): requirements.lock pyproject.toml
	@$(REQUIRE_PYTHON) echo "building .venv: $$($(PYTHON) --version)"
	@$(PIP) --version >/dev/null 2>&1 && $(BIN)/python -c '$(IS_FIT)' \
		|| $(PYTHON) -m venv --clear .venv
	$(PIP) install --require-hashes --requirement requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(DEVELOPMENT): $(RUNTIME) requirements-dev.lock
	$(PIP) install --require-hashes --requirement requirements-dev.lock
	@touch $@
