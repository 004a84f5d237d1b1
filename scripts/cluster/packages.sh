# Sourced by scripts/cluster-local.sh: where the servers' programs are, and how they get onto a machine that has none.
# shellcheck shell=bash

rabbitmq_programs=/usr/lib/rabbitmq/bin

postgres_programs() { # the newest version installed (Debian keeps them side by side, outside PATH)
  local found
  found=$(find /usr/lib/postgresql -maxdepth 3 -path '*/bin/initdb' 2> /dev/null | sort -V | tail -n 1)
  if [ -n "$found" ]; then dirname "$found"; fi
}

missing_packages() {
  local missing=()
  [ -x "$rabbitmq_programs/rabbitmq-server" ] || missing+=(rabbitmq-server)
  [ -n "$(postgres_programs)" ] || missing+=(postgresql)
  echo "${missing[*]-}"
}

need_packages() { # yes|no: may it install what is missing although it does not run as root (with sudo)?
  local missing may_install=$1 sudo=()
  missing=$(missing_packages)
  [ -n "$missing" ] || return 0
  if ! is_root; then
    [ "$may_install" = yes ] || fail "missing: $missing. Install with: sudo apt-get install $missing (or run this with --install)"
    sudo=(sudo)
  fi
  command -v apt-get > /dev/null || fail "missing: $missing, and there is no apt-get here to install them with"
  echo "cluster-local: installing $missing" >&2
  # shellcheck disable=SC2086
  install_packages $missing || { "${sudo[@]}" apt-get update -qq >&2 && install_packages $missing; } \
    || fail "could not install $missing"
  missing=$(missing_packages)
  [ -z "$missing" ] || fail "installed, but not where Debian puts them: $missing"
}

install_packages() {
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" > /dev/null
}
