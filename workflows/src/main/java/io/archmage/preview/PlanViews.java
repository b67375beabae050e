package io.archmage.preview;

import io.archmage.graph.Conflict;
import io.archmage.graph.Edge;
import io.archmage.graph.TaskGraph;
import io.archmage.plan.FamiliarName;
import io.archmage.plan.TaskId;
import io.archmage.plan.TaskSpec;
import io.archmage.preview.PlanView.ConflictView;
import io.archmage.preview.PlanView.DependencyView;
import io.archmage.preview.PlanView.EdgeView;
import io.archmage.preview.PlanView.EstimateSource;
import io.archmage.preview.PlanView.Estimates;
import io.archmage.preview.PlanView.FamiliarView;
import io.archmage.preview.PlanView.FileView;
import io.archmage.preview.PlanView.LimitView;
import io.archmage.preview.PlanView.TaskView;
import io.archmage.schedule.Limit;
import io.archmage.schedule.ScheduleModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes views of plans that can run. */
public final class PlanViews {

  private final TaskGraph graph;
  private final ScheduleModel model;
  private final List<EstimateSource> sources;
  private final Forecast forecast;

  private PlanViews(TaskGraph graph, ScheduleModel model, List<EstimateSource> sources) {
    this.graph = graph;
    this.model = model;
    this.sources = sources;
    this.forecast = Forecast.of(model);
  }

  /**
   * The view of a whole plan.
   *
   * @param graph the plan with its edges
   * @param model what its run would schedule by: the same tasks in the same order
   * @param sources who says how long each task takes
   * @param warnings what the user may want to know, one line each
   */
  public static PlanView of(
      TaskGraph graph,
      ScheduleModel model,
      List<EstimateSource> sources,
      List<String> warnings) {
    return new PlanViews(graph, model, sources).view(warnings);
  }

  /**
   * The view with one batch only; the figures stay those of the whole plan.
   *
   * @param view of the whole plan
   * @param batch from 1
   * @throws IllegalArgumentException if there is no such batch
   */
  public static PlanView onlyBatch(PlanView view, int batch) {
    if (batch < 1 || batch > view.batchCount()) {
      throw new IllegalArgumentException("there is no batch " + batch);
    }
    List<TaskView> tasks = view.tasks().stream().filter(task -> task.batch() == batch).toList();
    List<String> ids = tasks.stream().map(TaskView::id).toList();
    return new PlanView(
        view.name(),
        view.execution(),
        batch,
        view.barrier(),
        view.maxParallel(),
        view.slots(),
        view.familiars(),
        tasks,
        view.batchCount(),
        List.of(ids),
        view.edgesAdded().stream().filter(edge -> ids.contains(edge.to())).toList(),
        view.conflicts()
            .stream()
            .filter(conflict -> conflict.tasks().stream().anyMatch(ids::contains))
            .toList(),
        view.filesWithoutConflict().stream().filter(file -> ids.contains(file.task())).toList(),
        view.unknownOutputs().stream().filter(ids::contains).toList(),
        view.makespanMs(),
        view.lowerBoundMs(),
        view.barrierBoundMs(),
        view.sequentialMs(),
        view.parallelSpeedupRatio(),
        view.timeReductionPercent(),
        view.maxParallelism(),
        view.peakParallelism(),
        view.criticalPath(),
        view.limits(),
        view.estimates(),
        view.warnings(),
        view.problems());
  }

  private PlanView view(List<String> warnings) {
    List<List<String>> batches =
        graph.batches().stream().map(batch -> batch.stream().map(this::id).toList()).toList();
    return new PlanView(
        graph.plan().name(),
        graph.plan().execution(),
        null,
        model.barrier(),
        model.maxParallel(),
        forecast.slots(),
        familiars(),
        tasks(),
        batches.size(),
        batches,
        graph.addedEdges().stream().map(this::edge).toList(),
        graph.conflicts().stream().map(PlanViews::conflict).toList(),
        graph.soleOutputs()
            .stream()
            .map(sole -> new FileView(sole.file(), sole.task().value()))
            .toList(),
        unknownOutputs(),
        forecast.makespan().toMillis(),
        forecast.lowerBound().toMillis(),
        millis(forecast.barrierBound()),
        forecast.sequential().toMillis(),
        forecast.speedup(),
        forecast.timeReductionPercent(),
        batches.stream().mapToInt(List::size).max().orElse(0),
        forecast.peakParallelism(),
        forecast.criticalPath().stream().map(this::id).toList(),
        forecast.limits().stream().map(PlanViews::limit).toList(),
        estimates(),
        warnings,
        List.of());
  }

  private static LimitView limit(Limit limit) {
    return new LimitView(
        limit.kind(),
        limit.name(),
        limit.amount(),
        limit.bound().toMillis(),
        millis(limit.makespanWithOneMore()));
  }

  private List<FamiliarView> familiars() {
    int[] tasks = new int[model.familiars().size()];
    model.tasks().forEach(task -> tasks[task.familiar()]++);
    return IntStream.range(0, tasks.length)
        .mapToObj(
            familiar -> new FamiliarView(
                model.familiars().get(familiar).name(),
                model.familiars().get(familiar).instances(),
                tasks[familiar]))
        .toList();
  }

  private List<TaskView> tasks() {
    int[] batches = new int[graph.plan().tasks().size()];
    for (int batch = 0; batch < graph.batches().size(); batch++) {
      for (int task : graph.batches().get(batch)) {
        batches[task] = batch + 1;
      }
    }
    List<List<Edge>> edges = graph.edgesByTask();
    List<TaskView> tasks = new ArrayList<>(batches.length);
    for (int task = 0; task < batches.length; task++) {
      TaskSpec spec = graph.task(task);
      Forecast.Times times = forecast.tasks().get(task);
      tasks.add(
          new TaskView(
              spec.id().value(),
              spec.title(),
              spec.familiar().value(),
              batches[task],
              model.tasks().get(task).order() + 1,
              edges.get(task).stream().map(this::dependency).toList(),
              model.tasks().get(task).estimate().toMillis(),
              sources.get(task),
              times.ready().toMillis(),
              times.start().toMillis(),
              times.finish().toMillis()));
    }
    return tasks;
  }

  private DependencyView dependency(Edge edge) {
    return new DependencyView(id(edge.from()), edge.type(), edge.because(), edge.detail());
  }

  private EdgeView edge(Edge edge) {
    return new EdgeView(
        id(edge.from()), id(edge.to()), edge.type(), edge.because(), edge.detail());
  }

  private static ConflictView conflict(Conflict conflict) {
    return new ConflictView(
        conflict.file(),
        conflict.tasks().stream().map(TaskId::value).toList(),
        conflict.resolution());
  }

  private List<String> unknownOutputs() {
    return graph.plan()
        .tasks()
        .stream()
        .filter(task -> task.outputs().isEmpty() && !task.readOnly())
        .filter(task -> !task.familiar().equals(FamiliarName.ARCHMAGE))
        .map(task -> task.id().value())
        .toList();
  }

  private Estimates estimates() {
    return new Estimates(
        Collections.frequency(sources, EstimateSource.PLAN),
        Collections.frequency(sources, EstimateSource.HISTORY),
        Collections.frequency(sources, EstimateSource.DEFAULT),
        TaskGraph.DEFAULT_ESTIMATE.toMillis());
  }

  private String id(int task) {
    return graph.task(task).id().value();
  }

  private static @Nullable Long millis(@Nullable Duration duration) {
    return duration == null ? null : (Long) duration.toMillis();
  }
}
