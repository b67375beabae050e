#!/bin/sh
# Makes the namespace "default" unless it is there; waits for the server. TEMPORAL_ADDRESS and
# RETENTION, how long closed runs are kept, come from the environment.
set -eu

tries=0
until temporal operator cluster health >/dev/null 2>&1; do
  tries=$((tries + 1))
  if [ "$tries" -ge 30 ]; then
    echo "no answer from $TEMPORAL_ADDRESS" >&2
    exit 1
  fi
  sleep 2
done
temporal operator namespace describe --namespace default >/dev/null 2>&1 ||
  temporal operator namespace create --namespace default --retention "$RETENTION"
