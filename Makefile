# The front desk. `make` alone prints this list; every target sets the machine up first (setup.sh, at once when done).

PYTHON_VENV := .venv/bin/python
# No more than four: each holds up to 800 MB.
PARALLEL := -n auto --maxprocesses 4 --dist worksteal

.DEFAULT_GOAL := help
.PHONY: help setup demo quick test test-postgres check lint fresh container eval bench disasters journeys cluster fuzz lock docs clean

help:  ## print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup:  ## install what this machine lacks (Debian packages, .venv, locked Python packages)
	@sh setup.sh

demo: setup  ## run the main job on samples/: read, store, check, report
	@sh samples/demo.sh

quick: setup  ## the inner loop: all tests but those that run OCR, bombs and long proofs
	@$(PYTHON_VENV) -m pytest $(PARALLEL) -m "not slow and not ocr and not real"

test: lint  ## ruff, mypy --strict and all tests: what CI runs
	@$(PYTHON_VENV) -m pytest $(PARALLEL)

check: test  ## the same as test

test-postgres: setup  ## the tests of archives, each in a PostgreSQL database (installs Debian's server, starts its own)
	@CLUSTER=yes sh setup.sh
	@EVIDENCE_TEST_DATABASE=postgresql $(PYTHON_VENV) -m pytest $(PARALLEL) -m "not slow and not ocr and not real" \
		tests/store tests/archive tests/cli tests/jobs tests/web tests/pipeline tests/samples tests/disasters

lint: setup  ## ruff (rules and format) and mypy --strict only
	@$(PYTHON_VENV) -m ruff check .
	@$(PYTHON_VENV) -m ruff format --check --quiet .
	@$(PYTHON_VENV) -m mypy

fresh:  ## both README commands on a bare Debian in a scratch folder, as root (ARGS=demo: only that)
	@sh tests/fresh/fresh.sh $(ARGS)

container:  ## the Containerfile built by podman on a bare Debian 12, started, used, stopped, as root
	@sh tests/fresh/container.sh

eval: setup  ## accuracy on real documents, against docs/accuracy.json (ARGS=--held-out, --new, "--archive HOME")
	@$(PYTHON_VENV) tests/accuracy/evaluate.py $(ARGS)

bench: setup  ## pages and files a second on samples/ (python -m tests.bench.people: fifty people on the pages)
	@$(PYTHON_VENV) -m tests.bench.samples

disasters: setup  ## a hundred and fifty kills of two ingesters on one archive, fifty of uploads; full and failing disks
	@EVIDENCE_KILLS=50 $(PYTHON_VENV) -m pytest tests/disasters tests/archive/uploads tests/web/test_upload_kills.py
	@$(PYTHON_VENV) -m tests.disasters.kill_loop --rounds 50
	@$(PYTHON_VENV) -m tests.disasters.kill_loop --rounds 25 --headers
	@$(PYTHON_VENV) -m tests.disasters.index_kills --kills 100
	@$(PYTHON_VENV) -m tests.disasters.index_kills --kills 100 --engine tantivy

journeys: setup  ## people's ways through the pages in Debian's Chromium; screenshots in out/journeys
	@CHROMIUM=yes sh setup.sh
	@$(PYTHON_VENV) -m pytest tests/journeys
	@EVIDENCE_API_CASES=2000 $(PYTHON_VENV) -m pytest tests/web/test_api.py tests/web/test_page_fuzz.py

cluster: setup  ## several machines on this one: PostgreSQL, an S3 store, workers that are killed (ARGS="--kills 200")
	@CLUSTER=yes sh setup.sh
	@EVIDENCE_CLUSTER=yes $(PYTHON_VENV) -m pytest tests/cluster tests/store/objects
	@$(PYTHON_VENV) -m tests.cluster.kills $(or $(ARGS),--files 200 --kills 40)

fuzz: setup  ## mutants of real files through "evidence read" (MINUTES=30; ARGS="--seed 615" for the same again)
	@nice -n 15 $(PYTHON_VENV) -m tests.fuzz.readers --minutes 5
	@nice -n 15 $(PYTHON_VENV) -m tests.fuzz.run --minutes $(or $(MINUTES),30) $(ARGS)

lock: setup  ## resolve requirements.lock anew from pyproject.toml
	@.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --extra dev --extra oidc \
		--no-header --no-annotate --no-emit-index-url --no-emit-find-links --upgrade \
		pyproject.toml --output-file requirements.lock

docs: setup  ## write docs/cli.md anew from the commands' help
	@$(PYTHON_VENV) -m evidence.cli.reference > docs/cli.md.new && mv docs/cli.md.new docs/cli.md

clean:  ## remove what was made here, but not .venv
	rm -rf out build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
