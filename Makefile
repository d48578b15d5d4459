# Thin calls of the `thalweg` command; `make help` lists them.
THALWEG := .venv/bin/thalweg
PYTHON ?=
export PYTHON

.PHONY: all draft test test-all lint bench serve clean setup setup-test lock refresh help

all: setup ## set up and build the course into output/site
	$(THALWEG) build

draft: setup ## set up and build the course with small, fast films
	$(THALWEG) build --quality draft

test: setup-test ## set up and run all tests
	.venv/bin/python -m pytest -n 2 --dist loadgroup

test-all: setup-test ## the same with every film and page in every language and color scheme
	.venv/bin/python -m pytest -n 2 --dist loadgroup --every

lint: setup-test ## check format, style and types
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy

bench: setup-test ## measure speed beside plain Manim, into output/bench.json (takes an hour)
	.venv/bin/python -m bench

serve: setup ## show the built site on this machine
	$(THALWEG) serve

clean: ## remove what was built and every cache (the set-up stays)
	rm -rf build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find output -mindepth 1 ! -name .gitignore -delete
	find engine scenes publish bench tests -name __pycache__ -prune -exec rm -rf {} +

setup: ## system packages, .venv and the locked Python packages
	@tools/bootstrap

setup-test: ## the same with what tests and checks need
	@tools/bootstrap test

refresh: setup-test ## rewrite the stored goldens and stills from what the code makes now
	.venv/bin/python -m pytest --refresh

LOCK := .venv/bin/uv pip compile pyproject.toml --no-config --quiet --universal --python-version 3.11 \
	--generate-hashes --no-header --no-annotate \
	--no-emit-index-url --upgrade

lock: setup-test ## resolve the dependencies anew into both lock files
	$(LOCK) --extra build --output-file requirements.lock
	$(LOCK) --all-extras --constraints requirements.lock --output-file requirements-dev.lock

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-11s %s\n", $$1, $$2}' Makefile
