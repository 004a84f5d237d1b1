#!/usr/bin/env bash
# From kill -9 of the coordinator to evaluating again, with the journal in PostgreSQL: one JSON line.
# Runs the climate sample with one journaled event per handful of evaluations until the journal is long enough, kills it, resumes it at once and
# waits until the journal has new evaluations. 500,000 events take about five minutes.
#
#   scripts/bench-recovery.sh [events, default 500000] [rounds of kill and resume, default 3]
set -euo pipefail
cd "$(dirname "$0")/.."

events=${1:-500000}
rounds=${2:-3}
work=$(mktemp -d)
chmod 711 "$work"
pid=""
cleanup() {
  [ -z "$pid" ] || kill -9 "$pid" 2> /dev/null || true
  [ ! -e "$work/servers/servers" ] || scripts/cluster-local.sh stop "$work/servers" > /dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT

dotnet build src/Calibrate.Cli -c Release -v quiet --nologo
calibrate=src/Calibrate.Cli/bin/Release/net10.0/calibrate
scripts/cluster-local.sh start "$work/servers" > /dev/null
# shellcheck disable=SC1091
. "$work/servers/env"
export CALIBRATE_JOURNAL

run() {
  "$calibrate" run samples/climate/two-layer.yaml --name recovery --seed 1 --iterations 2000000000 --quiet \
    --set execution.scheduling=dataflow 2> "$work/errors" &
  pid=$!
}

sequence() {
  psql -XAt "$CALIBRATE_JOURNAL" -c "select coalesce((select sequence from calibrate.runs), 0)" 2> /dev/null || echo 0
}

until_sequence() {
  until [ "$(sequence)" -ge "$1" ]; do
    kill -0 "$pid" || { cat "$work/errors" >&2; exit 1; }
    sleep "$2"
  done
}

run
until_sequence "$events" 1
seconds=()
for _ in $(seq "$rounds"); do
  kill -9 "$pid"
  wait "$pid" 2> /dev/null || true
  killed=$(date +%s.%N)
  at=$(sequence)
  run
  # One event says that the run was resumed; a few more are evaluations.
  until_sequence $((at + 4)) 0.02
  seconds+=("$(awk -v a="$killed" -v b="$(date +%s.%N)" 'BEGIN { printf "%.2f", b - a }')")
done
printf '{"benchmark":"recovery","events":%s,"seconds_from_kill_to_evaluating":[%s]}\n' "$(sequence)" "$(IFS=,; echo "${seconds[*]}")"
