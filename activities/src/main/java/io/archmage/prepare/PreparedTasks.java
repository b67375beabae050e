package io.archmage.prepare;

import io.archmage.config.Configuration;
import io.archmage.config.FamiliarSettings;
import io.archmage.contract.PreparedDemand;
import io.archmage.contract.PreparedFamiliar;
import io.archmage.contract.PreparedLimits;
import io.archmage.contract.PreparedPlan;
import io.archmage.contract.PreparedRate;
import io.archmage.contract.PreparedResource;
import io.archmage.contract.PreparedTask;
import io.archmage.graph.Edge;
import io.archmage.graph.EdgeReason;
import io.archmage.graph.TaskGraph;
import io.archmage.history.Estimates;
import io.archmage.plan.DependencyType;
import io.archmage.plan.FamiliarName;
import io.archmage.plan.TaskGroup;
import io.archmage.plan.TaskSpec;
import io.archmage.preview.PlanView.EstimateSource;
import io.archmage.schedule.DispatchOrder;
import io.archmage.schedule.OrderImprovement;
import io.archmage.schedule.ScheduleModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Turns a proven graph into what the workflow needs of it. */
final class PreparedTasks {

  /** Titles longer than this are cut; the whole description is in the stored plan. */
  private static final int MAX_TITLE = 120;

  private final List<String> groups;
  private final TaskGraph graph;
  private final Configuration configuration;
  private final List<Expected> expected;
  private final Map<FamiliarName, Integer> familiars = new LinkedHashMap<>();
  private final List<PreparedResource> resources;
  private final List<PreparedTask> tasks;

  PreparedTasks(TaskGraph graph, Configuration configuration, Estimates history) {
    this.graph = graph;
    this.configuration = configuration;
    this.expected =
        graph.plan().tasks().stream().map(task -> expected(task, history)).toList();
    this.groups = graph.plan().groups().stream().map(TaskGroup::id).toList();
    graph.plan().tasks().forEach(task -> familiars.putIfAbsent(task.familiar(), familiars.size()));
    if (!graph.plan().groups().isEmpty()) {
      familiars.putIfAbsent(FamiliarName.ARCHMAGE, familiars.size());
    }
    this.resources = resources();
    this.tasks = inTheBestOrder(byPaths());
  }

  List<PreparedTask> tasks() {
    return tasks;
  }

  /** Who says how long each task takes. */
  List<EstimateSource> sources() {
    return expected.stream().map(Expected::source).toList();
  }

  /** What of the configured resources the plan uses, in the order of their names. */
  private List<PreparedResource> resources() {
    return configuration.limits()
        .resources()
        .entrySet()
        .stream()
        .filter(
            resource -> graph.plan()
                .tasks()
                .stream()
                .anyMatch(task -> task.resources().containsKey(resource.getKey())))
        .map(resource -> new PreparedResource(resource.getKey(), resource.getValue()))
        .toList();
  }

  /** Slots are left to others only where it is known of every task how long it takes. */
  private List<PreparedTask> inTheBestOrder(List<PreparedTask> byPaths) {
    List<TaskSpec> specs = graph.plan().tasks();
    ScheduleModel best =
        OrderImprovement.of(
            model(byPaths),
            DispatchOrder.urgencies(
                specs.stream().map(TaskSpec::priority).toList(), graph.edges()),
            IntStream.range(0, specs.size())
                .filter(task -> !specs.get(task).familiar().equals(FamiliarName.ARCHMAGE))
                .allMatch(task -> expected.get(task).source() != EstimateSource.DEFAULT));
    return IntStream.range(0, byPaths.size())
        .mapToObj(task -> byPaths.get(task).ordered(best.tasks().get(task)))
        .toList();
  }

  List<PreparedFamiliar> familiars() {
    return familiars.keySet()
        .stream()
        .map(name -> new PreparedFamiliar(name.value(), configuration.instancesOf(name)))
        .toList();
  }

  /** What of the configuration's limits concerns this plan; null if nothing does. */
  @Nullable
  PreparedLimits limits() {
    List<PreparedRate> rates = new ArrayList<>();
    configuration
        .limits()
        .rates()
        .forEach(
            (name, rate) -> {
              Integer familiar = familiars.get(name);
              if (familiar != null) {
                rates.add(new PreparedRate(familiar, rate.starts(), rate.unit()));
              }
            });
    Integer calls = configuration.limits().callsPerMinute();
    Integer tokens = configuration.limits().tokensPerMinute();
    return rates.isEmpty()
        && calls == null
        && tokens == null
        && !configuration.failFast()
        && resources.isEmpty()
            ? null
            : new PreparedLimits(
                rates,
                calls,
                tokens == null ? null : tokens.longValue(),
                configuration.failFast(),
                resources);
  }

