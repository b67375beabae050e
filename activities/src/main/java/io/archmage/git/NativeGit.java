package io.archmage.git;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs the git program: an argument vector, no shell, no prompt, no hook, no editor, the caller's
 * {@code GIT_*} variables removed.
 *
 * <p>The user's own configuration stays in force (filters, line ends, identity), except what could
 * run a program behind git's back or hide files from it. Immutable and thread-safe.
 */
public final class NativeGit {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private static final List<String> ALWAYS =
      List.of(
          "core.hooksPath=/dev/null",
          "core.fsmonitor=false",
          "gc.auto=0",
          "maintenance.auto=false",
          "core.fsync=committed,reference",
          "submodule.recurse=false",
          "core.quotePath=false",
          "core.protectHFS=true",
          "core.protectNTFS=true",
          "core.trustctime=true",
          "core.checkStat=default",
          "core.ignoreStat=false",
          "core.pager=cat",
          "advice.addEmbeddedRepo=false");

  /** Settings which fit a user's checkout but would leave files out of a workspace. */
  private static final List<String> WORKSPACE =
      List.of(
          "core.sparseCheckout=false",
          "index.sparse=false",
          "core.untrackedCache=false",
          "core.splitIndex=false",
          "feature.manyFiles=false",
          "index.skipHash=false",
          "core.fsyncMethod=batch",
          "core.safecrlf=false");

  private final Path directory;
  private final Map<String, String> environment;
  private final List<String> settings;
  private final Duration limit;

  private NativeGit(
      Path directory, Map<String, String> environment, List<String> settings, Duration limit) {
    this.directory = directory;
    this.environment = environment;
    this.settings = settings;
    this.limit = limit;
  }

  /** Git as the user would run it in {@code directory}: it finds the repository by itself. */
  public static NativeGit in(Path directory) {
    return new NativeGit(directory, Map.of(), ALWAYS, LIMIT);
  }

  /**
   * Git over a workspace's files with a git directory and an index which lie elsewhere; a {@code
   * .git} among the files is never read.
   *
   * @param gitDirectory the trusted git directory, for configuration, objects and refs
   * @param files the top of the work tree
   * @param index the index file, created when missing
   */
  public static NativeGit over(Path gitDirectory, Path files, Path index) {
    List<String> settings = new ArrayList<>(ALWAYS);
    settings.addAll(WORKSPACE);
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("GIT_DIR", gitDirectory.toString());
    environment.put("GIT_WORK_TREE", files.toString());
    environment.put("GIT_INDEX_FILE", index.toString());
    return new NativeGit(files, environment, settings, LIMIT);
  }

  /** Returns the same with one more environment variable. */
  public NativeGit with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(environment);
    more.put(name, value);
    return new NativeGit(directory, more, settings, limit);
  }

  /** Returns the same with another time limit for each process (default 10 minutes). */
  public NativeGit withLimit(Duration value) {
    return new NativeGit(directory, environment, settings, value);
  }

  /** Runs git and waits for its end; any exit code is a result. */
  public GitResult run(List<String> arguments) {
    return run(arguments, null);
  }

  /** Runs git and waits for its end; any exit code is a result. */
  public GitResult run(String... arguments) {
    return run(List.of(arguments), null);
  }

  /**
   * Runs git with {@code input} on its standard input and waits for its end.
   *
   * @throws GitException if it cannot be started or its time is over
   */
  public GitResult run(List<String> arguments, byte @Nullable [] input) {
    Process process = start(arguments);
    var output = read(process.getInputStream());
    var error = read(process.getErrorStream());
    Thread.ofVirtual().start(() -> feed(process.getOutputStream(), input));
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        kill(process);
        throw new GitException(
            "git %s did not end within %s".formatted(String.join(" ", arguments), limit), null);
      }
      return new GitResult(
          argv(arguments),
          arguments,
          process.exitValue(),
          output.get(),
          new String(error.get(), StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      kill(process);
      Thread.currentThread().interrupt();
      throw new GitException("interrupted during git " + String.join(" ", arguments), e);
    } catch (ExecutionException e) {
      throw new GitException("cannot read git's output", e.getCause());
    }
  }

  /**
   * Starts git for a dialogue; the caller ends it.
   *
   * @throws UnusableRepositoryException if there is no git program
   */
  public Process start(List<String> arguments) {
    ProcessBuilder builder = new ProcessBuilder(argv(arguments)).directory(directory.toFile());
    Map<String, String> env = builder.environment();
    env.keySet().removeIf(name -> name.startsWith("GIT_") || name.equals("SSH_ASKPASS"));
    env.put("LC_ALL", "C");
    env.remove("LANGUAGE");
    env.put("GIT_TERMINAL_PROMPT", "0");
    env.put("GIT_OPTIONAL_LOCKS", "0");
    env.put("GIT_NO_REPLACE_OBJECTS", "1");
    env.put("GIT_NO_LAZY_FETCH", "1");
    env.put("GIT_EDITOR", ":");
    env.putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      if (!directory.toFile().isDirectory()) {
        throw new GitException("there is no directory " + directory, e);
      }
      throw new UnusableRepositoryException(
          UnusableRepositoryException.Problem.GIT_MISSING,
          "cannot start git; install git %s or newer and put it on the PATH"
              .formatted(GitVersion.MINIMUM));
    }
  }

  private List<String> argv(List<String> arguments) {
    List<String> argv = new ArrayList<>(List.of("git", "--no-pager"));
    for (String setting : settings) {
      argv.add("-c");
      argv.add(setting);
    }
    argv.addAll(arguments);
    return argv;
  }

  private static CompletableFuture<byte[]> read(InputStream stream) {
    CompletableFuture<byte[]> bytes = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try (stream) {
                bytes.complete(stream.readAllBytes());
              } catch (IOException e) {
                bytes.completeExceptionally(e);
              }
            });
    return bytes;
  }

  private static void feed(OutputStream stream, byte @Nullable [] input) {
    try (stream) {
      if (input != null) {
        stream.write(input);
      }
    } catch (IOException e) {
      // The process closed its input early; its exit code tells whether that was an error.
      return;
    }
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
