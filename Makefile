# Needs Python 3.11 or newer with its venv module, and make. Everything else comes into .venv, by version and hash.

PYTHON ?= python3
VENV ?= .venv
CORPORA ?= ../shared/corpora
PIP = $(VENV)/bin/python -m pip --disable-pip-version-check install --quiet
RUN = $(VENV)/bin/
LOCK = $(VENV)/lock/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-annotate --no-emit-index-url --custom-compile-command "make lock"
PROJECT = pyproject.toml requirements/build.in

.PHONY: demo test lint fuzz interop peers bench hostile accuracy picture lock clean

demo: $(VENV)/runtime
	$(RUN)smtpprobe demo

test: $(VENV)/dev $(VENV)/suites/rfc7208-tests.yml $(VENV)/suites/junit-10.xsd
	$(RUN)pytest --numprocesses auto --maxprocesses 4 --dist loadfile -m "not interop"

lint: $(VENV)/dev
	$(RUN)ruff check
	$(RUN)ruff format --check
	$(RUN)mypy
	$(RUN)lint-imports

# A million random inputs for each parser: about 40 minutes on two cores. SEED=… repeats a run.
fuzz: $(VENV)/fuzz
	$(RUN)python tests/fuzz/fuzz.py $(if $(SEED),--seed $(SEED))

# Installs real mail servers with apt-get: Debian, as root.
interop: $(VENV)/dev $(VENV)/sslyze/done $(VENV)/peers/done
	sh tests/interop/install.sh
	$(RUN)pytest -m interop

# What other tools and trace print for the same broken senders: Debian, as root. Writes docs/side_by_side.md.
peers: $(VENV)/dev $(VENV)/peers/done
	sh tests/interop/install.sh
	apt-get -q -y install swaks
	$(RUN)python tests/interop/side_by_side.py

# Against the same servers, and against the tools that others use: Debian, as root. Those of scan leave their figures in
# .bench; scan_page.py writes them down, and fails where one is missing or short of its goal. It takes about half an hour.
bench: $(VENV)/dev $(VENV)/bench/done
	sh tests/interop/install.sh
	apt-get -q -y install --no-install-recommends nmap swaks postfix monitoring-plugins-basic pflogsumm
	$(RUN)python tests/benchmarks/round_trips.py
	$(RUN)python tests/benchmarks/explain_speed.py
	$(RUN)python tests/benchmarks/trace_speed.py
	rm -rf .bench
	-$(RUN)python tests/benchmarks/scan_speed.py
	-$(RUN)python tests/benchmarks/scan_cost.py
	-$(RUN)python tests/benchmarks/scan_latency.py
	-$(RUN)python tests/benchmarks/scan_silent.py
	-$(RUN)python tests/benchmarks/scan_tarpits.py
	-$(RUN)python tests/benchmarks/scan_workers.py
	-$(RUN)python tests/benchmarks/scan_memory.py
	-$(RUN)python tests/benchmarks/scan_names.py
	-$(RUN)python tests/benchmarks/scan_profile.py
	$(RUN)python tests/benchmarks/scale_page.py
	$(RUN)python tests/benchmarks/scan_page.py

# Each program leaves its figures in .reliability; scorecard.py makes docs/reliability.md of them, and fails where one is
# missing or short of its goal. It takes more than an hour, most of it for fuzzing. Debian, as root.
hostile: $(VENV)/dev
	sh tests/interop/install.sh
	rm -rf .reliability
	-$(RUN)python tests/hostile/measure_behaviours.py
	-$(RUN)python tests/hostile/measure_memory.py
	-$(RUN)python tests/hostile/measure_outputs.py
	-$(RUN)python tests/hostile/measure_secrets.py
	-$(RUN)python tests/hostile/measure_interruptions.py
	-$(RUN)python tests/segmentation/measure_segmentation.py
	-$(RUN)python tests/interop/measure_security.py
	-$(MAKE) fuzz
	$(RUN)python tests/hostile/scorecard.py

# How often explain is right about real bounces and replies, which are not part of this project: CORPORA names them.
accuracy: $(VENV)/dev
	$(RUN)python tests/accuracy/accuracy.py $(CORPORA) --write docs/accuracy.md

