package io.archmage.process;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs short helper commands to their end with bounded capture. Unlike a supervised process, a
 * helper does not outlive its caller's interest: time-out and interrupt kill its whole tree.
 */
public final class ProcessRunner {

  /** How long after a command's end its streams may stay open. */
  private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

  private ProcessRunner() {}

  /**
   * Runs a command and waits for it.
   *
   * @throws IOException if it cannot be started
   * @throws InterruptedException if the calling thread is interrupted; the tree is dead then
   */
  public static CommandResult run(Command command) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command.argv()).directory(command.workingDirectory().toFile());
    Map<String, String> environment = builder.environment();
    command
        .environment()
        .forEach(
            (name, value) -> value.ifPresentOrElse(
                set -> environment.put(name, set), () -> environment.remove(name)));
    Process process = builder.start();
    long deadline = System.nanoTime() + command.timeout().toNanos();
    StreamCapture out = StreamCapture.start(process.getInputStream(), command.maxOutputBytes());
    StreamCapture err = StreamCapture.start(process.getErrorStream(), command.maxOutputBytes());
    try {
      feed(process, command.stdin());
      boolean ended =
          process.waitFor(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      if (!ended) {
        killTree(process);
        process.waitFor();
      }
      long drained = System.nanoTime() + DRAIN_NANOS;
      out.awaitEnd(drained);
      err.awaitEnd(drained);
      return new CommandResult(
          command.argv(),
          process.exitValue(),
          !ended,
          out.bytes(),
          err.bytes(),
          out.overflowed() || err.overflowed());
    } catch (InterruptedException e) {
      killTree(process);
      throw e;
    }
  }

  private static void feed(Process process, byte[] stdin) {
    OutputStream in = process.getOutputStream();
    Runnable writer =
        () -> {
          try (in) {
            in.write(stdin);
          } catch (IOException e) {
            // The command ended, or closed its input, without reading everything: its business.
          }
        };
    if (stdin.length <= 4096) {
      writer.run(); // fits the smallest pipe buffer in use, so it cannot block
    } else {
      Thread.ofPlatform().daemon().name("stdin-" + process.pid()).start(writer);
    }
  }

  private static void killTree(Process process) {
    // Parents are killed before they can replace a child, and each child is listed before that.
    List<ProcessHandle> tree;
    do {
      try (Stream<ProcessHandle> descendants = process.descendants()) {
        tree = descendants.filter(ProcessHandle::isAlive).toList();
      }
      process.destroyForcibly();
      tree.forEach(ProcessHandle::destroyForcibly);
    } while (process.isAlive() && !tree.isEmpty());
  }
}
