#!/bin/sh
# Supervisor of one familiar. Runs in the run directory; every file it names lies there.
#
#   sup.sh PHASE MODE LAUNCH TICK TTL WALL GRACE MAX MARKER WORKDIR PREFIX NAMESPACE
#
# PHASE   detach (leave the starter's process group first), boot, or main
# MODE    namespace (main is init of a pid namespace), session (setsid), group (set -m, no setsid)
# LAUNCH  script that becomes the familiar; writes `fam` before it does
# TICK    seconds between two looks at lease, cancel, time and size; TTL, WALL, GRACE count ticks
#         (ticks, not clock times: clock jumps end nothing); WALL 0 means no limit
# MAX     bytes that `out` or `err` may hold
# MARKER  value of ARCHMAGE_RUN_MARKER in the familiar's environment, for the sweep
# WORKDIR below which a process without a terminal belongs to the run, empty if that is no sign
# PREFIX  command line that enters the namespace, empty without one
# NAMESPACE  the pid namespace of whoever starts this, which numbers its processes as we do
#
# A record is whole when its last word is `end`.
# `claim` is made once, exclusively: whoever finds it there leaves. `exit` is written last, when
# nothing else of the run is alive. No `exit` and no supervisor means that the run is lost.
# `beat` is written at every look: a worker in another container sees our files, but no process.
# Mode group asks ps instead of /proc, which it must not count on.

proc() { # whether /proc tells about processes as we number them
  [ "$mode" != group ] && [ -r "/proc/$$/stat" ]
}

phase=$1 mode=$2 launch=$3 tick=$4 ttl=$5 wall=$6 grace=$7 max=$8 marker=$9
shift 9
workdir=$1 prefix=$2 namespace=$3

again() { # becomes phase $1; the other words are the command line that leads to it
  next=$1
  shift
  exec "$@" sh ./sup.sh "$next" "$mode" "$launch" "$tick" "$ttl" "$wall" "$grace" "$max" \
    "$marker" "$workdir" "$prefix" "$namespace"
}