picture: $(VENV)/dev
	$(RUN)python docs/make_picture.py

# Writes requirements/*.txt anew from pyproject.toml, with the newest versions that it allows.
lock: $(VENV)/python
	$(PYTHON) -m venv $(VENV)/lock
	$(VENV)/lock/bin/python -m pip --disable-pip-version-check install --quiet uv
	$(LOCK) $(PROJECT) --output-file requirements/runtime.txt
	$(LOCK) $(PROJECT) --group dev --extra speed --extra ntlm --extra serve --extra scan --extra dask --constraint requirements/runtime.txt --output-file requirements/dev.txt
	$(LOCK) $(PROJECT) --extra serve --constraint requirements/dev.txt --output-file requirements/serve.txt
	$(LOCK) --group fuzz --constraint requirements/dev.txt --output-file requirements/fuzz.txt
	$(LOCK) $(PROJECT) requirements/tls.in --extra tls --output-file requirements/tls.txt
	$(LOCK) requirements/peers.in --output-file requirements/peers.txt
	$(LOCK) requirements/bench.in --output-file requirements/bench.txt

clean:
	rm -rf $(VENV) build .bench .reliability .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache

# Stamps: each says that what it stands for is in place. The project itself is installed as a link to this folder.
$(VENV)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/runtime: requirements/runtime.txt pyproject.toml | $(VENV)/python
	$(PIP) --require-hashes --requirement requirements/runtime.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev: requirements/dev.txt $(VENV)/runtime
	$(PIP) --require-hashes --requirement requirements/dev.txt
	@touch $@

$(VENV)/fuzz: requirements/fuzz.txt $(VENV)/dev
	$(PIP) --require-hashes --requirement requirements/fuzz.txt
	@touch $@

# The public test suite for RFC 7208 lies in the source package of pyspf, which itself is not used; the schema of JUnit
# XML in that of pytest. To ask a source package for its name pip wants what it is built with.
SUITES = $(VENV)/suites
SUITES_PIP = $(SUITES)/pip/bin/python -m pip --disable-pip-version-check

$(SUITES)/rfc7208-tests.yml: requirements/suites.txt requirements/suites-build.txt | $(VENV)/python
	$(PYTHON) -m venv $(SUITES)/pip
	$(SUITES_PIP) install --quiet --require-hashes --requirement requirements/suites-build.txt
	$(SUITES_PIP) download --quiet --no-deps --no-binary :all: --no-build-isolation \
		--require-hashes --requirement requirements/suites.txt --dest $(SUITES)
	tar -xzf $(SUITES)/pyspf-2.0.14.tar.gz -C $(SUITES) --no-same-owner --strip-components=2 \
		pyspf-2.0.14/test/rfc7208-tests.yml
	@touch $@

$(SUITES)/junit-10.xsd: $(SUITES)/rfc7208-tests.yml
	tar -xzf $(SUITES)/pytest-9.2.0.tar.gz -C $(SUITES) --no-same-owner --strip-components=3 \
		pytest-9.2.0/testing/example_scripts/junit-10.xsd
	@touch $@

# What trace is held against, and the scan of ciphers, whose libraries fit none of ours.
LATER_PIP = bin/python -m pip --disable-pip-version-check install --quiet

$(VENV)/sslyze/done: requirements/tls.txt pyproject.toml | $(VENV)/python
	$(PYTHON) -m venv $(VENV)/sslyze
	$(VENV)/sslyze/$(LATER_PIP) --require-hashes --requirement requirements/tls.txt
	$(VENV)/sslyze/$(LATER_PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/peers/done: requirements/peers.txt | $(VENV)/python
	$(PYTHON) -m venv $(VENV)/peers
	$(VENV)/peers/$(LATER_PIP) --require-hashes --requirement requirements/peers.txt
	@touch $@

# The profiler.
$(VENV)/bench/done: requirements/bench.txt | $(VENV)/python
	$(PYTHON) -m venv $(VENV)/bench
	$(VENV)/bench/$(LATER_PIP) --require-hashes --requirement requirements/bench.txt
	@touch $@
