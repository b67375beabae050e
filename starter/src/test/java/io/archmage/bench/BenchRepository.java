package io.archmage.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A repository of so many small files in folders of fifty, with main checked out.
 *
 * @param path its top directory
 */
record BenchRepository(Path path) {

  static BenchRepository make(Path path, int files) throws IOException, InterruptedException {
    for (int file = 0; file < files; file++) {
      Path target = path.resolve("src/%03d/%02d.txt".formatted(file / 50, file % 50));
      Files.createDirectories(target.getParent());
      Files.writeString(target, ("line of file " + file + "\n").repeat(40));
    }
    BenchRepository repository = new BenchRepository(path);
    repository.git("init", "-q", "-b", "main");
    repository.git("config", "user.name", "Bench");
    repository.git("config", "user.email", "bench@localhost");
    repository.git("config", "gc.auto", "0");
    repository.git("add", "-A");
    repository.git("commit", "-q", "-m", "first");
    repository.git("repack", "-q", "-a", "-d");
    return repository;
  }

  String git(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git", "-C", path.toString()));
    command.addAll(List.of(arguments));
    return run(command);
  }

  /** Milliseconds that the same takes by hand. */
  double byHand(int tasks, String run, List<String> familiar)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("sh", "../benchmarks/by-hand.sh"));
    command.addAll(List.of(path.toString(), Integer.toString(tasks), run));
    command.addAll(familiar);
    long begin = System.nanoTime();
    run(command);
    return (System.nanoTime() - begin) / 1e6;
  }

  /** Milliseconds that each of so many worktrees takes; all are removed again. */
  List<Double> worktrees(int count) throws IOException, InterruptedException {
    List<Double> times = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      String worktree = path.resolveSibling(path.getFileName() + ".worktree-" + number).toString();
      long begin = System.nanoTime();
      git("worktree", "add", "--quiet", "--detach", worktree, "main");
      times.add((System.nanoTime() - begin) / 1e6);
      git("worktree", "remove", worktree);
    }
    return times;
  }

  static String run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(command + " failed: " + output);
    }
    return output.strip();
  }
}
