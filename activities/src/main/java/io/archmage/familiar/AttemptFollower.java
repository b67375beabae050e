package io.archmage.familiar;

import io.archmage.process.ProcessExit;
import io.archmage.process.SupervisedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Follows a supervised process to its end: renews its lease, stops it when it is to stop. All times
 * are counted from what was seen here, by a clock that nobody sets: where the system's jumps,
 * nothing ends and nothing is put off.
 */
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
  private long sizeSeen = -1;
  private long heardAt;

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
    Every renewal = new Every(process.leaseTtl().dividedBy(3));
    Every progress = new Every(PROGRESS);
    Every recording = recordEvery == null ? null : new Every(recordEvery).later();
    long started = System.nanoTime();
    while (true) {
      if (renewal.isDue()) {
        process.renewLease();
      }
      Optional<ProcessExit> exit = process.await(LOOK);
      if (exit.isPresent()) {
        return Optional.of(new Followed(exit.get(), stopped(stalledNote, stopped)));
      }
      if (control.wish() == AttemptControl.Wish.DETACH) {
        return Optional.empty();
      }
      stopIfWanted();
      if (recording != null && stopped == Stopped.NOT && recording.isDue()) {
        recorder.record();
        recording.later();
      }
      if (progress.isDue()) {
        control.tell(
            "running for %d s, %d bytes of output"
                .formatted(
                    TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started),
                    process.outputSize()));
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
    if (stallTimeout == null) {
      return false;
    }
    long size = process.outputSize();
    if (size != sizeSeen) {
      sizeSeen = size;
      heardAt = System.nanoTime();
    }
    return System.nanoTime() - heardAt > stallTimeout.toNanos();
  }
}
