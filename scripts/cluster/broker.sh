# Sourced by scripts/cluster-local.sh: a RabbitMQ node with a name, ports, port mapper and directories of its own.
# shellcheck shell=bash

broker_user=rabbitmq

broker_pid() { pid_in "$1/broker/pid" "$1/broker"; }

epmd_pid() { pid_in "$1/broker/epmd.pid" "-port $epmd_port"; }

broker_answers() { # PORT: does it speak AMQP yet? The first octet of the answer to the protocol header is 1, a method frame
  local octet
  { exec 4<> "/dev/tcp/127.0.0.1/$1"; } 2> /dev/null || return 1
  printf 'AMQP\x00\x00\x09\x01' >&4
  IFS= read -r -n 1 -t 2 -u 4 octet || octet=""
  exec 4>&-
  [ "$octet" = $'\x01' ]
}

broker_environment() { # DIR: what every RabbitMQ program is started with; nothing of the system's own broker shows through
  local home=$1/broker
  printf '%s\n' "HOME=$home" "PATH=$PATH" "LANG=C.UTF-8" \
    "ERL_EPMD_PORT=$epmd_port" ERL_EPMD_ADDRESS=127.0.0.1 \
    "RABBITMQ_NODENAME=calibrate$broker_port@localhost" "RABBITMQ_DIST_PORT=$distribution_port" \
    RABBITMQ_CONF_ENV_FILE=/dev/null "RABBITMQ_CONFIG_FILE=$home/rabbitmq.conf" "RABBITMQ_ADVANCED_CONFIG_FILE=$home/none" \
    "RABBITMQ_ENABLED_PLUGINS_FILE=$home/enabled_plugins" "RABBITMQ_MNESIA_BASE=$home/mnesia" "RABBITMQ_LOG_BASE=$home/log" \
    "RABBITMQ_GENERATED_CONFIG_DIR=$home/generated" "RABBITMQ_PLUGINS_EXPAND_DIR=$home/plugins" \
    "RABBITMQ_PID_FILE=$home/pid"
}

broker_command() { # DIR PROGRAM ARGS...
  local dir=$1 program=$2 settings
  shift 2
  mapfile -t settings < <(broker_environment "$dir")
  (cd "$dir/broker" && as_user "$broker_user" env -i "${settings[@]}" "$rabbitmq_programs/$program" "$@")
}

new_broker() {
  local home=$1/broker
  mkdir -p "$home"/{mnesia,log,generated,plugins}
  echo '[].' > "$home/enabled_plugins" # none: management alone doubles the time to start
  write_private "$home/rabbitmq.conf" <<CONFIGURATION
listeners.tcp.1 = 127.0.0.1:$broker_port
default_user = calibrate
default_pass = $broker_password
log.file.level = warning
# Nothing here is shared: what is left of a small machine's disk need not be a reason to stop.
disk_free_limit.absolute = 50MB
CONFIGURATION
  own_directory "$broker_user" "$home"
}

start_epmd() {
  local dir=$1
  [ -z "$(epmd_pid "$dir")" ] || return 0
  detached "$broker_user" "$dir/broker/epmd.pid" epmd -port "$epmd_port" -address 127.0.0.1 > /dev/null 2>&1
  wait_until 10 broker_epmd_listens
}

broker_epmd_listens() { ! port_is_free "$epmd_port"; }

start_broker() {
  local dir=$1 settings
  [ -d "$dir/broker" ] || new_broker "$dir"
  [ -z "$(broker_pid "$dir")" ] || return 0
  start_epmd "$dir" || return 1
  rm -f "$dir/broker/pid"
  mapfile -t settings < <(broker_environment "$dir")
  # Idle schedulers must not spin (+sbwt none is RabbitMQ's default); distribution listens on loopback only.
  settings+=("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS=-start_epmd false -kernel inet_dist_use_interface {127,0,0,1}")
  (cd "$dir/broker" && detached "$broker_user" "$dir/broker/script.pid" env -i "${settings[@]}" \
    "$rabbitmq_programs/rabbitmq-server" > "$dir/broker/output" 2>&1)
  if ! wait_until 90 broker_answers "$broker_port"; then
    echo "cluster-local: RabbitMQ did not answer on port $broker_port within 90 s:" >&2
    tail -n 20 "$dir/broker/output" >&2
    return 1
  fi
}

stop_broker() { # DIR [immediate]
  local dir=$1 signal=TERM
  [ "${2:-}" != immediate ] || signal=KILL
  end_process "$(broker_pid "$dir")" "$signal"
  end_process "$(epmd_pid "$dir")" TERM
}
