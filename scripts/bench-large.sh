#!/usr/bin/env bash
# 20 million walker steps in ten dimensions with every draw journaled (1.8 GB): peak memory of sampling and summary, and how long a
# killed run takes until it goes on. Prints JSON lines. Needs the .NET 10 SDK and 4 GB of disk.
set -euo pipefail
cd "$(dirname "$0")/.."

dotnet build -c Release -v quiet --nologo src/Calibrate.Cli >&2
calibrate=src/Calibrate.Cli/bin/Release/net10.0/calibrate
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

run=("$calibrate" run benchmarks/problems/gaussian-10.yaml --runs-dir "$work" --name large --json)

peak_while() { # pid -> the largest VmHWM seen, in MB
  local peak=0 now
  while now=$(awk '/VmHWM/ { print int($2 / 1024) }' "/proc/$1/status" 2>/dev/null) && [ -n "$now" ]; do
    peak=$now
    sleep 0.1
  done
  echo "$peak"
}

# The whole run in one go.
"${run[@]}" > "$work/summary.json" 2> "$work/log" &
pid=$!
peak=$(peak_while "$pid")
wait "$pid"
python3 - "$work/summary.json" "$peak" "$(du -m "$work/large" | cut -f1)" <<'PYTHON'
import json, sys
summary = json.load(open(sys.argv[1]))
print(json.dumps({"benchmark": "large-run", "walker_steps": summary["walker_steps"], "dimension": summary["dimension"],
                  "seconds_sampling": round(summary["seconds"], 1), "peak_memory_mb": int(sys.argv[2]), "memory_goal_mb": 500,
                  "journal_mb": int(sys.argv[3]), "chain_hash": summary["chain_hash"]}))
PYTHON

# The same run killed near its end: how long until it goes on.
rm -rf "$work/large"
"${run[@]}" > /dev/null 2> "$work/log" &
pid=$!
until [ "$(du -m "$work/large/journal.db" 2>/dev/null | cut -f1)" -ge 1500 ] 2>/dev/null; do sleep 0.2; done
kill -9 "$pid"
wait "$pid" 2>/dev/null || true
begun=$(date +%s.%N)
mkfifo "$work/errors"
"$calibrate" resume large --runs-dir "$work" --json > "$work/resumed.json" 2> "$work/errors" &
pid=$!
while read -r line; do
  case "$line" in *"resumed after iteration"*) ready=$(date +%s.%N) ;; esac
done < "$work/errors"
wait "$pid"
python3 - "$work/resumed.json" "$begun" "$ready" <<'PYTHON'
import json, sys
print(json.dumps({"benchmark": "large-resume", "seconds_until_running": round(float(sys.argv[3]) - float(sys.argv[2]), 2),
                  "goal_seconds": 2, "chain_hash": json.load(open(sys.argv[1]))["chain_hash"]}))
PYTHON
