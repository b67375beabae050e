package io.archmage.cli;

import io.archmage.contract.ConflictAnswer;
import io.archmage.contract.Resolution;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code archmage resolve RUN TASK}. */
@Command(
    name = "resolve",
    description = "Says how the conflict of a task that waits for a person ends; waits until its "
        + "work is merged.")
final class ResolveCommand extends AnswerCommand {

  /** The ways; exactly one is given. */
  static final class Way {

    @Option(
        names = "--commit",
        paramLabel = "REV",
        description = "Take a commit of yours, made from the run's version; a revision of the "
            + "current directory's repository.")
    private @Nullable String commit;

    @Option(names = "--ours", description = "Keep the run's version of the conflicting files.")
    private boolean ours;

    @Option(names = "--theirs", description = "Take the task's version of the conflicting files.")
    private boolean theirs;

    @Option(names = "--rerun", description = "Run the task again on what is merged.")
    private boolean rerun;
  }

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Way way =
      new Way();

  @Override
  String update() {
    return "resolve";
  }

  @Override
  Object answer(Session session, String id) {
    if (way.commit != null) {
      return new ConflictAnswer(
          id, Resolution.COMMIT, Revisions.commit(session.console(), way.commit));
    }
    if (way.rerun) {
      return new ConflictAnswer(id, Resolution.RERUN, null);
    }
    return new ConflictAnswer(id, way.theirs ? Resolution.THEIRS : side(), null);
  }

  private String side() {
    if (way.ours) {
      return Resolution.OURS;
    }
    throw new IllegalStateException("the command line was taken without a way");
  }
}
