#!/usr/bin/env bash
# The climate problem against its two goals: 0.95 of the model's own speed times the cores, and 20 times emcee with numba
# on a pool of two processes. JSON lines, then the ratios. Needs Debian's python3-emcee and python3-numba for the peer.
#
#   scripts/bench-climate.sh [iterations per ensemble, default 200000]
set -euo pipefail
cd "$(dirname "$0")/.."
iterations=${1:-200000}
project=benchmarks/Calibrate.Benchmarks
program=$project/bin/Release/net10.0/Calibrate.Benchmarks.dll

dotnet build -c Release -v quiet --nologo "$project" >&2
model=$(dotnet "$program" climate-model)
echo "$model"
run=$(dotnet "$program" climate-run "$iterations" 2)
echo "$run"

python=${PEER_PYTHON:-/usr/bin/python3}
if "$python" -c 'import emcee, numba' 2>/dev/null; then
  peer=$("$python" benchmarks/peers/emcee_climate.py --processes 2)
  echo "$peer"
else
  peer=null
  echo "no peer: $python has no emcee and numba (apt-get install python3-emcee python3-numba)" >&2
fi

python3 - "$run" "$peer" <<'PYTHON'
import json, sys
run, peer = json.loads(sys.argv[1]), json.loads(sys.argv[2])
ratios = {"benchmark": "climate-ratios", "efficiency": run["efficiency"], "efficiency_goal": 0.95}
if peer:
    ratios["times_emcee"] = round(run["steps_per_second"] / peer["steps_per_second"], 1)
    ratios["times_emcee_goal"] = 20
print(json.dumps(ratios))
PYTHON
