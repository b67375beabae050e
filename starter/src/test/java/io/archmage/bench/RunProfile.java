package io.archmage.bench;

import com.google.protobuf.Timestamp;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the time of one run went, from its history.
 *
 * @param activities how many it had
 * @param waited from schedule to start in milliseconds, by activity type
 * @param worked from start to end in milliseconds, by activity type
 * @param workflowTasks from schedule to end in milliseconds, of each workflow task
 */
record RunProfile(
    int activities,
    Map<String, List<Double>> waited,
    Map<String, List<Double>> worked,
    List<Double> workflowTasks) {

  static RunProfile of(WorkflowClient client, String workflowId) {
    Map<Long, HistoryEvent> events = new HashMap<>();
    Map<String, List<Double>> waited = new TreeMap<>();
    Map<String, List<Double>> worked = new TreeMap<>();
    List<Double> workflowTasks = new ArrayList<>();
    int activities = 0;
    for (HistoryEvent event : client.fetchHistory(workflowId).getEvents()) {
      events.put(event.getEventId(), event);
      if (event.hasActivityTaskCompletedEventAttributes()) {
        activities++;
        var end = event.getActivityTaskCompletedEventAttributes();
        HistoryEvent scheduled = events.get(end.getScheduledEventId());
        HistoryEvent started = events.get(end.getStartedEventId());
        String type =
            scheduled.getActivityTaskScheduledEventAttributes().getActivityType().getName();
        waited.computeIfAbsent(type, t -> new ArrayList<>()).add(between(scheduled, started));
        worked.computeIfAbsent(type, t -> new ArrayList<>()).add(between(started, event));
      } else if (event.hasWorkflowTaskCompletedEventAttributes()) {
        long begin = event.getWorkflowTaskCompletedEventAttributes().getScheduledEventId();
        workflowTasks.add(between(events.get(begin), event));
      }
    }
    return new RunProfile(activities, waited, worked, workflowTasks);
  }

  private static double between(HistoryEvent from, HistoryEvent to) {
    return Duration.between(at(from), at(to)).toNanos() / 1e6;
  }

  private static Instant at(HistoryEvent event) {
    Timestamp time = event.getEventTime();
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }

  /** The rows of a table. */
  List<String> rows() {
    List<String> rows = new ArrayList<>();
    worked.forEach(
        (type, times) -> rows.add(
            String.format(
                Locale.ROOT,
                "| `%s` | %d | %.1f | %.1f |",
                type,
                times.size(),
                new Samples(waited.get(type)).median(),
                new Samples(times).median())));
    rows.add(
        String.format(
            Locale.ROOT,
            "| workflow tasks | %d | | %.1f |",
            workflowTasks.size(),
            new Samples(workflowTasks).median()));
    return rows;
  }
}
