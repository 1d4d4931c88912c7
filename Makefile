# Each target calls the command of setup/dev/dev with the same name.
.DEFAULT_GOAL := help
COMMANDS := run post test real-llm stress faults coverage mutants neighbours bench speed growth \
            cold e2e unit lint core-lint oca-gates house format readme pictures pot wheels history oca ci conformance \
            preview-check setup clean
.PHONY: help $(COMMANDS)

# Passed on as typed: a topic may contain quotes and dollar signs.
override export TOPIC := $(value TOPIC)
override export TAGS := $(value TAGS)
export QUICK URL ONLY COUNT SEED ROUNDS AGAIN

help $(COMMANDS):
	@setup/dev/dev $@
