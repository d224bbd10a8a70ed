# Set-up and checks. Needs make (GNU 3.81 or newer) and Python 3.11 or newer; `make demo` does the rest.
SHELL := /bin/sh

# The first of these that is new enough; or say `make PYTHON=/path/to/python demo`.
PYTHON ?= $(shell for each in python3 python3.14 python3.13 python3.12 python3.11; do \
    "$$each" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo "$$each" && break; done)
VENV := .venv
BIN := $(VENV)/bin
WORKSPACE := demo/node_modules/local-slack-linux-x64/bin/local-slack
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# Half as many again as processors: a third of the time the tests wait for processes of their own.
WORKERS = $(shell $(BIN)/python -c 'import os; print(max(2, (os.cpu_count() or 1) * 3 // 2))')
QUESTIONS := $(sort $(wildcard knowledge/*/questions/*.yaml)) tests/abstain.yaml
COMPILE := uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-config --quiet

.PHONY: help install demo workspace test lint docs check eval bench lock clean

help:
	@echo 'make demo     set up and see the desk at work in a Slack-like workspace'
	@echo 'make install  set up only; the command is then $(BIN)/faultbook'
	@echo 'make test     run the tests'
	@echo 'make workspace  fetch the workspace of the demo and the end-to-end tests'
	@echo 'make lint     run ruff and mypy, look for known holes and for secrets'
	@echo 'make docs     write the pages of docs/ that come from the code'
	@echo 'make check    check the knowledge files'
	@echo 'make eval     measure the answers on the golden questions'
	@echo 'make bench    run the benchmarks'
	@echo 'make lock     resolve the dependencies anew (needs uv)'
	@echo 'make clean    remove what was made'

install: $(VENV)/installed.stamp

demo: install workspace
	@$(BIN)/python -m demo

# loadfile: the tests of a file share what it makes once. Bytecode is kept whatever the environment says, else
# each worker prepares all test files anew.
test: $(VENV)/dev.stamp workspace
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/mypy
	@$(BIN)/python .ci/audit.py

docs: install
	@$(BIN)/python -m docs.generate

check: install
	$(BIN)/faultbook check

eval: install
	$(BIN)/faultbook eval $(QUESTIONS)

bench: $(VENV)/dev.stamp
	$(BIN)/python -m bench

# The Slack-like workspace of the demo and the end-to-end tests: one program, its hash checked by npm.
# Where it can't be had, the demo says why and goes on in the terminal, and those tests are skipped.
workspace: $(WORKSPACE)

$(WORKSPACE): demo/package-lock.json
	@if test "$$(uname -sm)" = 'Linux x86_64' && command -v npm >/dev/null; then \
	    echo 'Fetching the workspace ...'; npm ci --prefix demo --silent && touch -c $@ || :; fi

$(VENV)/python.stamp:
	@test -n "$(PYTHON)" || { \
	    echo 'Faultbook needs Python 3.11 or newer, and none was found.'; \
	    echo 'Install it (Debian 12: apt-get install python3 python3-venv; macOS: brew install python),'; \
	    echo 'or name it: make PYTHON=/path/to/python3.12 demo'; exit 1; } >&2
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	    echo "Faultbook needs Python 3.11 or newer; $(PYTHON) is not: $$("$(PYTHON)" --version 2>&1)"; \
	    echo 'Name a newer one: make PYTHON=/path/to/python3.12 demo'; exit 1; } >&2
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
	    echo "$(PYTHON) cannot make virtual environments: the module venv or ensurepip is missing."; \
	    echo 'Debian and Ubuntu: apt-get install python3-venv'; exit 1; } >&2
	@echo 'Setting up $(VENV) ...'
	@rm -rf $(VENV)
	@"$(PYTHON)" -m venv $(VENV)
	@touch $@

# --no-build-isolation: the build backend is in the lock as well, so nothing unlocked is fetched.
$(VENV)/installed.stamp: $(VENV)/python.stamp requirements.lock pyproject.toml
	@echo 'Installing the locked dependencies and faultbook ...'
	@$(PIP) install --require-hashes --only-binary :all: -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --no-index -e .
	@touch $@

$(VENV)/dev.stamp: $(VENV)/installed.stamp requirements-dev.lock
	@echo 'Installing the locked tools for development ...'
	@$(PIP) install --require-hashes --only-binary :all: -r requirements-dev.lock
	@touch $@

lock:
	$(COMPILE) --upgrade --group build pyproject.toml -o requirements.lock
	$(COMPILE) --upgrade -c requirements.lock --group dev --group bench pyproject.toml -o requirements-dev.lock

clean:
	rm -rf $(VENV) demo/node_modules build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis bench/out
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
