# The two commands are `make report` and `make test`. Works with GNU make 3.81 (macOS).
EDITION ?= demo-2025
WORKERS ?= 2
PYTEST_ARGS ?=
PYTHON = .venv/bin/python
EVALCORE = .venv/bin/evalcore

# The same bits on every run: one thread per process, because the sum of a threaded BLAS depends on the number of
# threads; a fixed order of sets; UTF-8 whatever the locale of the shell says.
export OMP_NUM_THREADS = 1
export OPENBLAS_NUM_THREADS = 1
export MKL_NUM_THREADS = 1
export PYTHONHASHSEED = 0
export PYTHONUTF8 = 1

.DEFAULT_GOAL = help
.PHONY: help env spark report status crate simulate test test-slow test-browser pdf lint bench lock clean

help: ## list the targets
	@echo 'EDITION=$(EDITION) (choose another with EDITION=...)'
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' Makefile | awk -F'|' '{ printf "  make %-10s %s\n", $$1, $$2 }'

env: ## make or refresh .venv from requirements.lock
	@sh bootstrap.sh

# pyspark comes as a source archive only: it is built with the locked setuptools, without isolation, after its hash was met
spark: env ## add Spark to .venv, for --engine spark (it needs Java 17 or newer)
	@sh bootstrap.sh uv pip install --quiet --python .venv/bin/python --require-hashes --no-deps --no-build-isolation \
		-r requirements-spark.lock

report: env ## environment, data, stages and book of EDITION; prints the path of its first page
	@$(EVALCORE) report $(EDITION)

status: env ## say which tasks of EDITION are stale, and why
	@$(EVALCORE) status $(EDITION)

crate: env ## write the research object (RO-Crate) of a built EDITION and print its folder
	@$(EVALCORE) crate $(EDITION)

simulate: env ## make the raw data of a simulated EDITION
	@$(EVALCORE) simulate $(EDITION)

test: env ## unit tests, properties and the miniature end to end (12 minutes at most on 2 cores)
	@$(PYTHON) -m pytest -m 'not slow and not browser' -n $(WORKERS) --dist loadgroup $(PYTEST_ARGS)

test-slow: env ## full volume, coverage over many worlds (30 minutes at most)
	@$(PYTHON) -m pytest -m slow -n $(WORKERS) --dist loadgroup $(PYTEST_ARGS)

# Debian's Chromium; without it every test says how to get it
test-browser: env ## both books of the miniature in Chromium: every page, light and dark, disk and server (15 minutes at most)
	@$(EVALCORE) report demo-mini
	@EVALCORE_SITE=build/demo-mini/site $(PYTHON) -m pytest -m browser tests/browser -n $(WORKERS) --dist loadgroup $(PYTEST_ARGS)

pdf: report ## EDITION as a PDF in each language (needs Chromium)
	@$(PYTHON) -m evalcore.pipeline.paper $(EDITION)

lint: env ## ruff: rules and format
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .

bench: env ## time the report, cold and warm
	@$(PYTHON) -m benchmarks $(EDITION)

# --no-config: a local package index must not decide what is locked
LOCKED = --universal --python-version 3.12 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --quiet \
	$(if $(UPGRADE),--upgrade) --output-file
lock: ## resolve pyproject.toml anew into requirements.lock (UPGRADE=1 takes newer versions)
	@sh bootstrap.sh uv --no-config pip compile pyproject.toml --extra dev $(LOCKED) requirements.lock
	@sed -n 's/^spark = \["\(.*\)"\].*/\1/p' pyproject.toml | \
		sh bootstrap.sh uv --no-config pip compile - --constraint requirements.lock --no-annotate $(LOCKED) requirements-spark.lock

clean: ## remove everything generated, keep the environment
	rm -rf build .pytest_cache .ruff_cache .hypothesis
