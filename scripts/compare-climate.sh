#!/usr/bin/env bash
# The posterior of the climate sample with the model in Python (samples/two-layer-python.yaml) against that of the built-in model: mean, standard
# deviation and Monte Carlo standard error of every parameter, and the difference in such errors. The seeds differ, so that the two chains are
# independent. Exits with 1 when a mean differs by more than four errors, or a run has not converged.
#
#   scripts/compare-climate.sh [local|rabbitmq] [iterations of the model in Python, default 5000]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

engine=${1:-local}
iterations=${2:-5000}
case $engine in local | rabbitmq) ;; *) echo "usage: scripts/compare-climate.sh [local|rabbitmq] [iterations]" >&2; exit 2 ;; esac

work=$(mktemp -d)
chmod 711 "$work"   # the servers run as users of their own
workers=()
stop_all() {
  for pid in "${workers[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  if [ "$engine" = rabbitmq ]; then scripts/cluster-local.sh stop "$work/servers" --delete > /dev/null 2>&1 || true; fi
  rm -rf "$work"
}
trap stop_all EXIT

calibrate=${CALIBRATE:-}
if [ -z "$calibrate" ]; then
  dotnet build src/Calibrate.Cli -c Release -v quiet --nologo
  calibrate=$PWD/src/Calibrate.Cli/bin/Release/net10.0/calibrate
fi

unset CALIBRATE_JOURNAL
"$calibrate" run samples/climate/two-layer.yaml --name built-in --json --quiet --runs-dir "$work/runs" > "$work/built-in.json"
if [ "$engine" = rabbitmq ]; then
  scripts/cluster-local.sh start "$work/servers" > "$work/servers.log"
  # shellcheck disable=SC1091
  . "$work/servers/env"
  unset CALIBRATE_JOURNAL
  for _ in 1 2; do
    "$calibrate" worker --slots 1 > "$work/worker-${#workers[@]}.log" 2>&1 &
    workers+=($!)
  done
fi
"$calibrate" run samples/two-layer-python.yaml --name python --engine "$engine" --iterations "$iterations" --set method.warm_up=$((iterations / 5)) \
  --seed 1 --json --quiet --runs-dir "$work/runs" > "$work/python.json"

python3 - "$engine" "$work/built-in.json" "$work/python.json" << 'END'
import json, math, sys

engine = sys.argv[1]
built_in, python = (json.load(open(path)) for path in sys.argv[2:])
for name, run in (("built-in", built_in), ("python", python)):
    print(f"{name:9} {run['iterations']} iterations, {run['evaluations']} evaluations, {run['seconds']:.1f} s, "
          f"{'converged' if run['converged'] else 'NOT CONVERGED'}, failures {run['failures'] or 'none'}")
print(f"\nengine of the model in Python: {engine}\n")
print(f"{'':14} {'built-in':>10} {'sd':>9} {'mcse':>9}   {'python':>10} {'sd':>9} {'mcse':>9}   {'difference':>10} in mcse")
good = True
for name, a in built_in["parameters"].items():
    b = python["parameters"][name]
    error = math.hypot(a["mcse_mean"], b["mcse_mean"])
    difference = b["mean"] - a["mean"]
    good = good and abs(difference) <= 4 * error
    print(f"{name:14} {a['mean']:10.5f} {a['sd']:9.5f} {a['mcse_mean']:9.5f}   {b['mean']:10.5f} {b['sd']:9.5f} {b['mcse_mean']:9.5f}   "
          f"{difference:10.5f} {difference / error:7.2f}")
converged = built_in["converged"] and python["converged"]
print("\nNOT the same posterior" if not good
      else "\nthe same posterior within Monte Carlo error" if converged
      else "\nno difference beyond Monte Carlo error, but a run has not converged: ask for more iterations")
sys.exit(not (good and converged))
END
