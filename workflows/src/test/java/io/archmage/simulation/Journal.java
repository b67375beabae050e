package io.archmage.simulation;

import io.archmage.contract.InvokeRequest;
import java.util.SortedMap;
import java.util.SortedSet;

/** A supervisor's run directory with the process that it speaks of. */
final class Journal {

  /** How a process ended, as far as its supervisor or whoever looked can tell. */
  enum Ended {
    WELL, CODE, BAD_RESULT, SIGNAL, TRY_LATER, CANCELLED, LEASE, LOST
  }

  final InvokeRequest request;
  final Host.Workspace workspace;
  boolean claimed;
  boolean alive;
  boolean cancelWanted;
  boolean removed;
  Ended exit;
  long startedAt;
  long endedAt;
  long leaseUntil;
  ActivityRun follower;

  /** What lay in the workspace when the process ended. */
  SortedMap<String, SortedSet<String>> left;

  Journal(InvokeRequest request, Host.Workspace workspace) {
    this.request = request;
    this.workspace = workspace;
  }

  String key() {
    return Host.key(request.task(), request.attempt());
  }
}
