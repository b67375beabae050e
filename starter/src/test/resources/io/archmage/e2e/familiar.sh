#!/bin/sh
# Writes one file named after its task. Some tasks do more: see the case.
set -eu
cat > /dev/null
echo "$ARCHMAGE_RUN_ID $ARCHMAGE_TASK_ID" >> "$GATE.calls"
case $ARCHMAGE_TASK_ID in
  broken*)
    echo "this one never works"
    echo "half done" > half.txt
    exit 1
    ;;
  clash*)
    echo "$ARCHMAGE_TASK_ID" > "${ARCHMAGE_TASK_ID%-*}.txt"
    ;;
  gated*)
    echo "waiting at the gate"
    until [ -e "$GATE" ]; do sleep 0.1; done
    ;;
  heir*)
    cat "$ARCHMAGE_INPUT_DIR"/* > inherited.txt
    ;;
  chatty)
    printf '\033[32mgreen\033[0m\033[2J\n'
    echo "careful" >&2
    ;;
  silent)
    exit 0
    ;;
esac
echo "$ARCHMAGE_FAMILIAR did $ARCHMAGE_TASK_ID" > "$ARCHMAGE_TASK_ID.txt"
echo "wrote $ARCHMAGE_TASK_ID.txt"
