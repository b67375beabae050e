#!/bin/sh
# Writes one file named after its task. Some tasks do more: see the case.
set -eu
cat > /dev/null
case $ARCHMAGE_TASK_ID in
  broken*)
    echo "this one never works"
    exit 1
    ;;
  clash*)
    echo "$ARCHMAGE_TASK_ID" > "${ARCHMAGE_TASK_ID%-*}.txt"
    ;;
  gated*)
    until [ -e "$GATE" ]; do sleep 0.1; done
    ;;
esac
echo "$ARCHMAGE_FAMILIAR did $ARCHMAGE_TASK_ID" > "$ARCHMAGE_TASK_ID.txt"
echo "wrote $ARCHMAGE_TASK_ID.txt"
