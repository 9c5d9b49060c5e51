# Everything runs in a virtual environment of its own; only Python 3.11 or newer and make are needed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
EXAMPLE := input_templates/contoh-permintaan.xlsx
EXAMPLE_DATE := 2026-11-23

.DEFAULT_GOAL := help
.PHONY: help run test quick lint check example docs pictures bench lock clean

help: ## say what there is to make
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

$(READY): requirements.lock setup.cfg pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $(READY)

# A folder of its own keeps the example out of the register of the real weeks. Exit code 1 says that
# some rows wait for people, which the example shows on purpose.
run: $(READY) ## schedule the example week and print where the schedule is
	@$(BIN)/labkesmas-batch run $(EXAMPLE) --date $(EXAMPLE_DATE) --output output/contoh || test $$? -eq 1

test: $(READY) ## run the whole test suite
	$(BIN)/python -m pytest -n auto

lint: $(READY) ## ruff, who imports whom, mypy --strict
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy

quick: lint ## linters and the tests that are not slow
	$(BIN)/python -m pytest -n auto -m "not slow and not libreoffice"

check: lint test ## linters and tests

example: $(READY) ## make the templates, the filled example and the packaged reference anew
	$(BIN)/python -m examples.make

docs: $(READY) ## make the generated pages in docs/ anew
	$(BIN)/python -m tools.make_docs

pictures: $(READY) ## make the pictures in docs/ anew (needs LibreOffice and pdftoppm)
	$(BIN)/python -m tools.make_pictures

bench: $(READY) ## measure speed and write docs/benchmarks.md; BENCH=all for the largest sheet, too
	$(BIN)/python -m pip install --quiet --disable-pip-version-check ".[bench]"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	$(BIN)/python -m benchmarks.speed $(BENCH)
	$(BIN)/python -m benchmarks.peers
	$(BIN)/python -m benchmarks.report

lock: $(READY) ## write the installed versions to requirements.lock
	@{ sed -n 1p requirements.lock; $(BIN)/python -m pip freeze --exclude-editable; } > requirements.new
	@mv requirements.new requirements.lock

clean: ## remove the environment and caches, keep output/
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis *.egg-info build dist
