# Newsroom in two commands: `make demo` serves the seeded site, `make test` proves it. The rest is what they stand on.
# Kept to what every make understands; the work is done in scripts/.

PORT ?= 8000
PYTHON ?=

.PHONY: help setup demo test proof check format tools lock

help:
	@echo "make demo    the seeded site on http://127.0.0.1:$(PORT)/ (PORT=... for another port)"
	@echo "make test    every test: SQLite, PostgreSQL, Chromium"
	@echo "make proof   the same with long property tests and planted faults"
	@echo "make check   linters and checks"
	@echo "make format  Python and templates in the house's form"
	@echo "make setup   .venv with what site and tests need (PYTHON=... for another Python)"
	@echo "make tools   the HTML checker and axe, into .tools (needs npm)"
	@echo "make lock    requirements/*.txt anew from pyproject.toml"

setup:
	@PYTHON="$(PYTHON)" sh scripts/setup.sh test

demo:
	@PYTHON="$(PYTHON)" sh scripts/setup.sh runtime
	@.venv/bin/python scripts/demo.py --port "$(PORT)"

test: setup
	@.venv/bin/python scripts/run_tests.py

proof: setup
	@NEWSROOM_PROOF=1 .venv/bin/python scripts/run_tests.py
	@.venv/bin/python -m tests.sabotage

check: setup
	@.venv/bin/python scripts/run_checks.py

format: setup
	@.venv/bin/ruff check --fix .
	@.venv/bin/ruff format .
	@git ls-files 'templates/*.html' '*/templates/*.html' | xargs .venv/bin/djade

tools:
	@sh scripts/tools.sh

lock:
	@PYTHON="$(PYTHON)" sh scripts/lock.sh
