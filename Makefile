# Plain make and Python 3.11 or newer are enough; everything else goes into .venv. `make` alone lists the verbs.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
BENCH_VENV := .venv-bench
AUDIT_VENV := .venv-audit
EMULATORS := .venv-emulators
SERVERS := .venv-services
BENCHMARKS := $(patsubst benchmarks/%.py,bench-%,$(filter-out benchmarks/_%,$(wildcard benchmarks/*.py)))
EXAMPLES := $(patsubst examples/%.py,example-%,$(filter-out examples/_%,$(wildcard examples/*.py)))
ONE_THREAD := OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 MKL_NUM_THREADS=1
SCRIPTS := deploy.sh .ci/run tests/deploy/cloud.sh
# Each of the two begins at one end of the list and takes from the other's when it is through: files stay together.
# Two processes of one thread each: more would only wait for one another.
PYTEST := $(ONE_THREAD) $(BIN)/python -m pytest -n 2 --dist worksteal --ignore tests/browser --ignore tests/emulators --ignore tests/services --ignore tests/terraform
TYPED := shared/worklens cloud_local deploy $(wildcard functions/*/main.py)

# The first of these that is new enough; PYTHON=... names another.
CANDIDATES := python3.11 python3 python3.13 python3.12 python
find_python = for python in $(if $(PYTHON),"$(PYTHON)",$(CANDIDATES)); do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$python"; exit; }; done; \
	echo "Worklens needs Python 3.11 or newer, and $(if $(PYTHON),$(PYTHON) is not,none of $(CANDIDATES) is). Install it (Debian: apt-get install python3 python3-venv) or name it: make setup PYTHON=/path/to/python" >&2; exit 1

# The emulators of BigQuery and Cloud Storage run on 3.13 and nothing else; PYTHON313=... names it.
CANDIDATES_313 := python3.13 $(wildcard $(HOME)/.pyenv/versions/3.13.*/bin/python3.13 $(PYENV_ROOT)/versions/3.13.*/bin/python3.13)
find_python_313 = for python in $(if $(PYTHON313),"$(PYTHON313)",$(CANDIDATES_313)); do \
	"$$python" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 13))' 2>/dev/null && { echo "$$python"; exit; }; done; \
	echo "The BigQuery emulator needs Python 3.13, and $(if $(PYTHON313),$(PYTHON313) is not,there is none). Install it (pyenv install 3.13, or uv python install 3.13) or name it: make emulators PYTHON313=/path/to/python3.13" >&2; exit 1

# make_venv DIRECTORY LOCK: what the lock names, each file checked against its hash. A virtual environment that still
# works is brought up to date in place, so that a command running in it isn't cut off.
define make_venv
	@python="$$($(or $(3),$(find_python)))"; $(1)/bin/python -c "import pip" 2>/dev/null || "$$python" -m venv --clear $(1) || { \
		echo "Python's venv module is missing. Debian: apt-get install python3-venv" >&2; exit 1; }
	@echo "Installing $(2) into $(1)"
	@$(1)/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r $(2)
	@touch $@
endef

define install_worklens
	@$(1)/bin/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
endef

# The tests start dozens of processes: whoever keeps byte-code from being written has each compile the package anew.
test test-browser test-deep coverage test-cloud: export PYTHONDONTWRITEBYTECODE :=

.PHONY: help
help: ## List the verbs
	@awk -F ':.*## ' '/^[a-z%-]+(NAME)?:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: setup
setup: $(VENV)/.ready ## Make .venv with the locked requirements
$(VENV)/.locked: requirements/dev.txt
	$(call make_venv,$(VENV),$<)
$(VENV)/.ready: $(VENV)/.locked pyproject.toml
	$(call install_worklens,$(VENV))

$(BENCH_VENV)/.locked: requirements/bench.txt
	$(call make_venv,$(BENCH_VENV),$<)
$(BENCH_VENV)/.ready: $(BENCH_VENV)/.locked pyproject.toml
	$(call install_worklens,$(BENCH_VENV))

# A peer by itself: some hundred megabytes, and other files for each platform, so that no lock names it.
$(BENCH_VENV)/.torch: $(BENCH_VENV)/.ready
	@echo "Installing PyTorch into $(BENCH_VENV)"
	@$(BENCH_VENV)/bin/python -m pip install -qq --disable-pip-version-check --no-build-isolation --editable '.[torch]'
	@touch $@

.PHONY: emulators
emulators: $(EMULATORS)/.ready ## Make .venv-emulators: BigQuery and Cloud Storage on this machine; needs Python 3.13
$(EMULATORS)/.locked: requirements/emulators.txt
	$(call make_venv,$(EMULATORS),$<,$(find_python_313))
$(EMULATORS)/.ready: $(EMULATORS)/.locked cloud_local/extensions.py
	@$(EMULATORS)/bin/python cloud_local/extensions.py $(EMULATORS)/home
	@touch $@

