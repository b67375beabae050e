package io.archmage.merge;

import io.archmage.git.CommitId;
import io.archmage.git.GitException;
import io.archmage.git.NativeGit;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A change of a ref in two steps: between them the ref is locked. It is undone if this process
 * ends, because git then sees the end of its input.
 */
final class RefTransaction implements AutoCloseable {
  private final Process process;
  private final Writer in;
  private final BufferedReader out;

  private RefTransaction(Process process) {
    this.process = process;
    this.in = process.outputWriter(StandardCharsets.UTF_8);
    this.out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static RefTransaction start(NativeGit git) {
    return new RefTransaction(
        git.start(List.of("update-ref", "-m", "archmage publish", "--stdin")));
  }

  /** Locks the ref; false if it is locked by another or not at {@code from}. */
  boolean prepare(String ref, CommitId to, CommitId from) throws IOException {
    try {
      in.write("start\nupdate %s %s %s\nprepare\n".formatted(ref, to, from));
      in.flush();
    } catch (IOException e) {
      return false;
    }
    return "start: ok".equals(out.readLine()) && "prepare: ok".equals(out.readLine());
  }

  /** Moves the ref that {@link #prepare} locked. */
  void commit() throws IOException {
    in.write("commit\n");
    in.flush();
    if (!"commit: ok".equals(out.readLine())) {
      throw new GitException("git did not move the ref it had locked", null);
    }
  }

  /** Ends git; what was prepared and not committed is undone. */
  @Override
  public void close() throws IOException {
    try (in) {
      in.flush();
    } catch (IOException e) {
      // Git ended first, which it does after a refused change.
      process.destroy();
    }
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
    }
  }
}
