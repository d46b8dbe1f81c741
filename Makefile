# Kliping: set-up, run, test. Works with GNU make 3.81, the one of macOS.
#
#   make setup   a virtual environment in .venv with exactly the locked packages that building an
#                index and serving it need
#   make dev     what tests, benchmarks and evaluation need besides; they call it themselves
#   make run     build an index of the sample articles and serve it
#   make cluster
#                the same with the index in OpenSearch, which it starts: one node, or three with
#                NODES=3. It needs Java 21 and Maven
#   make test    run every check
#   make bench   measure speed beside other engines, and write docs/benchmark.md; FLAGS go to
#                scripts/benchmark.py
#   make bench-cluster
#                measure an index in OpenSearch, which it starts, and write docs/cluster.md; FLAGS go
#                to scripts/bench_cluster.py. It needs Java 21 and Maven
#   make evaluate DATA=FOLDER
#                measure ranking by the queries and judgments of a folder; without DATA, by a few
#                invented ones; FLAGS go to scripts/evaluate.py
#   make lock    renew requirements.lock and requirements-dev.lock; make lock FLAGS=--upgrade takes
#                newer versions
#   make audit   what is installed from others: licences, a bill of materials (var/audit/sbom.json),
#                days of release and maintainers, known faults where their list can be had
#   make clean   remove what these commands made; other indexes below var stay
#
# make setup PYTHON=/path/to/python3 chooses a Python; it must be 3.11 or newer.

ifeq ($(origin PYTHON),undefined)
PYTHONS := python3 python3.14 python3.13 python3.12 python3.11
else
PYTHONS := "$(PYTHON)"
endif

# All paths are relative, so that the folder may have spaces in its name.
STAMP := .venv/stamp
DEV_STAMP := .venv/dev-stamp
UV := var/lock-tools/bin/uv
PIP_AUDIT := var/audit-tools/bin/pip-audit
SAMPLE_INDEX := var/sample-index

PIP := .venv/bin/python -m pip install --disable-pip-version-check --quiet
COMPILE = $(UV) pip compile --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --custom-compile-command "make lock" $(FLAGS)

# A virtual environment remembers its folder: one that was moved, copied or half made is made again.
FRESH := $(shell [ "$$(cat $(STAMP) 2>/dev/null)" = "$$(pwd -P)" ] || echo fresh)

# Shell code that sets $$python to the first Python from 3.11 on, or fails with one sentence.
define choose_python
python=; \
for candidate in $(PYTHONS); do \
  if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
    python=$$candidate; break; \
  fi; \
done; \
if [ -z "$$python" ]; then \
  echo 'Kliping needs Python 3.11 or newer, and found none as:' $(PYTHONS). \
    'Install one, or name it: make setup PYTHON=/path/to/python3' >&2; \
  exit 1; \
fi
endef

.PHONY: setup dev run cluster test bench bench-cluster evaluate lock audit clean always

setup: $(STAMP)

$(STAMP): requirements.lock pyproject.toml $(if $(FRESH),always)
	@rm -f $(STAMP)
	@$(if $(FRESH),$(choose_python); echo "Making .venv with $$python"; "$$python" -m venv --clear .venv)
	@echo 'Installing the locked packages into .venv; this takes about a minute'
	@$(PIP) --quiet --require-hashes -r requirements.lock
	@$(PIP) --no-build-isolation --no-deps -e .
	@.venv/bin/python scripts/compile_kernels.py
	@pwd -P > $(STAMP)

dev: $(DEV_STAMP)

$(DEV_STAMP): $(STAMP) requirements-dev.lock
	@echo 'Installing the locked packages of the tests into .venv'
	@$(PIP) --quiet --require-hashes -r requirements-dev.lock
	@touch $(DEV_STAMP)

run: setup
	.venv/bin/python scripts/reindex.py samples --index $(SAMPLE_INDEX)
	.venv/bin/python scripts/serve.py --index $(SAMPLE_INDEX)

# The command finds the address of the index in its environment.
cluster: setup
	.venv/bin/python scripts/cluster.py --nodes $(or $(NODES),1) sh -c \
	  '.venv/bin/python scripts/reindex.py samples --index "$$KLIPING_INDEX" && \
	  .venv/bin/python scripts/serve.py --index "$$KLIPING_INDEX"'

test: dev
	.venv/bin/python scripts/check.py

bench: dev
	.venv/bin/python scripts/benchmark.py --write-docs --json var/bench/figures.json $(FLAGS)

bench-cluster: dev
	.venv/bin/python scripts/bench_cluster.py --write-docs $(FLAGS)

evaluate: dev
	.venv/bin/python scripts/evaluate.py $(if $(DATA),"$(DATA)") $(FLAGS)

lock: $(UV)
	$(COMPILE) --group build pyproject.toml -o requirements.lock
	$(COMPILE) --group dev -c requirements.lock -o requirements-dev.lock

# pip-audit has an environment of its own, too. Without its lists it can say nothing, so the days of
# release and the maintainers have to do.
audit: setup $(UV)
	.venv/bin/python scripts/supply.py licences
	.venv/bin/python scripts/supply.py sbom --out var/audit/sbom.json
	.venv/bin/python scripts/supply.py pins --out var/audit/pyproject.toml
	cd var/audit && ../lock-tools/bin/uv lock --quiet
	.venv/bin/python scripts/supply.py ages
	@test -x $(PIP_AUDIT) || { $(choose_python); "$$python" -m venv --clear var/audit-tools; }
	@test -x $(PIP_AUDIT) || var/audit-tools/bin/python -m pip install --disable-pip-version-check --quiet pip-audit
	$(PIP_AUDIT) --strict --disable-pip --require-hashes -r requirements.lock || \
	  echo 'pip-audit found a fault, or could not have its lists: read the lines above.'

# uv has an environment of its own, because it is not one of the packages that it locks.
$(UV):
	@$(choose_python); "$$python" -m venv --clear var/lock-tools
	@var/lock-tools/bin/python -m pip install --disable-pip-version-check --quiet uv

clean:
	rm -rf .venv $(SAMPLE_INDEX) .cluster var/cluster-1 var/cluster-3 var/lock-tools var/audit var/audit-tools build kliping.egg-info
	rm -rf .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .schemathesis
	find index search web scripts tests -name __pycache__ -type d -prune -exec rm -rf {} +
