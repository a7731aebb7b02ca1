#!/bin/sh
# What the C compiler says of a row that a person declared otherwise than the statement gives it: at the statement's "-- row:".
# rows_test.sh SQLC FIXTURE_DIR SOURCE_ROOT CC…
set -u
sqlc=$1 fixture=$(realpath "$2") root=$(realpath "$3")
shift 3
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
"$sqlc" --module library --header "$dir/library_queries.h" --source "$dir/library_queries.c" --migrations "$fixture/001_units.sql" \
    --own "$fixture/002_library.sql" "$fixture/003_titles.sql" --queries "$fixture/queries.sql" || exit 1
line=$(grep -n -m 1 '^-- row: struct reader_card' "$fixture/queries.sql" | cut -d: -f1)
mkdir -p "$dir/tools/sqlc/test"

fail() {
    echo "$1: $said"
    exit 1
}
# compile SED CC…: over a card that SED changed
compile() {
    sed "$1" "$root/tools/sqlc/test/reader_card.h" >"$dir/tools/sqlc/test/reader_card.h"
    shift
    said=$(LC_ALL=C "$@" -std=c17 -fsyntax-only -I"$dir" -I"$root" "$dir/library_queries.c" 2>&1)
}
# refused NAME SED MESSAGE CC…
refused() {
    name=$1 change=$2 message=$3
    shift 3
    compile "$change" "$@" && fail "$name was not refused"
    echo "$said" | grep -q "queries.sql:$line:.*$message" || fail "$name: not the message expected"
}

compile '' "$@" || fail "the fixture is refused"
refused "another type" 's/int64_t id/int id/' 'struct reader_card does not have int64_t id where the row of reader_card has it' "$@"
refused "another order" 's/struct str name/struct unit_code home/;t;s/struct unit_code home/struct str name/' \
    'struct reader_card does not have struct str name where' "$@"
refused "a column that may be NULL" 's/bool has_seen_at;/bool seen;/' 'has_seen_at' "$@"
refused "one member too few" '/default/d' 'has_default' "$@"
refused "one member too many" 's/int64_t default_;/int64_t default_, visits;/' \
    'struct reader_card has members that the row of reader_card does not fill' "$@"
