# Two commands: `make demo` shows the office at work, `make test` proves it. Both need only Python >= 3.11, git and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Every test that starts a process would compile the whole program again.
export PYTHONDONTWRITEBYTECODE =
.PHONY: setup demo test measured lint lock torture clean

setup: $(VENV)/.done

# -qq: pip with one q warns of every configured place that this machine does not have, a page of them; errors and lost connections it tells still.
# --no-deps: the lock is whole, and pip must not look for a newer release of an extra (coverage[toml]) that the lock does not name.
$(VENV)/.done: requirements-dev.lock
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "需要 Python 3.11 或更新版本 (Python >= 3.11 is needed)")'
	@$(PYTHON) -m venv $(VENV) || { echo "无法建立虚拟环境：请安装 python3-venv (venv failed: install python3-venv)"; exit 1; }
	@if command -v uv >/dev/null 2>&1; then uv pip install -q --python $(BIN)/python --require-hashes --no-deps -r requirements-dev.lock; \
	else $(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes --no-deps -r requirements-dev.lock; fi
	@touch $@

demo: setup
	@$(BIN)/python -m daemon demo $(if $(KEEP),--keep) $(if $(WEEK),--week)

test: setup
	@$(BIN)/python -m pytest -n auto -m "not debian and not long"

# The same tests, measured line by line and branch by branch: rules/ must be tried whole, every other room to nine tenths.
measured: setup
	@$(BIN)/coverage erase
	@$(BIN)/python -m pytest -n auto -m "not debian and not long" --cov --cov-report=
	@$(BIN)/coverage report --include='rules/*' --skip-covered --show-missing --fail-under=100
	@for room in daemon db templates; do \
	  printf '%s ' $$room && $(BIN)/coverage report --include="$$room/*" --format=total --fail-under=90 || exit 1; done

# Hostile letters by the thousand; KILLS kills at random moments with two daemons, and one at every point of the story: hours, not minutes.
# Prints lost, doubled, unknown. HUIYIN_TEST_POSTGRES names a PostgreSQL to be tried too.
KILLS ?= 10000
torture: setup
	@HUIYIN_ANEW=1 HUIYIN_KILLS=$(KILLS) HUIYIN_SWEEP=1 HUIYIN_MOVES=50000 $(BIN)/python -m pytest -n 2 -m long -rP --show-capture=stdout --timeout=0 \
	  tests/fire/test_kills.py tests/fire/test_sweep.py tests/reading/test_reading_hostile.py tests/stories/test_crashes.py tests/office/test_week.py tests/play

lint: setup
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

# Written anew only on purpose; names no registry host.
lock: setup
	@$(BIN)/python -m pip install -q uv
	@for f in requirements requirements-dev; do $(BIN)/uv pip compile -q --generate-hashes --universal --python-version 3.11 \
	  --no-emit-index-url --no-annotate --no-header -o $$f.lock $$f.in; done

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .hypothesis
