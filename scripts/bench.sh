#!/usr/bin/env bash
# Every benchmark of whole runs, one JSON line each, for benchmarks/RESULTS.md. Takes about half an hour on two quiet cores.
# The cluster's need Debian's rabbitmq-server and postgresql.
# The peers need Debian's python3-emcee and python3-numba. Micro-benchmarks: dotnet run -c Release --project benchmarks/Calibrate.Benchmarks -- --filter '*'
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/bench-kernel.sh
scripts/bench-climate.sh
program=benchmarks/Calibrate.Benchmarks/bin/Release/net10.0/Calibrate.Benchmarks.dll
for name in journal-overhead journal-append journal-read diagnostics-large coordinator-capacity sleeping-slots process-slot process-model \
  umbridge-client serve-model evaluation-cache report; do
  dotnet "$program" "$name"
done
scripts/bench-large.sh
scripts/bench-cluster.sh
scripts/bench-recovery.sh
