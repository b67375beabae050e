package io.archmage.durable;

import io.archmage.contract.FailureTypes;
import io.archmage.report.GroupReport;
import io.archmage.report.RunReport;
import io.archmage.report.TaskReport;
import io.archmage.schedule.TaskStatus;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.failure.TimeoutFailure;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Turns what went wrong into failures whose message is the whole text for people. */
final class Failures {

  /** Tasks named one by one in a failure's message; the rest are counted. */
  private static final int NAMED_TASKS = 20;

  private Failures() {}

  /** The answer to a query that asks for what there is not. */
  static ApplicationFailure badQuestion(String message) {
    return withoutTrace(ApplicationFailure.newNonRetryableFailure(message, "InvalidQuery"));
  }

  static ApplicationFailure invalidPlan(String message) {
    return userFailure(message, FailureTypes.INVALID_PLAN, null);
  }

  /** What the workflow throws when a run cannot begin. */
  static TemporalFailure beforeTheFirstTask(ActivityFailure failure) {
    return switch (failure.getCause()) {
      case CanceledFailure cancelled -> cancelled;
      case ApplicationFailure cause when FailureTypes.INVALID_PLAN.equals(cause.getType())
          || FailureTypes.ENVIRONMENT.equals(cause.getType()) ->
        userFailure(cause.getOriginalMessage(), cause.getType(), cause);
      case null, default ->
        userFailure(
            "The run could not begin: " + reason(failure), FailureTypes.ENVIRONMENT, null);
    };
  }

  static ApplicationFailure notSuccessful(RunReport report) {
    return withoutTrace(
        ApplicationFailure.newBuilder()
            .setMessage(summary(report))
            .setType(FailureTypes.RUN_NOT_SUCCESSFUL)
            .setNonRetryable(true)
            .setCategory(ApplicationErrorCategory.BENIGN)
            .setDetails(report)
            .build());
  }

  /** What happened to a run, on a few lines. */
  static String summary(RunReport report) {
    long succeeded =
        report.tasks().stream().filter(task -> task.status() == TaskStatus.SUCCEEDED).count();
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "Run %s ended %s: %d of %d tasks succeeded; their work is in branch %s.",
            report.runId(),
            report.status().key(),
            succeeded,
            report.tasks().size(),
            report.branch()));
    int named = 0;
    for (TaskReport task : report.tasks()) {
      if (task.status() == TaskStatus.SUCCEEDED) {
        continue;
      }
      if (++named > NAMED_TASKS) {
        text.append("\n  … and ").append(report.tasks().size() - succeeded - NAMED_TASKS);
        break;
      }
      text.append("\n  ").append(task.id()).append(": ").append(task.status().key());
      if (task.because() != null) {
        text.append(": ").append(task.because());
      }
    }
    for (GroupReport group : report.groups()) {
      if (group.status() == GroupReport.Status.CONFLICT) {
        text.append("\n  group ").append(group.group()).append(": not merged");
        text.append(group.because() == null ? "" : ": " + group.because());
      }
    }
    return text.toString();
  }

  /** One line on why an activity failed for good. */
  static String reason(@Nullable Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof ActivityFailure && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return switch (cause) {
      case ApplicationFailure known -> known.getOriginalMessage();
      case TimeoutFailure timeout ->
        "no worker finished it in time ("
            + timeout.getTimeoutType().name().replace("TIMEOUT_TYPE_", "").toLowerCase(Locale.ROOT)
            + ")";
      case TemporalFailure other -> other.getOriginalMessage();
      case null, default -> String.valueOf(cause);
    };
  }

  /** What an answer ends with that cannot be carried out. */
  static ApplicationFailure notAccepted(String message) {
    return userFailure(message, FailureTypes.NOT_ACCEPTED, null);
  }

  private static ApplicationFailure userFailure(
      String message, String type, @Nullable ApplicationFailure cause) {
    ApplicationFailure.Builder failure =
        ApplicationFailure.newBuilder()
            .setMessage(message)
            .setType(type)
            .setNonRetryable(true)
            .setCategory(ApplicationErrorCategory.BENIGN);
    if (cause != null) {
      failure.setDetails(cause.getDetails());
    }
    return withoutTrace(failure.build());
  }

  /** The trace would be shown to the user, to whom it says nothing. */
  private static ApplicationFailure withoutTrace(ApplicationFailure failure) {
    failure.setStackTrace(new StackTraceElement[0]);
    return failure;
  }
}
