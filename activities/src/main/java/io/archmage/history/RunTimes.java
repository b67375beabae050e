package io.archmage.history;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.archmage.contract.RunKey;
import io.archmage.disk.Sha256;
import io.archmage.disk.WholeFile;
import io.archmage.project.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The run times of a repository's latest runs: one file for each, so that closing a run twice
 * writes the same and no two writers meet. Losing them loses nothing but estimates.
 */
public final class RunTimes {

  private static final Logger LOG = LoggerFactory.getLogger(RunTimes.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<List<Times>> TIMES = new TypeReference<>() {};

  /** Runs that are remembered. */
  private static final int RUNS = 50;

  /** Tasks of one kind that are remembered of one run. */
  private static final int TASKS = 50;

  private final Path folder;

  RunTimes(Path folder) {
    this.folder = folder;
  }

  /** Those of a project's repository. */
  public static RunTimes of(Project project) {
    return new RunTimes(project.state().resolve("times"));
  }

  /** Writes down the tasks that succeeded in a run, and forgets the oldest runs. */
  public void keep(RunKey run, List<TaskTime> tasks) throws IOException {
    Map<TaskTime.Kind, List<Long>> kinds =
        tasks.stream()
            .collect(
                Collectors.groupingBy(
                    TaskTime::kind,
                    TreeMap::new,
                    Collectors.mapping(TaskTime::runMs, Collectors.toList())));
    List<Times> times = new ArrayList<>();
    kinds.forEach(
        (kind, millis) -> times.add(
            new Times(
                kind.familiar(), kind.action(), millis.stream().limit(TASKS).toList())));
    if (times.isEmpty()) {
      return;
    }
    Files.createDirectories(folder);
    String name = Sha256.of(run.execution().getBytes(StandardCharsets.UTF_8)).substring(0, 16);
    WholeFile.write(folder.resolve(name + ".json"), JSON.writeValueAsBytes(times));
    List<Path> latest = latest();
    for (Path old : latest.subList(Math.min(RUNS, latest.size()), latest.size())) {
      Files.deleteIfExists(old);
    }
  }

  /** What is to be expected by these runs; of what cannot be read, nothing. */
  public Estimates estimates() {
    Map<TaskTime.Kind, List<Long>> kinds = new TreeMap<>();
    try {
      List<Path> latest = latest();
      for (Path file : latest.subList(0, Math.min(RUNS, latest.size()))) {
        for (Times times : read(file)) {
          kinds.computeIfAbsent(
              new TaskTime.Kind(times.familiar(), times.action()), kind -> new ArrayList<>())
              .addAll(times.runMs());
        }
      }
    } catch (IOException | UncheckedIOException unreadable) {
      LOG.warn("the run times in {} cannot be read: {}", folder, unreadable.toString());
    }
    return Estimates.of(kinds);
  }

  private static List<Times> read(Path file) {
    try {
      List<Times> times = JSON.readValue(file.toFile(), TIMES);
      return times == null ? List.of() : times.stream().filter(Objects::nonNull).toList();
    } catch (IOException unreadable) {
      LOG.warn("the run times in {} are ignored: {}", file, unreadable.toString());
      return List.of();
    }
  }

  /** The files of runs, the latest first; other workers may write and delete meanwhile. */
  private List<Path> latest() throws IOException {
    List<Written> written = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".json")).toList()) {
        written.add(new Written(file, writtenAt(file)));
      }
    } catch (NoSuchFileException none) {
      return List.of();
    }
    return written.stream()
        .sorted(
            Comparator.comparing(Written::at).reversed().thenComparing(Written::file))
        .map(Written::file)
        .toList();
  }

  private record Written(Path file, FileTime at) {}

  private static FileTime writtenAt(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException gone) {
      return FileTime.fromMillis(0);
    }
  }

  /** How long the tasks of one kind took in one run. */
  private record Times(String familiar, String action, List<Long> runMs) {
    Times {
      Objects.requireNonNull(familiar);
      Objects.requireNonNull(action);
      runMs = List.copyOf(runMs);
    }
  }
}
