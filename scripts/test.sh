#!/usr/bin/env bash
# Builds everything and runs every test, those of the cluster against a RabbitMQ and a PostgreSQL of their own: scripts/cluster-local.sh starts
# both in a temporary directory on free ports, after installing Debian's packages when they are missing. The pages are opened in Debian's chromium, which is
# installed too when it is missing. Needs the .NET 10 SDK.
# Ends with one line: "N passed, N failed, N skipped"; exits non-zero when anything failed, or when the servers do not start.
#
#   scripts/test.sh [--without-servers]     the tests that need a server are skipped, and say so
set -uo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d)
started=no
cleanup() {
  if [ "$started" = yes ]; then scripts/cluster-local.sh stop "$work/servers" > /dev/null; fi
  rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Debian's packages that some tests need, those that are missing.
install() { # packages
  local package missing=() sudo=()
  for package in "$@"; do dpkg -s "$package" > /dev/null 2>&1 || missing+=("$package"); done
  [ "${#missing[@]}" -gt 0 ] || return 0
  [ "$(id -u)" -eq 0 ] || sudo=(sudo)
  echo "test: installing ${missing[*]}" >&2
  get() { "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" > /dev/null; }
  get || { "${sudo[@]}" apt-get update -qq >&2 && get; }
}

if command -v apt-get > /dev/null; then
  # A browser for the tests of the pages: without one they are skipped, which nobody would notice here.
  [ -x "${CALIBRATE_TEST_CHROMIUM:-/usr/bin/chromium}" ] || install chromium || { echo "could not install chromium; the tests of the pages need it"; exit 1; }

  # Libraries that exports are written with, the Python packages that read them back, and a sampler that serve-model is tested with.
  install libnetcdf19 libhdf5-103-1 python3-xarray python3-netcdf4 python3-h5py python3-emcee \
    || echo "test: some packages could not be installed; tests that need them are skipped" >&2
fi

# Runs of the person who started the tests are none of the tests' business.
unset CALIBRATE_JOURNAL CALIBRATE_JOURNAL_FILE CALIBRATE_JOURNAL_PASSWORD_FILE CALIBRATE_BROKER CALIBRATE_BROKER_FILE \
  CALIBRATE_BROKER_PASSWORD_FILE CALIBRATE_RUNS
if [ "${1:-}" = --without-servers ]; then
  unset CALIBRATE_TEST_JOURNAL CALIBRATE_TEST_BROKER CALIBRATE_TEST_CLUSTER
else
  # The directory holds others' data below it: they must be able to reach it, not to read it.
  chmod 711 "$work"
  started=yes
  scripts/cluster-local.sh start "$work/servers" --install > "$work/servers.log" \
    || { cat "$work/servers.log"; echo "the servers did not start; scripts/test.sh --without-servers runs the other tests"; exit 1; }
  # shellcheck disable=SC1091
  . "$work/servers/env"
  unset CALIBRATE_JOURNAL CALIBRATE_BROKER
fi

dotnet build Calibrate.sln -c Release -v quiet || { echo "build failed"; exit 1; }

# What runs in the background of a shell ignores Ctrl-C and passes that on: the tests that press it need it back.
fresh_signals=(env --default-signal=INT,QUIT)
"${fresh_signals[@]}" true 2>/dev/null || fresh_signals=()

results=$work/results
status=0
for project in tests/*.Tests/*.csproj; do
  name=$(basename "$project" .csproj)
  echo "== $name"
  "${fresh_signals[@]}" dotnet test "$project" -c Release --no-build --nologo -v quiet \
    --logger "trx;LogFileName=$name.trx" --logger "console;verbosity=minimal" --results-directory "$results" || status=1
done

total() { # the sum of one counter over all result files
  local sum=0 value
  for value in $(grep -ho "<Counters [^>]*" "$results"/*.trx 2>/dev/null | grep -o " $1=\"[0-9]*\"" | tr -dc '0-9\n'); do
    sum=$((sum + value))
  done
  echo "$sum"
}

run=$(total total)
passed=$(total passed)
failed=$(total failed)
skipped=$((run - passed - failed))
if [ "$run" -eq 0 ]; then
  echo "no test ran"
  status=1
fi
[ "$failed" -eq 0 ] || status=1
echo "$passed passed, $failed failed, $skipped skipped"
exit $status
