# Each target is the command of setup/dev/dev of the same name, which needs no make.
.DEFAULT_GOAL := help
.PHONY: help run post test unit lint setup clean

# As typed: a topic may hold quotes and dollar signs.
override export TOPIC := $(value TOPIC)
override export TAGS := $(value TAGS)

help run post test unit lint setup clean:
	@setup/dev/dev $@
