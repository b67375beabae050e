package io.archmage.prepare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.archmage.contract.PrepareRequest;
import io.archmage.contract.RunKey;
import io.archmage.contract.RunOptions;
import io.archmage.git.CommitId;
import io.archmage.git.GitException;
import io.archmage.git.GitRepository;
import io.archmage.git.RunRefs;
import io.archmage.project.Project;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a run is to do: the plan of a document, or what a lost run left undone. */
public sealed interface Assignment {

  /** The options that hold. */
  RunOptions options();

  /** The terms that hold. */
  RunTerms terms();

  /** The name of the lost run that it goes on with, or null. */
  @Nullable
  String recovers();

  /** What the user should know. */
  List<String> notes();

  /** Checks its plan. */
  PlanCheck check(Project project, @Nullable String pattern);

  /** Gives the run under its own name what it builds on; may be repeated. */
  void handOn(GitRepository repository, RunKey run);

  /**
   * What a document asks for. {@code {"recover": "<name>"}} stands for what the run of that name in
   * the repository left undone.
   *
   * @param request the run that asks, or null for one that is to be started
   * @throws io.temporal.failure.ApplicationFailure if that run cannot be gone on with, or an option
   *     cannot be used
   */
  static Assignment of(
      Project project, byte[] document, RunOptions options, @Nullable PrepareRequest request) {
    Optional<String> lost = Recovered.reference(document);
    return lost.isPresent()
        ? Recovered.of(project, lost.get(), options, request)
        : new Document(document, options, RunTerms.of(project, options));
  }

  /**
   * A plan as its user wrote it.
   *
   * @param document its bytes; not copied
   */
  record Document(byte[] document, RunOptions options, RunTerms terms) implements Assignment {

    @Override
    public @Nullable String recovers() {
      return null;
    }

    @Override
    public List<String> notes() {
      return List.of();
    }

    @Override
    public PlanCheck check(Project project, @Nullable String pattern) {
      return new PlanChecker(terms.configuration(), project.repository())
          .check(document, options.planName(), pattern, terms.base());
    }

    @Override
    public void handOn(GitRepository repository, RunKey run) {
      // A plan of its own builds on nothing but the base.
    }
  }

  /**
   * What a lost run left undone.
   *
   * @param lost that run
   */
  record Recovered(LostRun lost, RunOptions options, RunTerms terms) implements Assignment {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static Optional<String> reference(byte[] document) {
      if (document.length > 2_000) {
        return Optional.empty();
      }
      try {
        JsonNode node = JSON.readTree(document);
        return node != null && node.size() == 1 && node.path("recover").isTextual()
            ? Optional.of(node.path("recover").textValue())
            : Optional.empty();
      } catch (IOException notJson) {
        return Optional.empty();
      }
    }

    private static Recovered of(
        Project project, String name, RunOptions given, @Nullable PrepareRequest request) {
      RunRecord record =
          new RunRecords(project.repository())
              .named(name)
              .orElseThrow(
                  () -> Refusals.invalid(
                      "There is no run " + name + " in " + project.path() + " to go on with."));
      LostRun lost = read(project.repository(), record);
      refuseWhatGoesOn(project, lost, request);
      RunOptions options = over(given, lost.claim());
      RunTerms now = RunTerms.of(project, options);
      return new Recovered(
          lost, options, new RunTerms(now.configuration(), now.target(), lost.head()));
    }

    private static LostRun read(GitRepository repository, RunRecord record) {
      try {
        return LostRun.read(repository, record);
      } catch (GitException unreadable) {
        throw Refusals.invalid(
            "Run " + record.name() + " cannot be gone on with: " + unreadable.getMessage() + ".");
      }
    }

    private static void refuseWhatGoesOn(
        Project project, LostRun lost, @Nullable PrepareRequest request) {
      String runId = lost.claim().runId();
      if (request != null && !request.runId().equals(runId)) {
        throw Refusals.invalid(
            "Run " + lost.record().name() + " goes on under its own id, so that it cannot be open"
                + " twice: use --workflow-id " + runId + ".");
      }
      String successor = lost.record().recoveredAs();
      if (successor == null && lost.record().hasEnded()) {
        throw Refusals.invalid(
            "Run " + lost.record().name() + " has ended: its report is stored, or somebody gave it"
                + " up.");
      }
      boolean own =
          successor != null
              && request != null
              && new RunClaims(project.repository())
                  .holder(new RunRefs(successor))
                  .filter(claim -> claim.execution().equals(request.execution()))
                  .isPresent();
      if (successor != null && !own) {
        throw Refusals.invalid(
            "Run " + lost.record().name() + " goes on as " + successor + " already.");
      }
    }

    /** What is said now goes before what was said then. */
    private static RunOptions over(RunOptions now, RunClaims.Claim claim) {
      RunOptions then = Objects.requireNonNullElse(claim.options(), RunOptions.NONE);
      return new RunOptions(
          now.repository(),
          now.target() != null ? now.target() : claim.target(),
          now.mergeStrategy() != null ? now.mergeStrategy() : then.mergeStrategy(),
          now.publish() != null ? now.publish() : then.publish(),
          now.maxParallel() != null ? now.maxParallel() : then.maxParallel(),
          now.set() != null ? now.set() : then.set(),
          then.planName(),
          now.host());
    }

    @Override
    public String recovers() {
      return lost.record().name();
    }

    @Override
    public List<String> notes() {
      return List.of(
          "Goes on with the lost run "
              + lost.record().name()
              + ": "
              + lost.done()
              + " of "
              + lost.tasks().size()
              + " tasks were done before.");
    }

    @Override
    public PlanCheck check(Project project, @Nullable String pattern) {
      return new PlanChecker(terms.configuration(), project.repository())
          .check(lost.remaining(), pattern, terms.base());
    }

    /** A step of the plan's own has one attempt, so its log is that of the first. */
    @Override
    public void handOn(GitRepository repository, RunKey run) {
      RunRefs refs = new RunRefs(run.name());
      for (TaskProgress done : lost.tasks()) {
        CommitId log = done.log();
        if (log != null) {
          repository.refs().create(refs.log(done.task().id().value(), 1), log);
        }
      }
    }
  }
}
