package io.archmage.schedule;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** Reads collections of projects whose shortest schedules are known; a unit of time is a second. */
final class KnownProjects {

  /** A project without an order; its first and last task may take no time. */
  record Tasks(List<Integer> durations, List<List<Integer>> needs, List<List<Demand>> demands) {

    /** The model, its tasks by longest remaining path. */
    ScheduleModel model(int maxParallel, List<ResourceCap> resources) {
      int[] paths = new int[durations.size()];
      for (int task = paths.length - 1; task >= 0; task--) {
        paths[task] += durations.get(task);
        for (int before : needs.get(task)) {
          paths[before] = Math.max(paths[before], paths[task]);
        }
      }
      List<Integer> order =
          IntStream.range(0, paths.length)
              .boxed()
              .sorted(Comparator.comparingInt(task -> -paths[task]))
              .toList();
      List<ScheduledTask> tasks = new ArrayList<>();
      for (int task = 0; task < paths.length; task++) {
        tasks.add(
            new ScheduledTask(
                "T" + task,
                0,
                needs.get(task),
                List.of(),
                0,
                order.indexOf(task),
                Duration.ofSeconds(durations.get(task)),
                demands.get(task),
                List.of()));
      }
      return new ScheduleModel(
          tasks, List.of(new FamiliarCap("any", paths.length)), maxParallel, false,
          RetryRule.DEFAULT, RateLimits.NONE, false, PersonRule.NEVER, RollbackRule.NONE,
          resources);
    }
  }

  private KnownProjects() {}

  static List<String> lines(String resource) {
    try (InputStream in =
        Objects.requireNonNull(KnownProjects.class.getResourceAsStream(resource), resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The format of the Standard Task Graph Set (Tobita and Kasahara, 2002). */
  static Tasks standardTaskGraph(List<String> lines) {
    int size = Integer.parseInt(lines.getFirst().strip()) + 2;
    List<Integer> durations = new ArrayList<>();
    List<List<Integer>> needs = new ArrayList<>();
    for (String line : lines.subList(1, 1 + size)) {
      int[] numbers = numbers(line);
      durations.add(numbers[1]);
      needs.add(Arrays.stream(numbers).skip(3).boxed().toList());
    }
    return new Tasks(
        durations, needs, needs.stream().map(task -> List.<Demand>of()).toList());
  }

  /** A project of PSPLIB (Kolisch and Sprecher, 1997) with its resources. */
  record LibraryProject(Tasks tasks, List<ResourceCap> resources) {

    ScheduleModel model() {
      return tasks.model(tasks.durations().size(), resources);
    }
  }

  static LibraryProject ofLibrary(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    int successors = find(lines, "PRECEDENCE RELATIONS") + 2;
    int requests = find(lines, "REQUESTS/DURATIONS") + 3;
    int size = find(lines, "REQUESTS/DURATIONS") - 1 - successors;
    List<List<Integer>> needs = new ArrayList<>();
    IntStream.range(0, size).forEach(task -> needs.add(new ArrayList<>()));
    List<Integer> durations = new ArrayList<>();
    List<List<Demand>> demands = new ArrayList<>();
    for (int task = 0; task < size; task++) {
      int before = task;
      Arrays.stream(numbers(lines.get(successors + task)))
          .skip(3)
          .forEach(successor -> needs.get(successor - 1).add(before));
      int[] numbers = numbers(lines.get(requests + task));
      durations.add(numbers[2]);
      demands.add(
          IntStream.range(3, numbers.length)
              .filter(i -> numbers[i] > 0)
              .mapToObj(i -> new Demand(i - 3, numbers[i]))
              .toList());
    }
    int[] capacities = numbers(lines.get(find(lines, "RESOURCEAVAILABILITIES") + 2));
    return new LibraryProject(
        new Tasks(durations, List.copyOf(needs), demands),
        IntStream.range(0, capacities.length)
            .mapToObj(i -> new ResourceCap("R" + (i + 1), capacities[i]))
            .toList());
  }

  private static int find(List<String> lines, String start) {
    return IntStream.range(0, lines.size())
        .filter(i -> lines.get(i).startsWith(start))
        .findFirst()
        .orElseThrow();
  }

  private static int[] numbers(String line) {
    return Arrays.stream(line.strip().split("\\s+")).mapToInt(Integer::parseInt).toArray();
  }
}
