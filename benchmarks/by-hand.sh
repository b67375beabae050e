#!/bin/sh
# What Archmage does for a chain of tasks, by hand and with nothing else: a worktree for each, a
# command in it, a commit, a merge into main, and the worktree is gone again.
#
#   by-hand.sh REPOSITORY TASKS RUN COMMAND…    main is checked out in REPOSITORY; RUN is new
set -eu
repository=$1 tasks=$2 run=$3
shift 3
task=1
while [ "$task" -le "$tasks" ]; do
  branch=$run-$task
  worktree=$repository.worktrees/$branch
  git -C "$repository" worktree add --quiet -b "$branch" "$worktree" main
  (cd "$worktree" && ARCHMAGE_RUN_ID=$run ARCHMAGE_TASK_ID=t$task "$@")
  git -C "$worktree" add --all
  git -C "$worktree" commit --quiet --allow-empty --message "t$task"
  git -C "$repository" merge --quiet --no-edit "$branch"
  git -C "$repository" worktree remove "$worktree"
  git -C "$repository" branch --quiet --delete "$branch"
  task=$((task + 1))
done
