#!/usr/bin/env bash
# A whole cluster at work on this machine: starts RabbitMQ and PostgreSQL, runs the climate problem on three worker processes, kills one of
# them, adds two, and compares the chain hash with that of `--engine local`. Everything is gone afterwards.
#
#   scripts/cluster-local.sh demo [iterations per ensemble, default 4000]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

iterations=${1:-4000}
problem=samples/climate/two-layer.yaml
work=$(mktemp -d)
chmod 711 "$work"   # the servers run as users of their own
workers=()
stop_all() {
  for pid in "${workers[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  scripts/cluster-local.sh stop "$work/servers" --delete >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap stop_all EXIT
say() { printf '\n== %s\n' "$*"; }

say "Building"
dotnet build src/Calibrate.Cli -c Release -v quiet --nologo
calibrate=$PWD/src/Calibrate.Cli/bin/Release/net10.0/calibrate

say "Starting RabbitMQ and PostgreSQL"
scripts/cluster-local.sh start "$work/servers"
# shellcheck disable=SC1091
. "$work/servers/env"

start_worker() { # workers know the broker and never the database
  env -u CALIBRATE_JOURNAL -u CALIBRATE_TEST_JOURNAL "$calibrate" worker --slots 1 >"$work/worker-${#workers[@]}.log" 2>&1 &
  workers+=($!)
  echo "worker ${#workers[@]}: process $!"
}

iteration() { # last iteration that all ensembles share; -1 before the first
  "$calibrate" runs list --json 2>/dev/null | python3 -c '
import json, sys
print(max([r["iteration"] for r in json.load(sys.stdin) if r["run"] == "demo"] or [-1]))' 2>/dev/null || echo -1
}

wait_for() { # iteration
  until [ "$(iteration)" -ge "$1" ]; do
    kill -0 "$run" 2>/dev/null || { cat "$work/run.log"; exit 1; }
    sleep 0.3
  done
}

say "Three workers, and the run"
for _ in 1 2 3; do start_worker; done
"$calibrate" run "$problem" --name demo --engine rabbitmq --iterations "$iterations" >"$work/run.log" 2>&1 &
run=$!

wait_for $((iterations / 5))
say "kill -9 worker 1 (process ${workers[0]}) after iteration $(iteration)"
kill -9 "${workers[0]}"
sleep 1
"$calibrate" cluster status

wait_for $((iterations / 2))
say "Two more workers after iteration $(iteration)"
start_worker
start_worker
sleep 2
"$calibrate" cluster status

wait "$run" || { cat "$work/run.log"; exit 1; }
say "The run on the cluster"
tail -20 "$work/run.log"

say "The same problem with --engine local"
env -u CALIBRATE_JOURNAL "$calibrate" run "$problem" --name demo --engine local --iterations "$iterations" --runs-dir "$work/runs" --quiet | tail -3
on_cluster=$("$calibrate" runs hash demo)
locally=$(env -u CALIBRATE_JOURNAL "$calibrate" runs hash demo --runs-dir "$work/runs")
printf '\non the cluster  %s\n--engine local  %s\n' "$on_cluster" "$locally"
if [ "$on_cluster" = "$locally" ]; then
  echo "The same chain, to the last bit."
else
  echo "DIFFERENT CHAINS"
  exit 1
fi
