#!/usr/bin/env bash
# RabbitMQ and PostgreSQL for a cluster on this machine: on free loopback ports, in one directory, as unprivileged processes.
# Needs Debian's packages rabbitmq-server (3.10) and postgresql (15); system services are neither used nor touched.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=cluster/common.sh
. "$here/cluster/common.sh"
# shellcheck source=cluster/packages.sh
. "$here/cluster/packages.sh"
# shellcheck source=cluster/broker.sh
. "$here/cluster/broker.sh"
# shellcheck source=cluster/postgres.sh
. "$here/cluster/postgres.sh"

usage() {
  cat <<'USAGE'
scripts/cluster-local.sh start [DIR] [--install]    start both servers; DIR: where to keep their data (default: a new directory in
                                                    TMPDIR). Started again with the same DIR, they keep data, ports and passwords.
                                                    --install: install missing Debian packages (done without asking as root).
scripts/cluster-local.sh status DIR                 say what runs
scripts/cluster-local.sh stop DIR [--delete]        stop what was started; --delete removes the data as well
scripts/cluster-local.sh restart-broker DIR [-m immediate]      immediate: kill it, as a crash would
scripts/cluster-local.sh restart-postgres DIR [-m immediate]
scripts/cluster-local.sh rabbitmqctl DIR ARGS...    the broker's own command, e.g. list_queues
scripts/cluster-local.sh psql DIR ARGS...           the database's own command, e.g. -c 'select * from calibrate.runs'
scripts/cluster-local.sh demo [ARGS...]             a whole cluster at work (scripts/cluster-demo.sh)
USAGE
}

new_settings() { # writes the files that say which ports and passwords this directory's servers have
  local dir=$1 broker_port epmd_port distribution_port postgres_port broker_password postgres_password
  read -r broker_port epmd_port distribution_port postgres_port < <(free_ports 4)
  broker_password=$(new_password)
  postgres_password=$(new_password)
  write_private "$dir/servers" <<SERVERS
broker_port=$broker_port
epmd_port=$epmd_port
distribution_port=$distribution_port
postgres_port=$postgres_port
broker_password=$broker_password
postgres_password=$postgres_password
SERVERS
}

write_environment() { # what a program needs; sourced by people and tests
  local dir=$1
  local broker="amqp://calibrate:$broker_password@127.0.0.1:$broker_port/"
  local journal="postgres://calibrate:$postgres_password@127.0.0.1:$postgres_port/calibrate"
  write_private "$dir/env" <<ENVIRONMENT
export CALIBRATE_BROKER='$broker'
export CALIBRATE_JOURNAL='$journal'
export CALIBRATE_TEST_BROKER='$broker'
export CALIBRATE_TEST_JOURNAL='$journal'
export CALIBRATE_TEST_CLUSTER='$dir'
export CALIBRATE_BROKER_PORT=$broker_port
export CALIBRATE_BROKER_PID=$(broker_pid "$dir")
export CALIBRATE_EPMD_PORT=$epmd_port
export CALIBRATE_EPMD_PID=$(epmd_pid "$dir")
export CALIBRATE_POSTGRES_PORT=$postgres_port
export CALIBRATE_POSTGRES_PID=$(postgres_pid "$dir")
ENVIRONMENT
}

start_both() { # at the same time: each takes a few seconds, mostly one core
  local dir=$1 broker_status=0 postgres_status=0
  (start_broker "$dir") & local broker_job=$!
  (start_postgres "$dir") & local postgres_job=$!
  wait "$postgres_job" || postgres_status=$?
  wait "$broker_job" || broker_status=$?
  [ "$broker_status" -eq 0 ] && [ "$postgres_status" -eq 0 ]
}

stop_both() {
  local dir=$1
  stop_broker "$dir" "${2:-}" &
  stop_postgres "$dir" "${2:-}"
  wait
}

