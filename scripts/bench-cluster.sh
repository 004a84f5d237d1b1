#!/usr/bin/env bash
# What a cluster of real processes reaches on this machine: RabbitMQ, PostgreSQL, a coordinator and workers, all on loopback. One JSON line each.
#
#   throughput    2 worker processes, a model that keeps a processor busy for 1 ms, 64 walkers x 4 ensembles, 1,600 iterations: so many that the start of the
#                 processes does not count. The peer is the same model in bare loops in 2 processes at once, before and after: what the machine gives.
#   frozen        4 worker processes, a model that sleeps 50 ms, one worker is stopped (SIGSTOP) in the middle: the worst time for half a step's evaluations,
#                 and for an iteration (two half-steps), over the median one before.
# ITERATIONS=N and SECONDS_ALONE=N make the throughput shorter, to try the script; ISOLATION=process or thread measures one of the two.
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

dotnet publish tests/Calibrate.TestHost -c Release -r linux-x64 --self-contained false -p:PublishReadyToRun=true -o "$work/host" -v quiet --nologo
dotnet build benchmarks/Calibrate.Benchmarks -c Release -v quiet --nologo
calibrate=$work/host/Calibrate.TestHost
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

alone() { # prints evaluations per second of bare loops in 2 processes at once
  local i loops=()
  for i in 1 2; do
    "$calibrate" spin-alone "${SECONDS_ALONE:-5}" 1000 >"$work/alone$i" &
    loops+=($!)
  done
  wait "${loops[@]}"
  python3 -c 'import json, sys; print(sum(json.load(open(path))["evaluations_per_second"] for path in sys.argv[1:]))' "$work/alone1" "$work/alone2"
}

throughput() {
  local isolation before after
  problem '  {name: spin, options: {microseconds: 1000}}' 4 64 "${ITERATIONS:-1600}" >"$work/throughput.yaml"
  for isolation in ${ISOLATION:-process thread}; do
    before=$(alone)
    start_workers 2 --isolation "$isolation"
    sleep 4   # they are there before the run begins to count
    "$calibrate" run "$work/throughput.yaml" --name "throughput-$isolation" --engine rabbitmq --json >"$work/summary.json" 2>"$work/err" || { cat "$work/err"; exit 1; }
    stop_workers
    after=$(alone)
    python3 - "$work/summary.json" "$isolation" "$before" "$after" <<'PY'
import json, sys
summary, isolation, before, after = json.load(open(sys.argv[1])), sys.argv[2], float(sys.argv[3]), float(sys.argv[4])
rate, ideal = summary["evaluations"] / summary["seconds"], (before + after) / 2
print(json.dumps({"benchmark": "cluster-throughput", "isolation": isolation, "evaluations": summary["evaluations"], "seconds": summary["seconds"],
                  "evaluations_per_second": rate, "alone_before": before, "alone_after": after, "efficiency": rate / ideal, "of_2000": rate / 2000,
                  "chain_hash": summary["chain_hash"]}))
PY
  done
}

iteration_of() { "$calibrate" runs list --json | python3 -c 'import json, sys; print(max([r["iteration"] for r in json.load(sys.stdin) if r["run"] == sys.argv[1]] or [-1]))' "$1"; }

frozen() {
  local run reached=-1
  problem '  {name: sleep, options: {milliseconds: 50}}' 1 32 100 >"$work/frozen.yaml"
  start_workers 4
  "$calibrate" run "$work/frozen.yaml" --name frozen --engine rabbitmq --quiet >/dev/null 2>"$work/err" &
  run=$!
  until [ "$reached" -ge 40 ]; do sleep 0.2; reached=$(iteration_of frozen); done
  kill -STOP "${pids[0]}"
  wait "$run" || { cat "$work/err"; exit 1; }
  stop_workers
  dotnet "$benchmarks" iteration-times "$CALIBRATE_JOURNAL" frozen 10 "$reached"
}

for name in "$@"; do "$name"; done
