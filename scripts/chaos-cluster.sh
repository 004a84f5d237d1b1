#!/usr/bin/env bash
# Kills workers and coordinators of a real cluster with SIGKILL at random moments, and compares the chain hash with that of an undisturbed
# `--engine local` run. Rounds with a seed of their own follow each other until enough kills are done. After every fifteenth worker, in turn: the broker is
# killed and restarted, the database is killed and restarted, a worker is frozen (SIGSTOP) for a while.
#
#   scripts/chaos-cluster.sh [worker kills, default 200] [coordinator kills, default 100] [seed of the moments, default 1]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

worker_kills=${1:-200}
coordinator_kills=${2:-100}
RANDOM=${3:-1}
iterations=1500
fleet=3
problem=samples/climate/two-layer.yaml
work=$(mktemp -d)
chmod 711 "$work"   # the servers run as users of their own
declare -a workers
coordinator=
stop_all() {
  kill -9 $coordinator "${workers[@]}" 2>/dev/null || true
  wait 2>/dev/null || true
  scripts/cluster-local.sh stop "$work/servers" --delete >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap stop_all EXIT

dotnet build src/Calibrate.Cli -c Release -v quiet --nologo
calibrate=$PWD/src/Calibrate.Cli/bin/Release/net10.0/calibrate
scripts/cluster-local.sh start "$work/servers" >/dev/null
# shellcheck disable=SC1091
. "$work/servers/env"

start_worker() { # index
  env -u CALIBRATE_JOURNAL -u CALIBRATE_TEST_JOURNAL "$calibrate" worker --slots 1 >>"$work/workers.log" 2>&1 &
  workers[$1]=$!
}

start_coordinator() { # a new process takes over at once: the dead one's lease need not run out
  "$calibrate" run "$problem" --set method.warm_up=500 --name "chaos-$round" --seed "$round" --engine rabbitmq --iterations "$iterations" --takeover --quiet \
    >"$work/out" 2>"$work/err" &
  coordinator=$!
}

pause_up_to() { sleep "$(awk -v r=$RANDOM -v most="$1" 'BEGIN { printf "%.3f", 0.05 + most * r / 32768 }')"; }

disturb() { # the next of three
  disturbances=$((disturbances + 1))
  case $((disturbances % 3)) in
    1) scripts/cluster-local.sh restart-broker "$work/servers" -m immediate >/dev/null; echo "  broker killed and restarted" ;;
    2) scripts/cluster-local.sh restart-postgres "$work/servers" -m immediate >/dev/null; echo "  database killed and restarted" ;;
    0) ! kill -STOP "${workers[0]}" 2>/dev/null || { sleep 3; kill -CONT "${workers[0]}"; echo "  worker frozen for 3 s"; } ;;
  esac
}

for ((i = 0; i < fleet; i++)); do start_worker $i; done
killed_workers=0
killed_coordinators=0
disturbances=0
round=0
while [ "$killed_workers" -lt "$worker_kills" ] || [ "$killed_coordinators" -lt "$coordinator_kills" ]; do
  round=$((round + 1))
  env -u CALIBRATE_JOURNAL "$calibrate" run "$problem" --set method.warm_up=500 --name "local-$round" --seed "$round" --iterations "$iterations" --runs-dir "$work/runs" --quiet >/dev/null
  expected=$(env -u CALIBRATE_JOURNAL "$calibrate" runs hash "local-$round" --runs-dir "$work/runs")

  start_coordinator
  pause_up_to 3
  while true; do
    while kill -0 "$coordinator" 2>/dev/null; do
      if [ "$killed_workers" -lt "$worker_kills" ]; then
        victim=$((RANDOM % fleet))
        # One that started while the broker was away gives up after some attempts, as it should; whoever runs workers starts it again.
        kill -9 "${workers[victim]}" 2>/dev/null || echo "  worker had ended: $(tail -n 1 "$work/workers.log")"
        wait "${workers[victim]}" 2>/dev/null || true
        killed_workers=$((killed_workers + 1))
        start_worker $victim
        [ $((killed_workers % 15)) -ne 0 ] || disturb
        pause_up_to 1
      fi
      if [ $((RANDOM % 2)) -eq 0 ] && [ "$killed_coordinators" -lt "$coordinator_kills" ] && kill -9 "$coordinator" 2>/dev/null; then
        wait "$coordinator" 2>/dev/null || true
        killed_coordinators=$((killed_coordinators + 1))
        start_coordinator
        pause_up_to 3
      fi
      pause_up_to 0.3
    done
    ! wait "$coordinator" || break
    # One that started while the broker was away gives up after some attempts, too.
    grep -q "cannot be reached" "$work/err" || { echo "round $round: the run failed by itself:"; cat "$work/err"; exit 1; }
    echo "  coordinator had ended: the broker was away when it started"
    start_coordinator
  done

  found=$("$calibrate" runs hash "chaos-$round")
  "$calibrate" runs verify "chaos-$round" >"$work/verified" || { cat "$work/verified"; exit 1; }
  echo "round $round: $killed_workers of $worker_kills workers and $killed_coordinators of $coordinator_kills coordinators killed: $found"
  if [ "$found" != "$expected" ]; then
    echo "DIFFERENT CHAIN: expected $expected"
    exit 1
  fi
  "$calibrate" runs delete "chaos-$round" --yes >/dev/null
done
echo "$killed_workers workers and $killed_coordinators coordinators killed, every chain identical"
