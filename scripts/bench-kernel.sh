#!/usr/bin/env bash
# Walker steps per second of the stretch kernel against emcee on the same target: one JSON line each, then the ratio.
# Runs both in turn on one core. Needs the .NET 10 SDK, and a Python with emcee 3.1.4 (PYTHON, default /usr/bin/python3).
set -euo pipefail
cd "$(dirname "$0")/.."
python=${PYTHON:-/usr/bin/python3}
project=benchmarks/Calibrate.Benchmarks
dotnet build -c Release "$project" --nologo -v q >&2
one_core=(taskset -c 0)
command -v taskset >/dev/null || one_core=()

kernel=$("${one_core[@]}" dotnet "$project/bin/Release/net10.0/Calibrate.Benchmarks.dll" kernel-gaussian)
peer=$("${one_core[@]}" "$python" benchmarks/peers/emcee_gaussian.py)
echo "$kernel"
echo "$peer"
"$python" - "$kernel" "$peer" <<'PY'
import json
import sys

kernel, peer = (json.loads(line)["walker_steps_per_second"] for line in sys.argv[1:])
print(json.dumps({"benchmark": "kernel-against-emcee", "ratio": round(kernel / peer, 1)}))
PY
