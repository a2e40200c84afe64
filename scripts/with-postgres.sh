#!/usr/bin/env bash
# Runs a command with TEST_POSTGRES_URL naming a throw-away PostgreSQL made from Debian's packages, and stops it afterwards.
# Its role is an ordinary one, because to a superuser row-level security is no wall; TEST_POSTGRES_SUPERUSER_URL has another.
set -euo pipefail
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
dir=$(mktemp -d)
chmod 755 "$dir"
# PostgreSQL refuses to run as root.
as() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
if [ "$(id -u)" = 0 ]; then chown postgres "$dir"; fi
port=${TEST_POSTGRES_PORT:-54329}
stop() {
  as "$bin/pg_ctl" -D "$dir/data" -m immediate stop >/dev/null 2>&1 || true
  rm -rf "$dir"
}
trap stop EXIT
as "$bin/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null
# It is thrown away: nothing has to reach the disk.
as "$bin/pg_ctl" -D "$dir/data" -l "$dir/log" -w -o "-p $port -k $dir -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=300" start >/dev/null
as "$bin/psql" -q -h 127.0.0.1 -p "$port" -U postgres -v ON_ERROR_STOP=1 \
  -c 'create role sceau login nosuperuser nobypassrls createdb' -c 'create database sceau owner sceau'
export TEST_POSTGRES_URL="postgres://sceau@127.0.0.1:$port/sceau"
export TEST_POSTGRES_SUPERUSER_URL="postgres://postgres@127.0.0.1:$port/sceau"
"$@"
