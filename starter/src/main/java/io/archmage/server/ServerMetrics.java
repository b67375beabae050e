package io.archmage.server;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads from the server's metrics, in Prometheus' text format, how often clients have called. */
final class ServerMetrics {
  private static final Pattern REQUESTS =
      Pattern.compile(
          "^service_requests\\{namespace=\"([^\"]*)\",operation=\"([^\"]*)\","
              + "service_name=\"frontend\"} ([0-9.eE+]+)$",
          Pattern.MULTILINE);

  /** What the server's own workers and this supervisor call, and workers without work. */
  private static final Set<String> BACKGROUND =
      Set.of(
          "Check",
          "CountWorkflowExecutions",
          "DescribeNamespace",
          "GetSystemInfo",
          "ListNamespaces",
          "ListWorkers",
          "PollActivityTaskQueue",
          "PollNexusTaskQueue",
          "PollWorkflowTaskQueue",
          "RecordWorkerHeartbeat",
          "ShutdownWorker");

  private ServerMetrics() {}

  /** The number of calls since the server started that somebody outside it must have made. */
  static long clientRequests(String metrics) {
    double total = 0;
    Matcher line = REQUESTS.matcher(metrics);
    while (line.find()) {
      if (!line.group(1).equals("temporal_system") && !BACKGROUND.contains(line.group(2))) {
        total += Double.parseDouble(line.group(3));
      }
    }
    return Math.round(total);
  }
}
