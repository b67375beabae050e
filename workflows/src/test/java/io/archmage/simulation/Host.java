package io.archmage.simulation;

import io.archmage.contract.AttemptFailure;
import io.archmage.contract.AttemptResult;
import io.archmage.contract.InvokeRequest;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** The disk of the machine: what outlives every worker. */
final class Host {

  /** The folder of one attempt. */
  static final class Folder {
    InvokeRequest request;
    AttemptResult result;
    AttemptFailure failure;
    Journal journal;

    boolean ended() {
      return result != null || failure != null;
    }
  }

  /** The workspace of a task. */
  static final class Workspace {
    String base = "";
    boolean whole;
    TreeMap<String, SortedSet<String>> files = new TreeMap<>();
  }

  private final Processes processes;
  private final SortedMap<String, ActivityRun> locks = new TreeMap<>();
  final SortedMap<String, Folder> folders = new TreeMap<>();
  final SortedMap<String, Workspace> workspaces = new TreeMap<>();

  Host(World world) {
    processes = new Processes(world);
  }

  Processes processes() {
    return processes;
  }

  static String key(String task, int attempt) {
    return task + "#" + attempt;
  }

  /** The folder of an attempt, made if it is not there. */
  Folder folder(String task, int attempt) {
    return folders.computeIfAbsent(key(task, attempt), key -> new Folder());
  }

  boolean lock(String task, ActivityRun run) {
    return locks.putIfAbsent(task, run) == null;
  }

  void unlock(String task, ActivityRun run) {
    locks.remove(task, run);
  }

  /** What is left of the run, for people; empty if nothing is. */
  String leftovers() {
    return folders.isEmpty() && workspaces.isEmpty() && locks.isEmpty()
        ? ""
        : "folders " + folders.keySet() + " workspaces " + workspaces.keySet() + " locks " + locks;
  }

  void removeFolders() {
    folders.values()
        .stream()
        .filter(folder -> folder.journal != null)
        .forEach(folder -> folder.journal.removed = true);
    folders.clear();
    workspaces.clear();
    locks.clear();
  }
}