start() {
  local dir="" install=no fresh
  while [ $# -gt 0 ]; do
    case $1 in
      --install) install=yes ;;
      -*) fail "unknown option $1; see: $0 help" ;;
      *) [ -z "$dir" ] || fail "one directory expected, found '$dir' and '$1'"; dir=$1 ;;
    esac
    shift
  done
  need_packages "$install"

  if [ -z "$dir" ]; then dir=$(mktemp -d "${TMPDIR:-/tmp}/calibrate-cluster.XXXXXX"); fi
  mkdir -p "$dir"
  dir=$(cd "$dir" && pwd)
  if [ ! -e "$dir/servers" ] && [ -n "$(ls -A "$dir")" ]; then
    fail "$dir is not empty and was not made by this script; give another directory"
  fi
  # The servers run as other users when root starts them: they must be able to reach their own directories below this one.
  chmod 711 "$dir"

  # A port that looked free can be taken before the server has it; a fresh directory then simply gets other ports.
  fresh=no; [ -e "$dir/servers" ] || fresh=yes
  local attempt
  for attempt in 1 2 3; do
    [ -e "$dir/servers" ] || new_settings "$dir"
    load_settings "$dir"
    if start_both "$dir"; then
      write_environment "$dir"
      tell "$dir"
      return
    fi
    stop_both "$dir" immediate
    [ "$fresh" = yes ] && [ "$attempt" -lt 3 ] || break
    rm -rf "$dir/servers" "$dir/broker" "$dir/postgres"
  done
  fail "the servers did not start; their logs: $dir/broker/log, $dir/broker/output, $dir/postgres/log"
}

tell() {
  local dir=$1
  cat <<READY
RabbitMQ    127.0.0.1:$broker_port
PostgreSQL  127.0.0.1:$postgres_port, database calibrate

  source $dir/env                      # CALIBRATE_BROKER, CALIBRATE_JOURNAL (with their passwords)
  $0 status $dir
  $0 stop $dir
READY
}

status() {
  local dir=$1 state=0
  if broker_answers "$broker_port"; then
    echo "RabbitMQ    accepts connections on 127.0.0.1:$broker_port (pid $(broker_pid "$dir"))"
  else
    echo "RabbitMQ    is not running (port $broker_port)"; state=1
  fi
  if postgres_answers "$postgres_port"; then
    echo "PostgreSQL  accepts connections on 127.0.0.1:$postgres_port (pid $(postgres_pid "$dir"))"
  else
    echo "PostgreSQL  is not running (port $postgres_port)"; state=1
  fi
  return $state
}

existing() { # the directory of servers that were started before
  [ -n "${1:-}" ] || fail "which directory? see: $0 help"
  [ -r "$1/servers" ] || fail "$1 holds no servers started by this script (or they belong to another user)"
  (cd "$1" && pwd)
}

mode_of() { # reads "-m MODE"
  case "${1:-} ${2:-}" in
    " ") echo fast ;;
    "-m fast" | "-m immediate") echo "$2" ;;
    *) fail "expected '-m fast' or '-m immediate', found '$*'" ;;
  esac
}

command=${1:-help}
[ $# -eq 0 ] || shift
case $command in
  start) start "$@" ;;
  demo) exec "$here/cluster-demo.sh" "$@" ;;
  help | --help | -h) usage ;;
  status | stop | restart-broker | restart-postgres | rabbitmqctl | psql)
    dir=$(existing "${1:-}")
    shift
    load_settings "$dir"
    case $command in
      status) status "$dir" ;;
      stop)
        stop_both "$dir"
        [ "${1:-}" != --delete ] || rm -rf "$dir/servers" "$dir/env" "$dir/broker" "$dir/postgres" "$dir/pgpass"
        ;;
      restart-broker) mode=$(mode_of "$@"); stop_broker "$dir" "$mode"; start_broker "$dir"; write_environment "$dir" ;;
      restart-postgres) mode=$(mode_of "$@"); stop_postgres "$dir" "$mode"; start_postgres "$dir"; write_environment "$dir" ;;
      rabbitmqctl) broker_command "$dir" rabbitmqctl "$@" ;;
      psql) postgres_shell "$dir" "$@" ;;
    esac
    ;;
  *) usage >&2; fail "unknown command '$command'" ;;
esac
