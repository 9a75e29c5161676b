# Two commands do everything: `make demo` and `make test`. Both build .venv first, from requirements.lock.
PYTHON ?= python3
BIN := .venv/bin
DEMO_HOME ?= demo-data

.PHONY: setup demo test lint types lock docs serve accuracy fuzz rules-check bench clean

setup: .venv/.ready

.venv/.ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	PYTHONDONTWRITEBYTECODE= $(BIN)/pip install -qq --no-deps --require-hashes -r requirements.lock
	$(BIN)/pip install -qq --no-deps --no-build-isolation --editable .
	$(BIN)/pip check
	touch $@

demo: setup  ## run the main job on examples/
	$(BIN)/gongkai run examples/reports --home $(DEMO_HOME) --batch demo
	@$(BIN)/python docs/tools/try_queries.py $(DEMO_HOME)

test: setup lint types  ## lint, types, tests, stale-docs check
	$(BIN)/python docs/tools/print_docs.py --check
	$(BIN)/pytest

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: setup
	$(BIN)/mypy

docs: setup  ## print the reference pages from the data
	$(BIN)/python docs/tools/print_docs.py

serve: setup
	$(BIN)/gongkai serve

lock:  ## pin every dependency again; needs uv
	uv pip compile --universal --generate-hashes --no-header --python-version 3.11 \
		--extra dev --extra dask --extra ocr pyproject.toml -o requirements.lock

accuracy: setup  ## generated reports with known truth through the extractor
	$(BIN)/python -m benchmarks.accuracy --formats --write

fuzz: setup  ## damaged files of every format, for ten minutes
	$(BIN)/python -m benchmarks.fuzz --formats

rules-check: setup  ## break generated reports and see exactly the expected rules fire
	$(BIN)/python -m benchmarks.rules_check --write

bench: setup  ## speed as ratios, in one run
	$(BIN)/python -m benchmarks.speed

clean:
	rm -rf .venv demo-data
