#!/bin/sh
# A familiar in a few lines. It gets its prompt on standard input and works in the current
# directory; what it writes there becomes its work, what it prints becomes its output.
set -eu

prompt=$(cat)
# The file to make is the last word of the prompt's line "...: path".
file=$(printf '%s\n' "$prompt" | sed -n 's/.*: \([A-Za-z0-9_.\/-]*\)$/\1/p' | head -n 1)
if [ -z "$file" ]; then
  echo "the prompt names no file" >&2
  exit 1
fi

sleep 1 # thinking

mkdir -p "$(dirname "$file")"
case $file in
  ui/*)
    printf '+--------------------+\n|  THE GARDEN SHOP   |\n|   @@  **  ~~  oo   |\n+--------------------+\nopened by run %s\n' "$ARCHMAGE_RUN_ID" > "$file"
    ;;
  api/*)
    printf 'plant,pieces\nrose,12\nivy,30\nfern,%s\n' "$(date +%s | cut -c 8-)" > "$file"
    ;;
  web/*)
    {
      echo '<!doctype html><title>The garden shop</title>'
      echo '<pre>'
      cat ui/window.txt
      echo '</pre>'
      echo '<ul>'
      sed -n '2,$s/\(.*\),\(.*\)/  <li>\1: \2<\/li>/p' api/stock.csv
      echo '</ul>'
    } > "$file"
    ;;
  *)
    {
      echo "# $ARCHMAGE_TASK_ID by $ARCHMAGE_FAMILIAR"
      echo
      echo "Written in run $ARCHMAGE_RUN_ID."
      echo "Plants: $(($(wc -l < api/stock.csv) - 1)). Lines of the page: $(($(wc -l < web/index.html)))."
    } > "$file"
    ;;
esac
echo "made $file with $(($(wc -l < "$file"))) lines"
