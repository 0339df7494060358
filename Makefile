# `make help` lists the targets.
.DEFAULT_GOAL := help
BIN := .venv/bin
CODE := console ui resources dispatch tests installer

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 14

setup: ## Debian packages (as root; APT=0 forbids it) and .venv from the hash-locked list
	@installer/linux/setup.sh

run: setup ## the demo town's console; without a screen its picture, report and figures (ARGS="--town CODE ...")
	@installer/linux/run.sh $(ARGS)

test: setup ## the tests, two processes, under 20 minutes on 2 cores (ARGS="tests/sync -x")
	@installer/linux/test.sh $(ARGS)

check: setup ## lint, format, types, import contracts, house rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.house
	$(BIN)/python -m pytest -q tests/house

check-long: setup ## the long tests: faults, end to end, fuzz (hours; never measured whole)
	$(BIN)/python -m pytest -m long -o faulthandler_timeout=0 $(ARGS)

format: setup ## put the code into form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

words: setup ## the translations brought up to the code and compiled (resources/i18n)
	$(BIN)/python -m installer.translations

wheels: setup ## fill .wheels, from which `uv sync --frozen --extra hub` installs
	$(BIN)/python -m pip download --quiet --require-hashes --only-binary :all: -r requirements.lock -d .wheels

lock: ## resolve anew into uv.lock and requirements.lock (needs uv)
	python3 installer/lock.py

bare: ## both README commands in a bare Debian 12, log kept (as root, needs debootstrap; BARE=folder)
	@installer/linux/bare.sh

deb: ## a package for Debian 12 in build/deb/out (BUILD=number; as any user, needs installer/linux/build_packages.txt)
	@installer/linux/deb.sh

bare-deb: ## that package installed, started and removed in a bare Debian 12 (as root, needs debootstrap; BARE=folder)
	@installer/linux/bare_deb.sh

clean: ## remove what can be made again
	rm -rf .venv out build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

.PHONY: help setup run test check check-long format words wheels lock bare deb bare-deb clean
