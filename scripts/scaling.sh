#!/usr/bin/env bash
# Simulates 10 to 10,000 slots, barrier against dataflow, and writes the tables and the figure of docs/scaling.md. Ten minutes on one core.
set -euo pipefail
cd "$(dirname "$0")/.."

dotnet build -c Release -v quiet --nologo tests/Calibrate.Simulator >&2
exec dotnet tests/Calibrate.Simulator/bin/Release/net10.0/Calibrate.Simulator.dll scaling docs
