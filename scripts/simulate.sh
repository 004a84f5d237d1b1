#!/usr/bin/env bash
# Simulated clusters: the real coordinator, journal format, fleet and worker in virtual time, with everything going wrong that a seed draws.
#
#   scripts/simulate.sh                        100,000 seeds from 1
#   scripts/simulate.sh --from N --count N     a range of seeds, to go on where another run ended
#   scripts/simulate.sh --seed N [--trace]     one seed with its transcript; --trace prints every message
set -euo pipefail
cd "$(dirname "$0")/.."

dotnet build -c Release -v quiet --nologo tests/Calibrate.Simulator >&2
[ $# -gt 0 ] || set -- --from 1 --count 100000
exec dotnet tests/Calibrate.Simulator/bin/Release/net10.0/Calibrate.Simulator.dll "$@"
