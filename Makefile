# Each target is the command of setup/dev/dev of the same name, which needs no make.
.DEFAULT_GOAL := help
COMMANDS := run post test stress bench e2e unit lint core-lint house format readme pot wheels \
            history oca ci conformance preview-check setup clean
.PHONY: help $(COMMANDS)

# As typed: a topic may hold quotes and dollar signs.
override export TOPIC := $(value TOPIC)
override export TAGS := $(value TAGS)
export QUICK URL ONLY

help $(COMMANDS):
	@setup/dev/dev $@
