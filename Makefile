# Each target is a task of tasks.py; without make: python3 tasks.py run
PYTHON ?= python3

.PHONY: run test check bench
run test check bench:
	@$(PYTHON) tasks.py $@ $(ARGS)
