package io.archmage.contract;

import java.time.Instant;
import java.util.List;

/**
 * Tells people that a task waits for them; what a notify command reads and a webhook gets.
 *
 * @param runId the workflow id
 * @param task the task's id
 * @param title one line about the task
 * @param kind {@code conflict} or {@code failure}
 * @param reason one line on why it waits
 * @param since when it began to wait
 * @param repository absolute path of the repository
 * @param branch the run's branch
 * @param look commands that show more
 * @param answers commands that answer
 */
@Wire
public record Notice(
    String runId,
    String task,
    String title,
    String kind,
    String reason,
    Instant since,
    String repository,
    String branch,
    List<String> look,
    List<String> answers) {

  /** Copies the lists. */
  public Notice {
    look = List.copyOf(look);
    answers = List.copyOf(answers);
  }

  /** The same for a machine that has the repository there. */
  public Notice at(String path) {
    return new Notice(
        runId, task, title, kind, reason, since, path, branch, look, answers);
  }
}
