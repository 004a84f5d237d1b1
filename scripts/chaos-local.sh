#!/usr/bin/env bash
# Kills `calibrate run` with SIGKILL at random moments, resumes it, and compares the chain hash with that of an undisturbed run.
# Rounds alternate between the tight kernel and the dataflow scheduler, each with a seed of its own, until enough kills are done.
#
#   scripts/chaos-local.sh [kills, default 100] [seed of the kill times, default 1]
set -euo pipefail
cd "$(dirname "$0")/.."

kills=${1:-100}
RANDOM=${2:-1}
problem=samples/climate/two-layer.yaml
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

dotnet build src/Calibrate.Cli -c Release -v quiet --nologo
calibrate=src/Calibrate.Cli/bin/Release/net10.0/calibrate

run() { # name, seed, scheduling, iterations; replaces the (sub)shell it is called in, so that a signal hits calibrate itself
  exec "$calibrate" run "$problem" --runs-dir "$work" --name "$1" --seed "$2" --iterations "$4" --quiet \
    --set execution.scheduling="$3"
}

completed() { # name: a kill that only hits the summary of a finished run proves nothing
  "$calibrate" runs list --runs-dir "$work" --json | python3 -c '
import json, sys
sys.exit(0 if any(r["run"] == sys.argv[1] and r["status"] == "completed" for r in json.load(sys.stdin)) else 1)' "$1"
}

done_kills=0
round=0
while [ "$done_kills" -lt "$kills" ]; do
  round=$((round + 1))
  if [ $((round % 2)) -eq 1 ]; then scheduling=kernel iterations=60000; else scheduling=dataflow iterations=6000; fi

  (run "reference-$round" "$round" "$scheduling" "$iterations") > /dev/null
  expected=$("$calibrate" runs hash "reference-$round" --runs-dir "$work")

  round_kills=0
  while :; do
    run "chaos-$round" "$round" "$scheduling" "$iterations" > "$work/out" 2> "$work/err" &
    pid=$!
    # From before the first event to several blocks: a block is journaled after a second at the latest.
    sleep "$(awk -v r=$RANDOM 'BEGIN { printf "%.3f", 0.3 + 2.5 * r / 32768 }')"
    if kill -9 "$pid" 2> /dev/null; then
      wait "$pid" 2> /dev/null || true
      if completed "chaos-$round"; then break; fi
      round_kills=$((round_kills + 1))
      [ $((done_kills + round_kills)) -lt "$kills" ] || { (run "chaos-$round" "$round" "$scheduling" "$iterations") > /dev/null; break; }
    else
      wait "$pid" || { echo "round $round: the run failed by itself:"; cat "$work/err"; exit 1; }
      break
    fi
  done

  found=$("$calibrate" runs hash "chaos-$round" --runs-dir "$work")
  done_kills=$((done_kills + round_kills))
  echo "round $round ($scheduling, $iterations iterations): $round_kills kills, $done_kills of $kills in all: $found"
  if [ "$found" != "$expected" ]; then
    echo "DIFFERENT CHAIN: expected $expected"
    exit 1
  fi
  rm -rf "$work/reference-$round" "$work/chaos-$round"
done
echo "$done_kills kills, every chain identical"
