#!/usr/bin/env bash
# Checks the files that deploy a cluster with what can be run without a container engine and without a Kubernetes cluster:
# the compose file by docker-compose's parser, Kubernetes and KEDA manifests against their published schemas, the settings of
# RabbitMQ and PostgreSQL by the servers themselves, systemd units by systemd-analyze. No image is built, nothing is deployed.
# Needs: docker-compose or docker with the compose plugin, node with npm, rabbitmq-server, postgresql; what is missing is named and counts as a failure.
set -uo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
good() { echo "ok      $1"; }
bad() { echo "FAILED  $1"; failed=1; }
needs() { command -v "$1" >/dev/null || { bad "$2: $1 is not installed"; return 1; }; }

compose() { if docker compose version >/dev/null 2>&1; then docker compose "$@"; else docker-compose "$@"; fi; }
if CALIBRATE_BROKER_PASSWORD=x CALIBRATE_JOURNAL_PASSWORD=y compose -f docker-compose.cluster.yml config >"$work/compose" 2>&1; then
  good "docker-compose.cluster.yml"
else
  bad "docker-compose.cluster.yml"; cat "$work/compose"
fi
if compose -f docker-compose.cluster.yml config >"$work/compose" 2>&1; then
  bad "docker-compose.cluster.yml starts without passwords"
else
  good "docker-compose.cluster.yml asks for its passwords"
fi

if needs npm "Kubernetes manifests"; then
  (cd "$work" && npm init -y >/dev/null 2>&1 && npm install --silent kubernetes-models@5.1.0 @kubernetes-models/keda@2.0.0 js-yaml@4.1.0 >/dev/null 2>&1) \
    || bad "Kubernetes manifests: the schemas cannot be installed from npm"
  cat >"$work/validate.mjs" <<'JS'
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";
const yaml = createRequire(import.meta.url)("js-yaml");
const folder = process.argv[2];
const packages = { "keda.sh/v1alpha1": "@kubernetes-models/keda/keda.sh/v1alpha1" };
let failed = false;
for (const file of fs.readdirSync(folder).filter(f => f.endsWith(".yaml") && f !== "kustomization.yaml")) {
  for (const document of yaml.loadAll(fs.readFileSync(path.join(folder, file), "utf8"))) {
    const name = `${file}: ${document.kind} ${document.metadata?.name}`;
    try {
      const from = packages[document.apiVersion] ?? `kubernetes-models/${document.apiVersion}`;
      const Kind = (await import(`${from}/${document.kind}`))[document.kind];
      new Kind(document).validate();
      console.log(`ok      ${name}`);
    } catch (error) {
      console.log(`FAILED  ${name}: ${error.message}`);
      failed = true;
    }
  }
}
const resources = yaml.load(fs.readFileSync(path.join(folder, "kustomization.yaml"), "utf8")).resources;
for (const resource of resources.filter(r => !fs.existsSync(path.join(folder, r)))) {
  console.log(`FAILED  kustomization.yaml names ${resource}, which does not exist`);
  failed = true;
}
process.exit(failed ? 1 : 0);
JS
  node "$work/validate.mjs" "$PWD/cluster-config/kubernetes" || failed=1
fi

plugins=$(ls -d /usr/lib/rabbitmq/lib/rabbitmq_server-*/plugins 2>/dev/null | head -1)
for file in cluster-config/*/rabbitmq.conf; do
  [ -n "$plugins" ] || { bad "$file: rabbitmq-server is not installed"; continue; }
  # RabbitMQ's own schema, applied as the server does at its start; the certificates that the settings name are another host's.
  : >"$work/certificate"
  sed "s#/etc/rabbitmq/tls/.*#$work/certificate#" "$file" >"$work/rabbitmq.conf"
  if HOME="$work" erl -noshell -pa "$plugins"/*/ebin -eval '
      [Schema, File] = init:get_plain_arguments(),
      case cuttlefish_generator:map(cuttlefish_schema:files([Schema]), cuttlefish_conf:file(File)) of
        {error, Phase, Errors} -> io:format("~p ~p~n", [Phase, Errors]), halt(1);
        _ -> halt(0)
      end.' -extra "$(ls "$plugins"/rabbit-*/priv/schema/rabbit.schema)" "$work/rabbitmq.conf" >"$work/rabbit" 2>&1; then
    good "$file"
  else
    bad "$file"; tail -5 "$work/rabbit"
  fi
done

postgres=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
if [ -z "$postgres" ]; then
  bad "cluster-config/lan/postgresql.conf: postgresql is not installed"
else
  chmod 755 "$work"; mkdir "$work/data" "$work/cluster"; cp cluster-config/lan/postgresql.conf "$work/data/"
  run=()
  if [ "$(id -u)" -eq 0 ]; then chown postgres "$work/data" "$work/cluster"; run=(runuser -u postgres --); fi
  "${run[@]}" "$postgres/initdb" -D "$work/cluster" >/dev/null 2>&1
  if "${run[@]}" "$postgres/postgres" -D "$work/cluster" -c config_file="$work/data/postgresql.conf" -C max_wal_size >"$work/pg" 2>&1; then
    good "cluster-config/lan/postgresql.conf"
  else
    bad "cluster-config/lan/postgresql.conf"; cat "$work/pg"
  fi
fi

if needs systemd-analyze "systemd units"; then
  for unit in cluster-config/lan/*.service; do
    complaints=$(systemd-analyze verify "$unit" 2>&1 | grep -v "is not executable" || true)
    if [ -z "$complaints" ]; then good "$unit"; else bad "$unit"; echo "$complaints"; fi
  done
fi
exit $failed