  /** The tasks in the order by urgency, then by longest remaining path. */
  private List<PreparedTask> byPaths() {
    List<TaskSpec> specs = graph.plan().tasks();
    List<Duration> estimates = expected.stream().map(Expected::runTime).toList();
    List<Integer> order =
        DispatchOrder.of(specs.stream().map(TaskSpec::priority).toList(), estimates, graph.edges());
    int[] batches = batches(specs.size());
    List<List<Edge>> edges = graph.edgesByTask();
    List<PreparedTask> prepared = new ArrayList<>(specs.size());
    for (int index = 0; index < specs.size(); index++) {
      TaskSpec spec = specs.get(index);
      FamiliarSettings settings = configuration.settings(spec.familiar());
      prepared.add(
          new PreparedTask(
              spec.id().value(),
              cut(spec.title()),
              Objects.requireNonNull(familiars.get(spec.familiar())),
              predecessors(edges.get(index), true),
              predecessors(edges.get(index), false),
              graph.stages().get(index),
              batches[index],
              order.get(index),
              estimates.get(index).toMillis(),
              Objects.requireNonNullElse(spec.timeout(), settings.timeout()).toMillis(),
              millis(spec.stallTimeout() != null ? spec.stallTimeout() : settings.stallTimeout()),
              spec.readOnly() || settings.readOnly(),
              reasons(edges.get(index)),
              group(spec),
              demands(spec),
              List.of()));
    }
    return prepared;
  }

  /** What the run is scheduled by; the workflow makes the same of what it gets. */
  ScheduleModel model() {
    return model(tasks);
  }

  private ScheduleModel model(List<PreparedTask> scheduled) {
    return PreparedPlan.scheduled(
        scheduled,
        familiars(),
        configuration.attemptsInFlight(),
        graph.plan().barrier(),
        configuration.retry(),
        limits(),
        configuration.person().rule(),
        configuration.rollback().rule());
  }

  private List<PreparedDemand> demands(TaskSpec spec) {
    return IntStream.range(0, resources.size())
        .filter(resource -> spec.resources().containsKey(resources.get(resource).name()))
        .mapToObj(
            resource -> new PreparedDemand(
                resource,
                Objects.requireNonNull(
                    spec.resources().get(resources.get(resource).name()))))
        .toList();
  }

  private static List<Integer> predecessors(List<Edge> edges, boolean needsSuccess) {
    return edges.stream()
        .filter(edge -> edge.type() == DependencyType.HARD)
        .filter(edge -> edge.because().needsSuccess() == needsSuccess)
        .map(Edge::from)
        .sorted()
        .distinct()
        .toList();
  }

  /** Why the task waits for each of its predecessors, in their order; empty if all say so. */
  private static List<String> reasons(List<Edge> edges) {
    List<String> reasons = new ArrayList<>();
    for (boolean needsSuccess : new boolean[] {true, false}) {
      for (int from : predecessors(edges, needsSuccess)) {
        reasons.add(
            edges.stream()
                .filter(edge -> edge.type() == DependencyType.HARD && edge.from() == from)
                .filter(edge -> edge.because().needsSuccess() == needsSuccess)
                .findFirst()
                .map(PreparedTasks::reason)
                .orElseThrow());
      }
    }
    return reasons.stream().allMatch(EdgeReason.DECLARED.key()::equals) ? List.of() : reasons;
  }

  private static String reason(Edge edge) {
    String reason = edge.because().key();
    return edge.detail() == null ? reason : cut(reason + ": " + edge.detail());
  }

  private @Nullable Integer group(TaskSpec spec) {
    TaskGroup group = spec.group();
    return group == null ? null : Integer.valueOf(groups.indexOf(group.id()));
  }

  private int[] batches(int size) {
    int[] batches = new int[size];
    for (int batch = 0; batch < graph.batches().size(); batch++) {
      for (int task : graph.batches().get(batch)) {
        batches[task] = batch;
      }
    }
    return batches;
  }

  private record Expected(Duration runTime, EstimateSource source) {}

  private static Expected expected(TaskSpec spec, Estimates history) {
    if (spec.estimate() != null) {
      return new Expected(spec.estimate(), EstimateSource.PLAN);
    }
    return history.of(spec.familiar().value(), spec.action())
        .map(runTime -> new Expected(runTime, EstimateSource.HISTORY))
        .orElse(new Expected(TaskGraph.DEFAULT_ESTIMATE, EstimateSource.DEFAULT));
  }

  private static @Nullable Long millis(@Nullable Duration duration) {
    return duration == null ? null : (Long) duration.toMillis();
  }

  private static String cut(String title) {
    return title.length() <= MAX_TITLE ? title : title.substring(0, MAX_TITLE - 1) + "…";
  }
}
