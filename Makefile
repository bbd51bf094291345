# Needs Python 3.11 or newer and make. `make demo` shows the product, `make test` proves it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: help demo test test-chaos test-quick test-spark test-superset lint format types bench lock sbom audit clean
help:            ## this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

$(VENV)/runtime: requirements/runtime.txt requirements/build.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11 ...")'
	$(PYTHON) -m venv $(VENV)
	$(PIP) --require-hashes -r requirements/runtime.txt -r requirements/build.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev: $(VENV)/runtime requirements/dev.txt
	$(PIP) --require-hashes --no-deps -r requirements/dev.txt
	@touch $@

demo: $(VENV)/runtime  ## the whole job on a made-up company, in ./demo; prints where the report is
	$(BIN)/smarketing demo demo

# A night waits for the CRM half of its sync, a report for its browser: three at once keep two cores busy.
PYTEST = $(BIN)/python -m pytest -n 3 --dist loadgroup --no-loadscope-reorder
# All kills do not fit into CI's ninety minutes: the commits take turns with a third of them.
TURN = $$(git rev-list --count HEAD 2>/dev/null || echo 0)
CHAOS_EVERY := 3
test: $(VENV)/dev lint types  ## lint, types, import contracts and every test but Spark's; of the kills a third (an hour)
	CHAOS_EVERY=$(CHAOS_EVERY) CHAOS_TURN=$(TURN) $(PYTEST) -m "not spark"

test-chaos: $(VENV)/dev  ## nights killed and troubled by the dozen, all of them (half an hour)
	$(PYTEST) -m chaos

test-quick: $(VENV)/dev  ## the tests that take seconds
	$(PYTEST) -m "not slow and not browser and not chaos and not spark"

test-superset: $(VENV)/dev  ## a real Apache Superset, in an environment of its own, on the demo's publication
	@test -e demo/published || $(MAKE) demo
	$(BIN)/python -m tests.bi.superset demo/published

# PySpark works with an older pandas than everything else does: an environment of its own.
SPARK := .venv-spark
$(SPARK)/ready: requirements/spark.txt
	$(PYTHON) -m venv $(SPARK)
	$(SPARK)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/spark.txt
	@touch $@

test-spark: $(SPARK)/ready  ## nights on real Spark clusters that lose a worker (Java 17 and 3 GB of memory)
	$(SPARK)/bin/python -m pytest -m spark tests/spark

lint: $(VENV)/dev  ## ruff, sqlfluff and the import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/sqlfluff lint --disable-progress-bar transform/dbt
	$(BIN)/lint-imports

bench: $(VENV)/dev  ## what a night costs at 10 k, 100 k and 1 M contacts (an hour, and 10 GB of disk)
	$(BIN)/python -m benchmarks.nights

types: $(VENV)/dev  ## mypy, strict
	$(BIN)/mypy

format: $(VENV)/dev  ## let ruff and sqlfluff mend what they can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/sqlfluff fix --disable-progress-bar transform/dbt

LOCK := uv pip compile --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --no-strip-extras --quiet --custom-compile-command "make lock"
lock:            ## renew the locked requirements (needs uv)
	$(LOCK) pyproject.toml --output-file requirements/runtime.txt
	$(LOCK) --group build --constraints requirements/runtime.txt --output-file requirements/build.txt
# jsonschema takes rfc3987-syntax wherever it finds it, and then compiles 38 grammars at each import: two seconds
# for every process that imports dbt, Great Expectations or Altair. Only the software bill would bring it along.
	$(LOCK) pyproject.toml --group dev --constraints requirements/runtime.txt --output-file requirements/dev.txt \
		--no-emit-package rfc3987-syntax --no-emit-package lark

sbom: $(VENV)/dev  ## what a release is made of, as CycloneDX, in dist/sbom.json
	@mkdir -p dist
	$(BIN)/cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible \
		--output-file dist/sbom.json requirements/runtime.txt

audit: $(VENV)/dev  ## known vulnerabilities of the locked versions; fails where it cannot learn of them
	@mkdir -p dist && rm -f dist/audit.txt
	@$(BIN)/pip-audit --strict --require-hashes --disable-pip --requirement requirements/runtime.txt \
		--output dist/audit.txt || { test -s dist/audit.txt && cat dist/audit.txt || echo \
		"Nothing was audited: this machine does not reach the package index's advisories."; \
		exit 1; }

clean:           ## remove the environment and the demo
	rm -rf $(VENV) $(SPARK) demo build dist
