package io.archmage.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.archmage.contract.FileConflict;
import io.archmage.contract.Wire;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a person is asked about a task.
 *
 * @param kind {@link #CONFLICT} or {@link #FAILURE}
 * @param text why the task waits, one line
 * @param since when it began to wait
 * @param conflicts the files that do not merge; empty for a failure
 * @param ours the run's side of a conflict, or null
 * @param theirs the task's side of a conflict, or null
 * @param look commands that show more
 * @param answers commands that answer, one for each way
 */
@Wire
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Question(
    String kind,
    String text,
    Instant since,
    List<FileConflict> conflicts,
    @Nullable Side ours,
    @Nullable Side theirs,
    List<Command> look,
    List<Command> answers) {

  /** The task's work does not merge. */
  public static final String CONFLICT = "conflict";

  /** The task would have failed. */
  public static final String FAILURE = "failure";

  /** Copies the lists; missing ones are empty. */
  public Question {
    conflicts = conflicts == null ? List.of() : List.copyOf(conflicts);
    look = look == null ? List.of() : List.copyOf(look);
    answers = answers == null ? List.of() : List.copyOf(answers);
  }

  /**
   * One side of a conflict.
   *
   * @param ref the ref that keeps it
   * @param commit its commit
   */
  @Wire
  public record Side(String ref, String commit) {}

  /**
   * Something to type.
   *
   * @param does what it does, a few words
   * @param command the command line
   */
  @Wire
  public record Command(String does, String command) {}
}
