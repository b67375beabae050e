package io.archmage.durable;

import io.archmage.report.RunReport;
import io.archmage.report.StatusPage;
import io.archmage.report.StatusRequest;
import io.archmage.report.Timeline;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.WorkflowInterface;
import org.jspecify.annotations.Nullable;

/** What every run answers while it is open and after it has ended, whatever its type. */
@WorkflowInterface
public interface RunQueries {

  /** Where the run and its tasks stand, and why each waits. */
  @QueryMethod(name = "status",
      description = "Where the run and its tasks stand, and why each waits")
  StatusPage status(@Nullable StatusRequest request);

  /** When each task was ready, started, ended and integrated. */
  @QueryMethod(name = "timeline", description = "When each task was ready, started and ended")
  Timeline timeline();

  /** The report as it would be if the run ended now. */
  @QueryMethod(name = "report", description = "The report as it would be if the run ended now")
  RunReport report();
}
