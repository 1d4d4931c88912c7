#!/bin/bash
# Initialize as Runboat does. Then run the tests of both addons on a copy of the new
# database, so that the preview stays as it is. RUN_TESTS is 1, or the --test-tags.
#
# The result is a line of the log. It fails no build: a reviewer can look at the preview of
# a commit whose tests fail.
set -uo pipefail

SCRIPTS=${SCRIPTS:-/runboat}
DATA=${DATA:-/mnt/data}

bash "$SCRIPTS/runboat-initialize.sh" || exit

addons=blog_ai_generator,blog_ai_generator_tests
tags=$RUN_TESTS
[[ $tags != 1 ]] || tags=/blog_ai_generator,/blog_ai_generator_tests
copy=$PGDATABASE-tests
filestore=$DATA/odoo-data-dir/filestore
log=$(mktemp)

remove_copy() {
    dropdb --if-exists "$copy"
    rm -fr "${filestore:?}/$copy"
}

run_tests() {
    remove_copy &&
        createdb --template="$PGDATABASE" "$copy" &&
        cp --archive --link "$filestore/$PGDATABASE" "$filestore/$copy" &&
        odoo --data-dir="$DATA/odoo-data-dir" -d "$copy" -u "$addons" \
            --test-enable --test-tags "$tags" --stop-after-init
}

run_tests 2>&1 | tee "$log"
remove_copy
result=$(grep -oE '[0-9]+ failed, [0-9]+ error\(s\) of [0-9]+ tests' "$log" | tail -n 1)
echo "Tests of the addons: ${result:-none ran to the end}"