# How the locks are made again; needs uv. A function gets the versions of requirements/dev.txt: what is tested.
COMPILE := uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --quiet
.PHONY: lock
lock: ## Choose the newest requirements that fit pyproject.toml, for us and for each function
	$(foreach extra,dev bench,$(COMPILE) pyproject.toml --extra $(extra) --upgrade --output-file requirements/$(extra).txt &&) true
	$(foreach apart,audit services,$(COMPILE) requirements/$(apart).in --upgrade --output-file requirements/$(apart).txt &&) true
	$(MAKE) lock-functions

.PHONY: lock-functions
lock-functions: ## Choose anew only what each function needs, at the versions of requirements/dev.txt
	$(foreach file,$(wildcard functions/*/requirements.in),$(COMPILE) $(file) --constraint requirements/dev.txt --output-file $(file:.in=.txt) &&) true

.PHONY: bundle
bundle: setup ## Make each function's zip in build/functions, the same bytes each time
	$(BIN)/python -m deploy.bundle

.PHONY: run
run: export FILE := $(FILE)
run: setup ## Show a made-up person's work; FILE=my-backup.json shows yours
ifdef FILE
	@$(BIN)/worklens import "$$FILE" || [ $$? = 3 ] # 3: done, but for some records that it names
	@$(BIN)/worklens report
else
	@$(BIN)/worklens demo
endif

.PHONY: test
test: setup ## Run the tests; warnings are errors, no server is needed
	$(PYTEST) $(ARGS)

# Every page in Debian's Chromium (make system): without it the tests are skipped, and say so.
.PHONY: test-browser
test-browser: setup ## Drive the pages in a browser: drawn, by keyboard, on a phone, and for a screen reader
	$(ONE_THREAD) $(BIN)/python -m pytest -n 2 --dist loadfile tests/browser $(ARGS)

.PHONY: coverage
coverage: setup ## Run the same tests, and show which lines and branches none of them reaches
	$(PYTEST) --cov --cov-report=term $(ARGS)

.PHONY: test-deep
test-deep: export WORKLENS_TEST_PROFILE := deep
test-deep: setup ## Run the tests with many more random cases
	$(PYTEST) $(ARGS)
	$(BIN)/python -m pytest tests/emulators $(ARGS)

# Without the emulators their tests are skipped, and say so; with CI=true that is a failure. Two processes, each with
# emulators of its own and whole files of tests: one waits while the other works.
.PHONY: test-cloud
test-cloud: setup ## Start the cloud's emulators, run the tests against them, and stop them
	@$(MAKE) --no-print-directory emulators || [ "$${CI:-}" != true ]
	$(BIN)/python -m pytest -n 2 --dist loadfile tests/emulators -m "not deep" $(ARGS)

$(SERVERS)/.ready: requirements/services.txt
	$(call make_venv,$(SERVERS),$<)

# The programs come from Debian (make system). What is missing is skipped, and says so; with CI=true that is a failure.
.PHONY: test-services
test-services: setup ## Run the tests against real CalDAV servers and the real Taskwarrior
	@$(MAKE) --no-print-directory $(SERVERS)/.ready || [ "$${CI:-}" != true ]
	$(BIN)/python -m pytest tests/services $(ARGS)

# Terraform plans offline against the provider's schema; without the checker the tests are skipped, and say so.
.PHONY: test-terraform
test-terraform: export WORKLENS_TERRAFORM_CHECK ?= ../shared/tools/terraform-offline/check
test-terraform: setup ## Look over the whole plan of the deployment: who may do what, what may be lost
	$(BIN)/python -m pytest tests/terraform $(ARGS)

.PHONY: cloud-local
cloud-local: setup emulators ## Start the whole deployment on this machine, until Ctrl-C; ARGS="--port 9000"
	@$(BIN)/python -m cloud_local $(ARGS)

.PHONY: lint
lint: setup ## Check style and form
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/bandit --quiet --recursive --configfile pyproject.toml shared/worklens functions deploy
	$(BIN)/shellcheck --severity=style --external-sources --check-sourced $(SCRIPTS)
	$(BIN)/hadolint Dockerfile

$(AUDIT_VENV)/.ready: requirements/audit.txt
	$(call make_venv,$(AUDIT_VENV),$<)

# Offline: checkov downloads no rules and sends nothing. An exception stands at its resource, with its reason.
.PHONY: audit
audit: $(AUDIT_VENV)/.ready ## Check the Terraform against checkov's rules of security
	$(AUDIT_VENV)/bin/checkov --framework terraform --directory terraform --skip-download --quiet --compact

# Needs the network: where the service of advisories doesn't answer it says so; ARGS=--required makes that a failure.
.PHONY: advisories
advisories: setup ## Hold what the functions install against published advisories
	$(BIN)/python -m deploy.advisories $(ARGS)

.PHONY: format
format: setup ## Mend style and form
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

.PHONY: sql
sql: setup ## Translate the views anew for DuckDB, and write the page of metrics and what programs are told of each view
	$(BIN)/python -m worklens.local.translated
	$(BIN)/python -m worklens.warehouse.metrics_page docs/metrics.md

.PHONY: sources
sources: setup ## Write the READMEs' table of what each source shows
	$(BIN)/python -m worklens.sources.capabilities_page

# One thread; 6.5 minutes of CPU. From the same seed the same machine makes the same weights; beside them stands their checksum.
.PHONY: train-when
train-when: setup ## Teach the reader of titles anew, and write its weights
	$(ONE_THREAD) $(BIN)/python -m worklens.reading.train $(ARGS)

.PHONY: pictures
pictures: setup ## Draw the pages' and the cookbook's pictures anew, from the demo; needs Chromium
	$(BIN)/python docs/images/draw.py
	$(BIN)/python docs/images/cookbook.py

.PHONY: types
types: setup ## Check the types, strictly
	$(BIN)/mypy $(TYPED)

# One thread each: what is printed shall not depend on how many processors there are.
.PHONY: examples
examples: setup ## Execute the notebooks in examples/ anew and keep what they show
	@$(ONE_THREAD) $(BIN)/python examples/_build.py

.PHONY: example-NAME $(EXAMPLES)
example-NAME: ## Execute one of them: examples/NAME.py
	@echo "Examples: $(EXAMPLES)"
$(EXAMPLES): example-%: setup
	@$(ONE_THREAD) $(BIN)/python examples/_build.py $*

.PHONY: check-examples
check-examples: setup ## Execute them all, keep nothing, and fail where a notebook isn't its source's
	@$(ONE_THREAD) $(BIN)/python examples/_build.py --check

.PHONY: bench
bench: $(BENCHMARKS) ## Regenerate every claim about speed and accuracy
	@[ -n "$(BENCHMARKS)" ] || echo "There are no benchmarks yet."

# bench-NAME is here for the list alone: the rule below makes bench-throughput from benchmarks/throughput.py.
.PHONY: bench-NAME
bench-NAME: ## Run one benchmark: benchmarks/NAME.py
	@echo "Benchmarks: $(or $(BENCHMARKS),none yet)"

bench-function_memory bench-cloud_load: $(EMULATORS)/.ready
bench-learning bench-detection bench-words bench-sequences: $(BENCH_VENV)/.torch

bench-%: benchmarks/%.py $(BENCH_VENV)/.ready FORCE
	$(ONE_THREAD) $(BENCH_VENV)/bin/python $< $(ARGS)

# Those that stand in the README; the machine should have nothing else to do. FIGURES=learning: those of docs/evidence.md.
FIGURES := pipeline kaplan_meier
.PHONY: figures
figures: $(BENCH_VENV)/.ready $(if $(filter learning,$(FIGURES)),$(BENCH_VENV)/.torch) ## Measure the README's figures anew, and put them there
	$(ONE_THREAD) $(BENCH_VENV)/bin/python docs/figures.py measure $(FIGURES) $(ARGS)
	$(BENCH_VENV)/bin/python docs/figures.py write

# Those that stand in docs/evidence.md; they need the real logs.
EVIDENCE := forecasts cycle_times estimates lists emptied chances detection words
.PHONY: evidence
evidence: ## Measure anew how good the analyses are on real logs, and put it into docs/evidence.md
	@$(foreach name,$(EVIDENCE),$(MAKE) --no-print-directory bench-$(name) ARGS=--write &&) true

.PHONY: FORCE
FORCE:

# Chromium opens the report in the tests; the fonts let it draw Chinese and emoji. Taskwarrior is read as it is, and cron
# is one of those that keep a laptop current.
SYSTEM_PACKAGES := chromium fonts-wqy-zenhei fonts-noto-color-emoji taskwarrior cron
installed = dpkg-query --show --showformat='$${db:Status-Status}\n' $(SYSTEM_PACKAGES) 2>/dev/null
.PHONY: system
system: ## Install what comes from Debian (Chromium, fonts, Taskwarrior, cron); needs root
	@if ! command -v apt-get >/dev/null; then \
		echo "make system knows Debian and Ubuntu only. Install Chromium, a Chinese font, Taskwarrior and cron your own way; without them the tests that need them are skipped." >&2; exit 1; fi
	@if [ "$$($(installed) | grep -cx installed)" = $(words $(SYSTEM_PACKAGES)) ]; then \
		echo "Already here: $(SYSTEM_PACKAGES)"; \
	elif [ "$$(id -u)" != 0 ]; then \
		echo "make system installs Debian packages and needs root: sudo make system" >&2; exit 1; \
	else \
		export DEBIAN_FRONTEND=noninteractive; \
		apt-get update -qq && apt-get install -qq -y --no-install-recommends $(SYSTEM_PACKAGES) </dev/null; fi

.PHONY: clean
clean: ## Remove everything that can be made again
	rm -rf $(VENV) $(BENCH_VENV) $(AUDIT_VENV) $(EMULATORS) $(SERVERS) build dist htmlcov .coverage .coverage.* .pytest_cache .ruff_cache .mypy_cache .hypothesis
	find shared functions tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
