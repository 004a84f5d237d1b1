#!/usr/bin/env bash
# What a cluster of real processes reaches on this machine: RabbitMQ, PostgreSQL, a coordinator and workers, all on loopback. One JSON line each.
#
#   throughput    2 worker processes, a model that keeps a processor busy for 1 ms, 64 walkers x 4 ensembles. Ideal: 2 evaluations per millisecond,
#                 that is both processors doing nothing but evaluate.
#   frozen        4 worker processes, a model that sleeps 50 ms, one worker is stopped (SIGSTOP) in the middle: the worst iteration over the median one.
# Recovery after the kill of a coordinator is measured by scripts/bench-recovery.sh.
#
#   scripts/bench-cluster.sh [throughput|frozen ...]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
[ $# -gt 0 ] || set -- throughput frozen

work=$(mktemp -d)
chmod 711 "$work"   # the servers run as users of their own
pids=()
stop_all() {
  kill -CONT "${pids[@]}" 2>/dev/null || true
  kill -9 "${pids[@]}" 2>/dev/null || true
  wait 2>/dev/null || true
  scripts/cluster-local.sh stop "$work/servers" --delete >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap stop_all EXIT

dotnet build tests/Calibrate.TestHost -c Release -v quiet --nologo
dotnet build benchmarks/Calibrate.Benchmarks -c Release -v quiet --nologo
calibrate=$PWD/tests/Calibrate.TestHost/bin/Release/net10.0/Calibrate.TestHost
benchmarks=$PWD/benchmarks/Calibrate.Benchmarks/bin/Release/net10.0/Calibrate.Benchmarks.dll
scripts/cluster-local.sh start "$work/servers" >/dev/null
# shellcheck disable=SC1091
. "$work/servers/env"

start_workers() { # count, options: sets pids
  local count=$1; shift
  pids=()
  for ((i = 0; i < count; i++)); do
    env -u CALIBRATE_JOURNAL "$calibrate" worker --slots 1 "$@" >>"$work/workers.log" 2>&1 &
    pids+=($!)
    disown
  done
}

stop_workers() { kill -CONT "${pids[@]}" 2>/dev/null || true; kill -9 "${pids[@]}" 2>/dev/null || true; }

problem() { # model, ensembles, walkers, iterations
  cat <<YAML
name: bench
model:
$1
parameters: {x1: "normal(0, 3)", x2: "normal(0, 3)"}
method: {kind: ensemble, ensembles: $2, walkers: $3, iterations: $4, warm_up: 0, seed: 1}
YAML
}

throughput() {
  local isolation
  problem '  {name: spin, options: {microseconds: 1000}}' 4 64 400 >"$work/throughput.yaml"
  for isolation in process thread; do
    start_workers 2 --isolation "$isolation"
    sleep 4   # they are there before the run begins to count
    "$calibrate" run "$work/throughput.yaml" --name "throughput-$isolation" --engine rabbitmq --json >"$work/summary.json" 2>"$work/err" || { cat "$work/err"; exit 1; }
    stop_workers
    python3 - "$work/summary.json" "$isolation" <<'PY'
import json, sys
summary = json.load(open(sys.argv[1]))
rate = summary["evaluations"] / summary["seconds"]
print(json.dumps({"benchmark": "cluster-throughput", "isolation": sys.argv[2], "evaluations": summary["evaluations"], "seconds": summary["seconds"],
                  "evaluations_per_second": rate, "ideal": 2000, "efficiency": rate / 2000}))
PY
  done
}

frozen() {
  problem '  {name: sleep, options: {milliseconds: 50}}' 1 32 80 >"$work/frozen.yaml"
  start_workers 4
  "$calibrate" run "$work/frozen.yaml" --name frozen --engine rabbitmq --quiet >/dev/null 2>"$work/err" &
  local run=$!
  until [ "$("$calibrate" runs list --json | python3 -c 'import json, sys; print(max([r["iteration"] for r in json.load(sys.stdin) if r["run"] == "frozen"] or [-1]))')" -ge 30 ]; do sleep 0.2; done
  kill -STOP "${pids[0]}"
  wait "$run" || { cat "$work/err"; exit 1; }
  stop_workers
  dotnet "$benchmarks" iteration-times "$CALIBRATE_JOURNAL" frozen
}

for name in "$@"; do "$name"; done
