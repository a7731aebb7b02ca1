#!/bin/sh
# A PostgreSQL of one's own: private socket, no TCP, in a directory that may be thrown away.
#
#   tests/pg.sh start DIR    makes the cluster when it is missing, starts it, prints a connection string for `bon`
#   tests/pg.sh stop DIR     stops it (the directory stays)
#
# initdb refuses to run as root: then everything runs as the user postgres. fsync stays on, so that what is measured is real.
set -eu
[ $# -eq 2 ] || { sed -n '2,6p' "$0" >&2; exit 2; }
verb=$1 dir=$2
bin=${PG_BIN:-/usr/lib/postgresql/15/bin}
[ -x "$bin/initdb" ] || { echo "pg.sh: PostgreSQL 15 is not installed ($bin/initdb is missing)" >&2; exit 1; }

as_owner() {
    if [ "$(id -u)" = 0 ]; then
        setpriv --reuid=postgres --regid=postgres --clear-groups env HOME=/tmp "$@"
    else
        "$@"
    fi
}

start() {
    mkdir -p "$dir"
    dir=$(cd "$dir" && pwd)
    [ "$(id -u)" != 0 ] || chown postgres "$dir"
    cd / # the owner of the cluster may not be allowed to stand where the caller stands
    if [ ! -f "$dir/data/PG_VERSION" ]; then
        as_owner "$bin/initdb" -D "$dir/data" -U bon -A trust -E UTF8 --locale=C --no-instructions >"$dir/initdb.log" 2>&1 ||
            { cat "$dir/initdb.log" >&2; exit 1; }
        as_owner sh -c "cat >>'$dir/data/postgresql.conf'" <<CONF
listen_addresses = ''
unix_socket_directories = '$dir'
shared_buffers = 32MB
max_connections = 60
wal_level = minimal
max_wal_senders = 0
log_min_messages = fatal
CONF
    fi
    as_owner "$bin/pg_ctl" -D "$dir/data" -l "$dir/server.log" -w -t 30 status >/dev/null 2>&1 ||
        as_owner "$bin/pg_ctl" -D "$dir/data" -l "$dir/server.log" -w -t 30 start >/dev/null 2>&1 ||
        { echo "pg.sh: the server did not start:" >&2; tail -20 "$dir/server.log" >&2; exit 1; }
    as_owner "$bin/psql" -h "$dir" -U bon -d postgres -tAc "SELECT 1 FROM pg_database WHERE datname = 'bon'" | grep -q 1 ||
        as_owner "$bin/createdb" -h "$dir" -U bon -T template0 bon
    echo "postgresql:///bon?host=$dir&user=bon"
}

case $verb in
start) start ;;
stop) dir=$(cd "$dir" && pwd); cd /; as_owner "$bin/pg_ctl" -D "$dir/data" -m fast -w -t 30 stop >/dev/null 2>&1 || true ;;
*) echo "pg.sh: start or stop, not $verb" >&2; exit 2 ;;
esac
