# Plain make and Python 3.11 or newer are enough; everything else goes into .venv. `make` alone lists the verbs.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
BENCH_VENV := .venv-bench
DEPENDENCIES := requirements/dev.txt pyproject.toml
BENCHMARKS := $(patsubst benchmarks/%.py,bench-%,$(filter-out benchmarks/_%,$(wildcard benchmarks/*.py)))
ONE_THREAD := OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 MKL_NUM_THREADS=1
TYPED := $(wildcard shared/worklens functions)

# The first of these that is new enough; PYTHON=... names another.
CANDIDATES := python3.11 python3 python3.13 python3.12 python
find_python = for python in $(if $(PYTHON),"$(PYTHON)",$(CANDIDATES)); do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$python"; exit; }; done; \
	echo "Worklens needs Python 3.11 or newer, and $(or $(PYTHON),none of $(CANDIDATES)) is. Install it (Debian: apt-get install python3 python3-venv) or name it: make setup PYTHON=/path/to/python" >&2; exit 1

# make_venv DIRECTORY LOCK: a fresh virtual environment with exactly what the lock names, and Worklens from this tree.
define make_venv
	@python="$$($(find_python))"; echo "Making $(1) with $$("$$python" --version)"; \
	"$$python" -m venv --clear $(1) || { echo "Python's venv module is missing. Debian: apt-get install python3-venv" >&2; exit 1; }
	@$(1)/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r $(2)
	@$(1)/bin/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(1)/.ready
endef

.PHONY: help
help: ## List the verbs
	@awk -F ':.*## ' '/^[a-z%-]+(NAME)?:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: setup
setup: $(VENV)/.ready ## Make .venv with the locked requirements
$(VENV)/.ready: $(DEPENDENCIES)
	$(call make_venv,$(VENV),requirements/dev.txt)

$(BENCH_VENV)/.ready: requirements/bench.txt pyproject.toml
	$(call make_venv,$(BENCH_VENV),requirements/bench.txt)
