# Each target is one command of setup/dev/dev, which runs without make too.
DEV := @setup/dev/dev
# As typed: a topic may hold quotes and dollar signs.
override export TOPIC := $(value TOPIC)
override export TAGS := $(value TAGS)

.DEFAULT_GOAL := help
.PHONY: help run post test unit lint setup clean

help:  ## what there is
	$(DEV) help
run:  ## start the site on http://localhost:8069
	$(DEV) run
post:  ## write one post: make post TOPIC="…"
	$(DEV) post
test:  ## run every test
	$(DEV) test
unit:  ## run only the tests of the writer, which need no database
	$(DEV) unit
lint:  ## run ruff and pylint-odoo
	$(DEV) lint
setup:  ## only get what is missing
	$(DEV) setup
clean:  ## remove all that was fetched and made
	$(DEV) clean
