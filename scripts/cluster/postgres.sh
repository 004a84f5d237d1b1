# Sourced by scripts/cluster-local.sh: a PostgreSQL server with a port and a data directory of its own.
# shellcheck shell=bash

postgres_user=postgres

postgres_pid() { pid_in "$1/postgres/data/postmaster.pid" "$1/postgres/data"; }

postgres_answers() { "$(postgres_programs)/pg_isready" -q -h 127.0.0.1 -p "$1"; }

postgres_shell() { # DIR ARGS...: psql in the database calibrate; the password goes through a file, not through the command line
  local dir=$1
  shift
  printf '127.0.0.1:%s:*:calibrate:%s\n' "$postgres_port" "$postgres_password" | write_private "$dir/pgpass"
  PGPASSFILE="$dir/pgpass" PGDATABASE="${PGDATABASE:-calibrate}" \
    "$(postgres_programs)/psql" -X -h 127.0.0.1 -p "$postgres_port" -U calibrate "$@"
}

new_postgres() {
  local dir=$1 home=$1/postgres status=0
  own_directory "$postgres_user" "$home"
  printf '%s\n' "$postgres_password" | write_private "$home/password"
  if is_root; then chown "$postgres_user" "$home/password"; fi
  # --no-sync: an empty directory is not worth waiting for the disk; the server itself keeps fsync on.
  (cd "$home" && as_user "$postgres_user" "$(postgres_programs)/initdb" --pgdata "$home/data" --username calibrate \
    --pwfile "$home/password" --auth scram-sha-256 --encoding UTF8 --no-locale --no-sync) > "$dir/postgres.initdb" 2>&1 || status=$?
  rm -f "$home/password"
  if [ "$status" -ne 0 ]; then cat "$dir/postgres.initdb" >&2; return 1; fi
  rm -f "$dir/postgres.initdb"
  cat >> "$home/data/postgresql.conf" <<CONFIGURATION
listen_addresses = '127.0.0.1'
port = $postgres_port
unix_socket_directories = ''
max_connections = 200
CONFIGURATION
}

start_postgres() {
  local dir=$1 home=$1/postgres
  [ -s "$home/data/PG_VERSION" ] || new_postgres "$dir" || return 1
  [ -z "$(postgres_pid "$dir")" ] || return 0
  (cd "$home" && detached "$postgres_user" "$home/server.pid" "$(postgres_programs)/postgres" -D "$home/data" >> "$home/log" 2>&1)
  if ! wait_until 60 postgres_answers "$postgres_port"; then
    echo "cluster-local: PostgreSQL did not answer on port $postgres_port within 60 s:" >&2
    tail -n 20 "$home/log" >&2
    return 1
  fi
  if [ -z "$(PGDATABASE=postgres postgres_shell "$dir" -Atc "select 1 from pg_database where datname = 'calibrate'")" ]; then
    PGDATABASE=postgres postgres_shell "$dir" -qc "create database calibrate"
  fi
}

stop_postgres() { # DIR [immediate]
  local signal=INT # "fast": ends sessions, then writes a checkpoint
  [ "${2:-}" != immediate ] || signal=QUIT # as if the machine had crashed; recovers from its log at the next start
  end_process "$(postgres_pid "$1")" "$signal"
}
