package io.archmage.durable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.archmage.report.RunReport;
import io.archmage.report.TaskReport;
import io.temporal.common.converter.JacksonJsonPayloadConverter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Keeps a report below what a history should carry; the whole one is stored in the repository. */
final class ReportSize {

  private static final int MAX_BYTES = 256 * 1024;

  private static final ObjectMapper JSON =
      JacksonJsonPayloadConverter.newDefaultObjectMapper();

  private ReportSize() {}

  /** The report itself, or without paths, outputs and events if it is too large. */
  static RunReport fit(RunReport report) {
    if (tree(report).toString().getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES) {
      return report;
    }
    return new RunReport(
        report.runId(),
        report.execution(),
        report.status(),
        report.repository(),
        report.baseCommit(),
        report.headCommit(),
        report.branch(),
        report.published(),
        report.tasks().stream().map(TaskReport::compact).toList(),
        report.batches(),
        report.metrics(),
        report.costs(),
        report.checkpoints(),
        List.of(),
        report.notes(),
        true,
        report.reportRef(),
        null,
        null,
        report.groups());
  }

  /** The value as it travels. */
  static JsonNode tree(Object value) {
    return JSON.valueToTree(value);
  }
}
