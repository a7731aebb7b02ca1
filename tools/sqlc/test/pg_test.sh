#!/bin/sh
# The fixture, and a broken copy of it, on a PostgreSQL that this test starts and stops. 77: no PostgreSQL here (skipped).
# pg_test.sh SQLC FIXTURE_DIR
set -u
sqlc=$(realpath "$1") fixture=$(realpath "$2")
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -1)
[ -x "$bin/initdb" ] || exit 77
dir=$(mktemp -d) || exit 1
as=""
if [ "$(id -u)" = 0 ]; then
    id postgres >/dev/null 2>&1 || exit 77
    as="runuser -u postgres --"
    chown postgres "$dir"
fi
cleanup() {
    $as "$bin/pg_ctl" -D "$dir/data" -m immediate stop >/dev/null 2>&1
    rm -rf "$dir"
}
trap cleanup EXIT
cd "$dir" || exit 1
$as "$bin/initdb" -D "$dir/data" -A trust -N -U postgres --locale=C -E UTF8 >"$dir/log" 2>&1 || { cat "$dir/log"; exit 1; }
$as "$bin/pg_ctl" -D "$dir/data" -o "-k $dir -c listen_addresses= -c fsync=off" -l "$dir/data/log" -w start >/dev/null ||
    { cat "$dir/data/log"; exit 1; }

check() {
    "$sqlc" --module library --check-pg "host=$dir user=postgres dbname=postgres" --migrations "$fixture/001_units.sql" \
        --own "$fixture/002_library.sql" "$fixture/003_titles.sql" --queries "$1" 2>&1
}
said=$(check "$fixture/queries.sql") || { echo "the fixture is refused: $said"; exit 1; }

# SQLite takes these two; PostgreSQL does not, and the line is named.
cat >"$dir/broken.sql" <<'SQL'
-- name: good :exec
DELETE FROM loans WHERE book = $book;

-- name: bad_function :one
-- out: n integer
SELECT
  unicode(name) AS n
  FROM readers WHERE id = $id;

-- name: bad_compare :one
SELECT id FROM readers WHERE name = 5;
SQL
said=$(check "$dir/broken.sql") && { echo "broken statements passed"; exit 1; }
expected="$dir/broken.sql:7: error: bad_function: PostgreSQL: function unicode(text) does not exist
$dir/broken.sql:11: error: bad_compare: PostgreSQL: operator does not exist: text = integer"
[ "$said" = "$expected" ] || { printf 'expected:\n%s\nsaid:\n%s\n' "$expected" "$said"; exit 1; }

# Nothing stays behind.
left=$($as "$bin/psql" -h "$dir" -U postgres -Atc "SELECT count(*) FROM pg_namespace WHERE nspname = 'sqlc_check'" postgres)
[ "$left" = 0 ] || { echo "a schema stayed behind"; exit 1; }
