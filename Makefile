# Two commands do everything on a machine with python3 3.11, pip, make and git:
#   make demo   sets up and runs the main job
#   make test   sets up and passes all tests

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
.DEFAULT_GOAL := help
# Compiled modules are kept: the tests start many processes, and each would compile them anew.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help
help: ## Show every target
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

$(VENV)/runtime: requirements-pip.txt requirements.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-pip.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/development: requirements-dev.txt $(VENV)/runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

$(VENV)/benchmarks: requirements-bench.txt $(VENV)/development
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.txt
	@touch $@

.PHONY: setup
setup: $(VENV)/runtime ## Install what the product needs into .venv

.PHONY: demo
demo: $(VENV)/runtime ## Run the main job: work orders to closure, penalty and referral
	$(BIN)/yisong demo --out out/demo

.PHONY: serve
serve: $(VENV)/runtime ## Open the workbench, with demonstration data in a new var/: http://127.0.0.1:8000
	$(BIN)/yisong serve --demo

.PHONY: test
test: $(VENV)/development ## Run all tests
	$(BIN)/python -m pytest -rs -n 4 --dist loadfile --no-loadscope-reorder

.PHONY: check
check: $(VENV)/development ## Format, lint, types, import contracts, rulebook and templates
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/yamllint --strict config templates
	$(BIN)/yisong check
	$(BIN)/yisong rules draw --check
	$(BIN)/yisong rules audit --check

.PHONY: bench
bench: $(VENV)/benchmarks ## Measure, side by side with named peers; writes benchmarks/README.md
	$(BIN)/python -m benchmarks

.PHONY: format
format: $(VENV)/development ## Format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

.PHONY: draw
draw: $(VENV)/runtime ## Draw the lifecycles and the audit of the law into docs/
	$(BIN)/yisong rules draw
	$(BIN)/yisong rules audit --out docs/law-audit.md

.PHONY: gallery
gallery: $(VENV)/runtime ## Print every document from sample, extreme sample and demo: build/gallery.html (LibreOffice, poppler)
	$(BIN)/python -m documents.output.gallery

.PHONY: screenshots
screenshots: $(VENV)/development ## Picture every page from the demonstration: build/screenshots, docs/manual/pictures (Chromium)
	$(BIN)/python -m docs.manual.pictures

.PHONY: validate
validate: $(VENV)/runtime ## Hold every template and sample to the schema of Word files (npm)
	$(BIN)/python -m documents.templates.schema_check

.PHONY: wheel
wheel: $(VENV)/runtime ## Build what is installed elsewhere, and its source: build/dist
	$(BIN)/python -m hatchling build -d build/dist

.PHONY: offline
offline: $(VENV)/runtime ## Build one archive that installs without a network: build/offline
	sh deploy/offline.sh $(BIN)/python

.PHONY: lock
lock: ## Refresh the pinned requirements (needs uv)
	printf 'pip>=25.2\nhatchling>=1.27\n' | uv pip compile - $(LOCK) --no-annotate --allow-unsafe -o requirements-pip.txt
	uv pip compile pyproject.toml $(LOCK) -o requirements.txt
	uv pip compile pyproject.toml --group dev $(LOCK) -o requirements-dev.txt
	uv pip compile pyproject.toml --group dev --group bench $(LOCK) -o requirements-bench.txt

LOCK := --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --no-header --no-strip-extras --quiet

.PHONY: clean
clean: ## Remove the environment and everything that was made
	rm -rf $(VENV) build out .mypy_cache .ruff_cache .pytest_cache .hypothesis
