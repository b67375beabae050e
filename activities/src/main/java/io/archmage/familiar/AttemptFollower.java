package io.archmage.familiar;

import io.archmage.process.ProcessExit;
import io.archmage.process.SupervisedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Follows a supervised process to its end: renews its lease, stops it when it is to stop. */
final class AttemptFollower {

  /** How soon a wish is seen; the end itself is seen at once. */
  private static final Duration LOOK = Duration.ofMillis(200);

  private static final Duration PROGRESS = Duration.ofSeconds(1);

  /** Why the process was stopped from here. */
  enum Stopped {
    NOT, CANCELLED, STALLED
  }

  /**
   * The end of a process.
   *
   * @param exit how it ended
   * @param stopped why it was stopped from here, if it was
   */
  record Followed(ProcessExit exit, Stopped stopped) {}

  private final SupervisedProcess process;
  private final AttemptControl control;
  private final Path stalledNote;
  private final @Nullable Duration stallTimeout;
  private @Nullable Duration recordEvery;
  private Recorder recorder = () -> {};
  private Stopped stopped = Stopped.NOT;

  /** Keeps what the process has made so far. */
  interface Recorder {
    void record() throws IOException;
  }

  /**
   * A follower.
   *
   * @param stalledNote the file that tells later followers that the process was stopped for its
   *     silence
   */
  AttemptFollower(
      SupervisedProcess process,
      AttemptControl control,
      Path stalledNote,
      @Nullable Duration stallTimeout) {
    this.process = process;
    this.control = control;
    this.stalledNote = stalledNote;
    this.stallTimeout = stallTimeout;
  }

  /** The same that keeps what the process has made so far, that often. */
  AttemptFollower recording(Duration every, Recorder how) {
    recordEvery = every;
    recorder = how;
    return this;
  }

  /**
   * Follows it.
   *
   * @return empty if it was let go and still runs
   */
  Optional<Followed> follow() throws IOException, InterruptedException {
    Duration renewal = process.leaseTtl().dividedBy(3);
    Instant started = Instant.now();
    Instant renewed = Instant.EPOCH;
    Instant told = Instant.EPOCH;
    Instant recorded = started;
    while (true) {
      Instant now = Instant.now();
      if (Duration.between(renewed, now).compareTo(renewal) >= 0) {
        process.renewLease();
        renewed = now;
      }
      Optional<ProcessExit> exit = process.await(LOOK);
      if (exit.isPresent()) {
        return Optional.of(new Followed(exit.get(), stopped(stalledNote, stopped)));
      }
      if (control.wish() == AttemptControl.Wish.DETACH) {
        return Optional.empty();
      }
      stopIfWanted();
      if (recordEvery != null
          && stopped == Stopped.NOT
          && Duration.between(recorded, now).compareTo(recordEvery) >= 0) {
        recorder.record();
        recorded = Instant.now();
      }
      if (Duration.between(told, now).compareTo(PROGRESS) >= 0) {
        control.tell(
            "running for %d s, %d bytes of output"
                .formatted(Duration.between(started, now).toSeconds(), process.outputSize()));
        told = now;
      }
    }
  }

  /** Why it was stopped, from here or by an earlier follower. */
  static Stopped stopped(Path stalledNote, Stopped here) {
    return Files.exists(stalledNote) ? Stopped.STALLED : here;
  }

  private void stopIfWanted() throws IOException {
    if (stopped != Stopped.NOT) {
      return;
    }
    if (control.wish() == AttemptControl.Wish.CANCEL) {
      stopped = Stopped.CANCELLED;
      process.cancel();
    } else if (Files.exists(stalledNote) || isStalled()) {
      Files.writeString(stalledNote, "");
      stopped = Stopped.STALLED;
      process.cancel();
    }
  }

  private boolean isStalled() throws IOException {
    return stallTimeout != null
        && Duration.between(process.lastOutput(), Instant.now()).compareTo(stallTimeout) > 0;
  }
}
