package io.archmage.share;

import io.archmage.git.CommitId;
import io.archmage.git.GitException;
import io.archmage.git.GitRepository;
import io.archmage.git.GitResult;
import io.archmage.git.NativeGit;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A remote of a repository, reached by the user's own git with the user's own credentials, without
 * questions and hooks. While it is away, everything is tried again for a while. Thread-safe.
 */
final class Remote {

  private static final Duration ONE_TRY = Duration.ofMinutes(5);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
  private static final long LOOK_MS = 100;

  /** Races are lost a few times, not more. */
  static final int RACES = 10;

  /** What came of a push. */
  enum Pushed {
    /** Every ref is where it should be, by this push or an earlier one. */
    DONE,
    /** A ref is not where it was expected; nothing was changed. */
    STALE
  }

  private final GitRepository repository;
  private final String name;
  private final Duration patience;
  private final RemoteWait wait;

  /**
   * A remote.
   *
   * @param patience how long to try again
   * @param wait whoever waits for it
   */
  Remote(GitRepository repository, String name, Duration patience, RemoteWait wait) {
    this.repository = repository;
    this.name = name;
    this.patience = patience;
    this.wait = wait;
  }

  /** Its name in this clone. */
  String name() {
    return name;
  }

  /** For a ref that does not move although nobody else moves it, or that everybody moves. */
  RemoteAwayException unsettled(String ref) {
    return new RemoteAwayException(
        "the remote %s does not move %s now; if that stays, look for a lock that was left there"
            .formatted(title(), ref));
  }

  /** What people call it: its name and address. */
  String title() {
    return name + " (" + RemoteUrl.withoutUsers(RemoteUrl.of(repository, name)) + ")";
  }

  /** Its refs that match one of the patterns, full names or with a {@code *}. */
  SortedMap<String, CommitId> list(String... patterns) {
    return patiently(
        "look at",
        () -> {
          List<String> arguments = new ArrayList<>(List.of("ls-remote", "--refs", name));
          arguments.addAll(List.of(patterns));
          GitResult result = git().run(arguments);
          if (!result.succeeded()) {
            throw trouble("cannot be read", result);
          }
          SortedMap<String, CommitId> refs = new TreeMap<>();
          result
              .text()
              .lines()
              .map(line -> line.split("\t", 2))
              .filter(parts -> parts.length == 2)
              .forEach(parts -> refs.put(parts[1], new CommitId(parts[0])));
          return refs;
        });
  }

  /** Fetches objects and moves refs of this clone, by refspecs, wherever these were before. */
  void fetch(Collection<String> refspecs) {
    if (refspecs.isEmpty()) {
      return;
    }
    byte[] lines = (String.join("\n", refspecs) + "\n").getBytes(StandardCharsets.UTF_8);
    patiently(
        "fetch from",
        () -> {
          GitResult result =
              git()
                  .run(
                      List.of(
                          "fetch",
                          "--quiet",
                          "--no-tags",
                          "--no-write-fetch-head",
                          "--no-auto-maintenance",
                          "--no-recurse-submodules",
                          "--refmap=",
                          "--stdin",
                          name),
                      lines);
          if (!result.succeeded()) {
            throw trouble("cannot be fetched from", result);
          }
          return result;
        });
  }

  /** Moves refs there, all of them or none. */
  Pushed push(List<RefMove> moves) {
    if (moves.isEmpty()) {
      return Pushed.DONE;
    }
    return patiently("push to", () -> tryPush(git(), moves, List.of()));
  }

  /** Asks whether refs could be moved, and moves none; nothing is tried again. */
  Pushed tryPush(List<RefMove> moves) {
    return tryPush(git(), moves, List.of("--dry-run"));
  }

  private Pushed tryPush(NativeGit git, List<RefMove> moves, List<String> more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "push",
                "--porcelain",
                "--atomic",
                "--no-verify",
                "--no-follow-tags",
                "--no-signed",
                "--recurse-submodules=no"));
    arguments.addAll(more);
    for (RefMove move : moves) {
      arguments.add(
          "--force-with-lease=" + move.ref() + ":" + move.from().map(CommitId::hex).orElse(""));
    }
    arguments.add(name);
    moves.forEach(move -> arguments.add(move.to() + ":" + move.ref()));
    GitResult result = git.run(arguments);
    if (result.succeeded()) {
      return Pushed.DONE;
    }
    return switch (Trouble.of(result.text() + "\n" + result.stderr())) {
      case STALE -> Pushed.STALE;
      case REFUSED, AWAY -> throw trouble("does not take " + moves.getFirst().ref(), result);
    };
  }

  private NativeGit git() {
    return repository.git().withLimit(ONE_TRY);
  }

  private GitException trouble(String what, GitResult result) {
    String line = Trouble.line(result.text(), result.stderr());
    String message = "the remote %s %s: %s".formatted(title(), what, line);
    return Trouble.of(result.text() + "\n" + result.stderr()) == Trouble.REFUSED
        ? new RemoteRefusedException(
            message + ". Give this machine's git the right to do that, then retry the task")
        : new RemoteAwayException(message);
  }

  private <T> T patiently(String what, Supplier<T> work) {
    long end = System.nanoTime() + patience.toNanos();
    Duration pause = Duration.ofMillis(500);
    while (true) {
      try {
        return work.get();
      } catch (RemoteAwayException away) {
        if (System.nanoTime() + pause.toNanos() > end
            || !pause(pause, "trying again to %s %s: %s".formatted(what, name,
                away.getMessage()))) {
          throw away;
        }
        pause = pause.multipliedBy(2);
        pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
      }
    }
  }

  /** False if nobody waits any more. */
  private boolean pause(Duration length, String progress) {
    long end = System.nanoTime() + length.toNanos();
    do {
      if (!wait.goesOn(progress)) {
        return false;
      }
      try {
        // Nothing tells when a remote is back.
        TimeUnit.MILLISECONDS.sleep(LOOK_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    } while (System.nanoTime() < end);
    return true;
  }
}
