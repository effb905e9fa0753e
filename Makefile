# Everything runs from this folder by names relative to it, so that its path may hold spaces and be long.
# Only Python (3.11 or newer, with its venv module) and make are needed; the rest is set up inside the folder.
.NOTPARALLEL:
.DEFAULT_GOAL := help
SHELL := /bin/sh
# Where the caller's environment names another checkout, its code would be built and tested in place of this one's.
unexport PYTHONPATH PYTHONHOME

# The first Python that is new enough and can make environments; failing that, the first that is new enough.
PYTHON ?= $(shell for wanted in 'venv, ensurepip' 'sys'; do \
	for name in python3 python3.14 python3.13 python3.12 python3.11 python; do \
		"$$name" -c "import sys, $$wanted; sys.exit(sys.version_info < (3, 11))" >/dev/null 2>&1 \
			&& { echo "$$name"; exit; }; \
	done; done; echo python3)
SET_UP ?= "$(PYTHON)" scripts/set_up.py
RUN := .venv/bin/python -m

.PHONY: help
help: ## Show what can be made
	@echo 'make demo    Grobunn with demonstration data on http://127.0.0.1:8000 (PORT=8001 make demo: another port)'
	@echo 'make test    all tests'
	@echo 'make check   every check: style, types, imports, templates, migrations, translations, API, docs'
	@echo 'make serve   Grobunn without demonstration data'
	@echo 'make lock    the lists of locked packages, anew (needs uv)'
	@echo 'Parts of check:'
	@sed -n 's/^\(check-[a-z-]*\):.*## \(.*\)/  make \1	\2/p' Makefile

.PHONY: demo
demo: set-up ## Serve with demonstration data
	@exec $(RUN) grobunn.config demo

.PHONY: serve
serve: set-up
	@exec $(RUN) grobunn.config serve

.PHONY: set-up
set-up:
	@$(SET_UP) run

.PHONY: set-up-develop
set-up-develop:
	@$(SET_UP) develop

# Tests that start browsers and whole services come after the others, in an order of their own. They wait for each other's
# processes a third of the time: three at once keep two cores at work. The test databases are made anew for the first
# and kept for the second; the third is made then. Only files and folders that mark tests so are read for the second: to
# read them all takes each worker a quarter of a minute.
MARKED := grep -rlE 'pytest\.mark\.(browser|processes)' --include='*.py' src tests | sed 's|/conftest\.py$$||'
.PHONY: test
test: set-up-develop
	@failed=0; \
	$(RUN) pytest -q -n 2 --create-db --reuse-db -m 'not browser and not processes' --durations=20 || failed=1; \
	$(RUN) pytest -q -n 3 --reuse-db --dist loadfile --no-loadscope-reorder -m 'browser or processes' --durations=10 \
		$$($(MARKED)) || failed=1; \
	exit $$failed

# Every check runs, so that one sitting shows all that is wrong; mypy, which takes longest, beside the others.
CHECKS := style types imports templates migrations translations reference docs
.PHONY: check
check: set-up-develop
	@failed=''; types=$$(mktemp); \
	$(MAKE) --no-print-directory SET_UP=: check-types >"$$types" 2>&1 & checks_types=$$!; \
	for name in $(filter-out types,$(CHECKS)); do \
		$(MAKE) --no-print-directory SET_UP=: check-$$name || failed="$$failed $$name"; \
	done; \
	wait $$checks_types || failed="$$failed types"; \
	cat "$$types"; rm -f "$$types"; \
	if [ -n "$$failed" ]; then echo "Checks that failed:$$failed"; exit 1; fi; \
	echo 'All checks passed.'

.PHONY: check-style
check-style: set-up-develop ## ruff: rules and format
	@$(RUN) ruff check .
	@$(RUN) ruff format --check .

.PHONY: check-types
check-types: set-up-develop ## mypy
	@$(RUN) mypy

.PHONY: check-imports
check-imports: set-up-develop ## import-linter: each floor imports only what stands below it
	@PYTHONPATH=src .venv/bin/lint-imports

.PHONY: check-templates
check-templates: set-up-develop ## djlint: rules of the templates
	@$(RUN) djlint src --lint --quiet

.PHONY: check-migrations
check-migrations: set-up-develop ## every change of a model has its migration
	@$(RUN) grobunn.config makemigrations --check --dry-run

.PHONY: check-translations
check-translations: set-up-develop ## every text has its bokmål and nynorsk
	@$(RUN) grobunn.config check_translations

.PHONY: check-reference
check-reference: set-up-develop ## OpenAPI and the generated pages of the manual are as the code is
	@$(RUN) grobunn.config write_reference --check

.PHONY: check-docs
check-docs: set-up-develop ## mkdocs: the manual builds without a warning
	@NO_MKDOCS_2_WARNING=1 $(RUN) mkdocs build --strict --quiet

.PHONY: lock
lock: ## Write requirements/*.txt anew from pyproject.toml
	@sh scripts/lock.sh
