#!/bin/bash
# What the official Postgres image does with the same environment, for an image built from Debian
# packages: POSTGRES_PASSWORD (or POSTGRES_PASSWORD_FILE), POSTGRES_USER, POSTGRES_DB,
# POSTGRES_INITDB_ARGS, POSTGRES_HOST_AUTH_METHOD, PGDATA and /docker-entrypoint-initdb.d.
set -Eeuo pipefail

if [ "${1:-}" != postgres ]; then exec "$@"; fi

# As root: prepare the folders, then run this script again as postgres, which the server insists on.
if [ "$(id -u)" = 0 ]; then
  mkdir -p "$PGDATA" /var/run/postgresql
  chmod 0700 "$PGDATA"
  find "$PGDATA" \! -user postgres -exec chown postgres:postgres '{}' +
  chown postgres:postgres /var/run/postgresql
  chmod 03775 /var/run/postgresql
  exec setpriv --reuid=postgres --regid=postgres --init-groups "$0" "$@"
fi

if [ ! -s "$PGDATA/PG_VERSION" ]; then
  user=${POSTGRES_USER:-postgres}
  database=${POSTGRES_DB:-$user}
  method=${POSTGRES_HOST_AUTH_METHOD:-scram-sha-256}
  password=${POSTGRES_PASSWORD:-}
  if [ -n "${POSTGRES_PASSWORD_FILE:-}" ]; then password=$(<"$POSTGRES_PASSWORD_FILE"); fi
  if [ -z "$password" ] && [ "$method" != trust ]; then
    echo 'Error: the database is uninitialized and no superuser password is given: set POSTGRES_PASSWORD' >&2
    exit 1
  fi
  # The password goes through a pipe: it stands in no file and no argument list.
  # shellcheck disable=SC2086 # POSTGRES_INITDB_ARGS is a list of words
  initdb --username="$user" --pwfile=<(printf '%s\n' "$password") -D "$PGDATA" \
    --auth-local=trust --auth-host="$method" ${POSTGRES_INITDB_ARGS:-} >&2
  printf 'host all all all %s\n' "$method" >>"$PGDATA/pg_hba.conf"

  # The server reads its sockets only until everything is set up: who connects by TCP finds it ready.
  pg_ctl -D "$PGDATA" -o "-c listen_addresses='' -c fsync=off" -w start >&2
  psql=(psql --no-psqlrc --quiet -v ON_ERROR_STOP=1 --username "$user")
  if [ "$database" != postgres ]; then
    "${psql[@]}" --dbname postgres --set name="$database" <<<'create database :"name";' >&2
  fi
  shopt -s nullglob
  for file in /docker-entrypoint-initdb.d/*; do
    case "$file" in
      *.sh) if [ -x "$file" ]; then "$file"; else . "$file"; fi ;;
      *.sql) "${psql[@]}" --dbname "$database" --file "$file" ;;
      *.sql.gz) gunzip --stdout "$file" | "${psql[@]}" --dbname "$database" ;;
    esac
  done
  pg_ctl -D "$PGDATA" -m fast -w stop >&2
  echo 'PostgreSQL init process complete; ready for start up.'
fi

exec "$@"