start_time() { # sets `start`; kernel ticks since boot, or what ps prints
  if proc; then
    read -r stat <"/proc/$$/stat"
    set -- ${stat##*) }
    start=${20}
  else
    set -- $(ps -o lstart= -p $$)
    start=$(IFS=_ && echo "$*")
  fi
}

boot_id() { # sets `boot`
  if [ -r /proc/sys/kernel/random/boot_id ]; then
    read -r boot </proc/sys/kernel/random/boot_id
  else
    boot=$(sysctl -n kern.bootsessionuuid)
  fi
}

supervised() { # whether the main shell is still there (false for a zombie or a reused pid)
  if proc; then
    read -r stat <"/proc/$$/stat" || return 1
    set -- ${stat##*) }
    [ "$1" != Z ] && [ "${20}" = "$start" ]
  else
    kill -0 $$ 2>/dev/null
  fi
}

familiar_pid() { # sets `fam` once the launch script has said who it is
  fam='' ended=''
  { read -r fam began ended <fam; } 2>/dev/null
  [ "$ended" = end ]
}

signal_familiar() {
  kill -s "$1" -- "-$fam" 2>/dev/null
  kill -s "$1" "$fam" 2>/dev/null
}

owned() ( # whether process $1, younger than the supervisor, belongs to the familiar
  { read -r stat <"/proc/$1/stat"; } 2>/dev/null || exit 1
  pid=$1
  set -- ${stat##*) }
  case $1 in Z | X) exit 1 ;; esac
  [ "$4" != $$ ] && [ "$4" != "$starter" ] || exit 1
  [ "$4" = "$fam" ] && exit 0
  grep -qs "ARCHMAGE_RUN_MARKER=$marker" "/proc/$pid/environ" && exit 0
  [ "/proc/$pid/fd/1" -ef out ] || [ "/proc/$pid/fd/2" -ef err ] && exit 0
  # A terminal means a person looking around in the workspace.
  [ -n "$workdir" ] && [ "$5" = 0 ] && cd -P "/proc/$pid/cwd" 2>/dev/null || exit 1
  case $PWD in "$workdir" | "$workdir"/*) exit 0 ;; esac
  exit 1
)

sweep() { # kills what the familiar left; fails when there was nothing
  found=1
  if proc; then
    for process in /proc/[0-9]*; do
      process=${process#/proc/}
      case $older in *" $process "*) continue ;; esac
      { read -r stat <"/proc/$process/stat"; } 2>/dev/null || continue
      set -- ${stat##*) }
      [ "${20}" -ge "$start" ] || { older="$older$process " && continue; }
      owned "$process" || continue
      kill -s KILL "$process" 2>/dev/null && found=0
    done
  else
    left=$({ ps -axEww -o pid= -o command= 2>/dev/null || ps axeww -o pid= -o command=; } |
      while read -r process words; do
        case $words in *"ARCHMAGE_RUN_MARKER=$marker"*) echo "$process" ;; esac
      done)
    [ -n "$left" ] && kill -s KILL $left 2>/dev/null && found=0
  fi
  return $found
}

clear_all() { # ends everything of the familiar
  if [ $$ = 1 ]; then
    rounds=0
    kill -s KILL -- -1 2>/dev/null
    wait
    while kill -s 0 -- -1 2>/dev/null && [ $rounds -lt 500 ]; do
      rounds=$((rounds + 1))
      # Waiting for any child also reaps the orphans, which else count as alive.
      if [ $rounds -lt 5 ]; then (:); else sleep 0.01; fi
      kill -s KILL -- -1 2>/dev/null
    done
  else
    familiar_pid && signal_familiar KILL
    rounds=0 empty=0 older=' '
    while [ $empty -lt 2 ] && [ $rounds -lt 50 ]; do
      rounds=$((rounds + 1))
      if sweep; then empty=0; sleep 0.01; else empty=$((empty + 1)); fi
    done
  fi
}

outlived() { # in the watcher: whether the main shell is gone; then does its work, without a record
  [ $$ != 1 ] && ! supervised && clear_all
}

stop() { # ends the familiar; the main shell then sees it end and does the rest
  echo "$1" >reason
  patience=$2
  if [ "$patience" -gt 0 ]; then
    signal_familiar TERM
    signal_familiar CONT
  fi
  while [ "$patience" -gt 0 ]; do
    sleep "$tick" && patience=$((patience - 1))
  done
  while :; do
    if [ -n "$fam" ]; then signal_familiar KILL; else clear_all; fi
    sleep "$tick"
    outlived && exit
  done
}

watch() {
  trap '' HUP INT TERM
  ticks=0 idle=0 last='' fam='' ended=''
  while :; do
    sleep "$tick" || continue
    echo >beat
    ticks=$((ticks + 1))
    outlived && exit
    lease=''
    { read -r lease <lease; } 2>/dev/null
    if [ "$lease" = "$last" ]; then idle=$((idle + 1)); else last=$lease idle=0; fi
    # Once it is known it stays known: somebody may remove this directory, and with it all of
    # what is asked here and any chance that a worker comes back to it.
    [ "$ended" = end ] || familiar_pid || [ ! -e claim ] || continue
    if [ ! -e claim ]; then
      stop lost "$grace"
    elif [ -e cancel ]; then
      stop cancelled "$grace"
    elif [ $idle -ge "$ttl" ]; then
      stop lease "$grace"
    elif [ "$wall" -gt 0 ] && [ $ticks -ge "$wall" ]; then
      stop timeout "$grace"
    elif [ $((ticks % 2)) = 0 ] && [ -n "$(find out err -size +"$max"c 2>/dev/null)" ]; then
      stop output 0
    fi
  done
}

case $phase in
  detach)
    set -m
    again boot &
    exit 0
    ;;
  boot)
    start_time
    boot_id
    set -C
    { echo "$$ $start $boot $mode $namespace end" >claim; } 2>/dev/null || exit 75
    set +C
    # Whoever gives the run up makes `cancel` first and then looks for `claim` again.
    [ -e cancel ] && exit 75
    # Words of our own making, to be split.
    [ -n "$prefix" ] && again main $prefix
    ;;
  main) start=0 ;;
esac

starter=none
if [ $$ != 1 ] && proc; then
  read -r stat <"/proc/$PPID/stat"
  set -- ${stat##*) }
  starter=$4
fi

# Handlers, not ignored signals: the familiar gets the defaults back.
trap : HUP INT TERM
watch &
if [ "$mode" = group ]; then
  set -m
  sh "./$launch" &
  child=$!
  set +m
  while :; do
    wait "$child"
    code=$?
    kill -0 "$child" 2>/dev/null || break
  done
else
  # In the foreground: a background child would have SIGINT and SIGQUIT ignored for good.
  setsid sh "./$launch"
  code=$?
fi

if [ $$ != 1 ]; then
  # The watcher and its sleep; only they are in our process group and do not ignore it.
  trap '' USR1
  kill -s USR1 -- "-$$" 2>/dev/null
fi
clear_all
reason=exited
[ -r reason ] && read -r reason <reason
echo "$code $reason end" >exit
