# The front door. `make help` lists what there is; CI calls the same targets that people do.
SHELL := /bin/sh
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO_SHOW := demo-show
BASE_URL ?= http://127.0.0.1:8000/
PYTEST_ARGS ?= --numprocesses auto --dist loadfile
# Where a few long tests stand in one file, and what they wait for is a server.
SIDE_BY_SIDE = --numprocesses auto --dist worksteal
LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate
# A lock names all there is, so pip looks for nothing more (with an extra of a package it would take
# its newest release, which no hash allows). What builds packages comes first.
PIP_LOCKED = $(PIP_INSTALL) --no-build-isolation --no-deps --require-hashes
PIP_INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: help demo serve-demo test check lint types imports coverage format test-s3 test-wordpress test-cluster test-browser bench bench-asr bench-grounding demo-model docs lock clean

help: ## List the targets
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

demo: $(VENV)/.run ## Set up, then run the main job on the sample recording
	$(BIN)/etam demo $(DEMO_SHOW) --base-url $(BASE_URL)

serve-demo: $(VENV)/.run ## Serve the demo's feed and pages on this machine
	$(BIN)/etam -C $(DEMO_SHOW) serve

test: $(VENV)/.dev ## Set up, then pass the tests
	$(BIN)/python -m coverage erase
	$(BIN)/python -m pytest --cov --cov-report= --cov-fail-under=0 $(PYTEST_ARGS)

check: lint types imports coverage ## Style, types, layers, and how much the last `make test` covered

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

imports: $(VENV)/.dev
	$(BIN)/lint-imports

coverage: $(VENV)/.dev
	@test -e .coverage || { echo "Run 'make test' first: it measures what the tests cover."; exit 1; }
	$(BIN)/python -m coverage report

format: $(VENV)/.dev ## Let ruff write the code the way it reads it
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

test-s3: $(VENV)/.dev ## The same publishing against a real S3 server (Debian, root: installs Ceph radosgw)
	tests/s3_server/run.sh $(BIN)/python -m pytest -m s3 $(SIDE_BY_SIDE) tests

test-wordpress: $(VENV)/.browser ## Articles become drafts on a real WordPress (Debian, root: installs it)
	tests/browser/run.sh tests/wordpress_server/run.sh $(BIN)/python -m pytest -m wordpress tests/tools/wordpress tests/acceptance/test_wordpress.py

test-cluster: $(VENV)/.dev ## A scheduler and workers as real processes with mutual TLS, and their deaths
	ETAM_TEST_CLUSTER=1 $(BIN)/python -m pytest tests/cluster

test-browser: $(VENV)/.browser ## The public pages in a real browser (Debian, root: installs Chromium)
	tests/browser/run.sh $(BIN)/python -m pytest $(SIDE_BY_SIDE) tests/browser

bench: $(VENV)/.bench ## Compare with peers, side by side
	@for program in $(patsubst benchmarks/%.py,%,$(wildcard benchmarks/[a-z]*.py)); do echo "== $$program"; $(BIN)/python -m benchmarks.$$program || exit 1; done

bench-asr: $(VENV)/.bench ## Transcribing against faster-whisper and whisper-ctranslate2
	$(BIN)/python -m benchmarks.asr

bench-grounding: $(VENV)/.dev ## Quotes of articles against labelled cases: what is accepted, what gets through
	$(BIN)/python -m benchmarks.grounding

demo-model: ## Train the demo's Whisper again from scratch (Debian: espeak-ng; hours on two cores)
	demo/make.sh

docs: $(VENV)/.dev ## Write docs/cli.md again from the program
	$(BIN)/typer pipeline.faces.cli utils docs --name etam --output docs/cli.md

lock: $(BIN)/python ## Write requirements/*.txt again from pyproject.toml
	$(PIP_INSTALL) uv
	$(LOCK) requirements/install.in -o requirements/install.txt
	$(LOCK) pyproject.toml -o requirements/run.txt
	$(LOCK) pyproject.toml --extra dev --constraint requirements/run.txt -o requirements/dev.txt
	$(LOCK) requirements/browser.in --constraint requirements/dev.txt -o requirements/browser.txt
	$(LOCK) pyproject.toml --extra bench --constraint requirements/dev.txt -o requirements/bench.txt

clean: ## Remove the environment and the demo's workspace
	rm -rf $(VENV) $(DEMO_SHOW)

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; say which with: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(VENV)/bin/python requirements/install.txt requirements/run.txt pyproject.toml
	$(PIP_LOCKED) -r requirements/install.txt
	$(PIP_LOCKED) -r requirements/run.txt
	$(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.bench: $(VENV)/.dev requirements/bench.txt
	$(PIP_LOCKED) -r requirements/bench.txt
	@touch $@

$(VENV)/.browser: $(VENV)/.dev requirements/browser.txt
	$(PIP_LOCKED) -r requirements/browser.txt
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.txt
	$(PIP_LOCKED) -r requirements/dev.txt
	@touch $@
