# Sourced by scripts/cluster-local.sh: ports, passwords, files and processes.
# shellcheck shell=bash

fail() { echo "cluster-local: $*" >&2; exit 1; }

is_root() { [ "$(id -u)" -eq 0 ]; }

port_is_free() { ! (exec 3<> "/dev/tcp/127.0.0.1/$1") 2> /dev/null; }

free_ports() { # COUNT different ports, below the range that outgoing connections get theirs from
  local found=() port
  while [ "${#found[@]}" -lt "$1" ]; do
    port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000))
    case " ${found[*]-} " in *" $port "*) continue ;; esac
    if port_is_free "$port"; then found+=("$port"); fi
  done
  echo "${found[*]}"
}

new_password() { od -An -N 16 -tx1 /dev/urandom | tr -d ' \n'; }

write_private() { # FILE: standard input becomes its content, readable by its owner only from the first moment
  (umask 077; cat > "$1.new")
  mv "$1.new" "$1"
}

load_settings() { # DIR: broker_port, epmd_port, distribution_port, postgres_port, broker_password, postgres_password
  # shellcheck disable=SC1091
  . "$1/servers"
}

as_user() { # USER COMMAND...: root gives its rights away; anybody else stays who they are
  local user=$1
  shift
  if is_root; then
    setpriv --reuid="$user" --regid="$(id -g "$user")" --init-groups -- "$@"
  else
    "$@"
  fi
}

detached() { # USER PIDFILE COMMAND...: runs on when this script ends; PIDFILE is written by the process that becomes COMMAND
  local user=$1 pid_file=$2 descriptor
  shift 2
  (
    # A server must not keep open what its starter has open: a lock file would stay locked, a pipe would never end.
    for descriptor in /proc/self/fd/*; do
      descriptor=${descriptor##*/}
      [ "$descriptor" -le 2 ] || eval "exec $descriptor>&-"
    done
    # shellcheck disable=SC2016
    set -- setsid sh -c 'echo $$ > "$0"; exec "$@"' "$pid_file" "$@"
    if is_root; then set -- setpriv --reuid="$user" --regid="$(id -g "$user")" --init-groups -- "$@"; fi
    exec "$@"
  ) < /dev/null &
}

own_directory() { # USER PATH: a directory that only USER (or whoever runs this) may read
  mkdir -p "$2"
  chmod 700 "$2"
  if is_root; then chown -R "$1" "$2"; fi
}

pid_in() { # FILE TEXT: the process id in FILE, if that process still is the one whose command line has TEXT (ids are reused)
  local pid
  pid=$(head -n 1 "$1" 2> /dev/null | tr -dc '0-9') || true
  [ -n "$pid" ] || return 0
  if { tr '\0' ' ' < "/proc/$pid/cmdline"; } 2> /dev/null | grep -qF -- "$2"; then echo "$pid"; fi
}

end_process() { # PID SIGNAL: sends it, waits, and insists after 20 s
  local pid=$1 signal=$2 waited=0
  [ -n "$pid" ] || return 0
  kill -s "$signal" "$pid" 2> /dev/null || return 0
  while kill -0 "$pid" 2> /dev/null; do
    [ "$waited" -lt 400 ] || kill -s KILL "$pid" 2> /dev/null || true
    [ "$waited" -lt 500 ] || fail "process $pid does not end"
    sleep 0.05
    waited=$((waited + 1))
  done
}

wait_until() { # SECONDS COMMAND...: polls; fails when the time is over
  local deadline=$((SECONDS + $1))
  shift
  until "$@"; do
    [ "$SECONDS" -lt "$deadline" ] || return 1
    sleep 0.1
  done
}
