package io.archmage.cli;

import io.archmage.contract.RunOptions;
import io.archmage.render.ReportText;
import io.archmage.report.Metric;
import io.archmage.report.RunReport;
import io.archmage.report.RunStatus;
import io.archmage.report.StatusPage;
import io.archmage.server.TemporalConnection;
import io.archmage.worker.WorkerIdentity;
import io.temporal.api.common.v1.WorkflowExecution;
import java.net.URI;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** A run from a plan to its report, as a client. */
final class RunFlow {

  private final Session session;
  private final Console console;

  RunFlow(Session session) {
    this.session = session;
    console = session.console();
  }

  /**
   * A run that goes on.
   *
   * @param runId its id
   * @param project whose run it is
   * @param execution its workflow
   * @param server where it is; to be closed by whoever started the run
   */
  record Started(
      String runId, OpenedProject project, WorkflowExecution execution, TemporalConnection server)
      implements
        AutoCloseable {

    /** Where else it can be looked at. */
    RunLinks links() {
      return new RunLinks(server.target());
    }

    @Override
    public void close() {
      server.close();
    }
  }

  /**
   * How a followed run ended.
   *
   * @param report its report, or null if it has none
   * @param waiting where it stands if it waits for a person, else null
   * @param exitCode what the command ends with
   */
  record Ended(
      @Nullable RunReport report, @Nullable StatusPage waiting, ExitCode exitCode) {}

  /**
   * Proves the plan, sees to a server and a worker, and starts the run.
   *
   * @throws CommandFailure if something stands in the way; nothing runs then
   */
  Started start(RunRequest request) {
    OpenedProject project =
        session
            .engine()
            .openProject(session.state(), request.repository(), request.configuration());
    RunOptions options =
        request
            .optionsFor(project)
            .at(
                project.isShared()
                    ? WorkerIdentity.queueHost(session.console().environment())
                    : null);
    Plans.check(project, request.document(), options)
        .forEach(warning -> console.note("warning: " + warning));
    Trust.require(session, project, request.trust(), request.mayAsk());
    TemporalConnection server = Servers.connect(session, request.server());
    try {
      new Workers(session, server).ensure(project, request);
      String runId =
          request.runId() != null
              ? request.runId()
              : RunIds.fresh(
                  request.document().name(),
                  LocalDateTime.now(ZoneId.systemDefault()),
                  ThreadLocalRandom.current().nextInt());
      WorkflowExecution execution =
          new RunStarter(server).start(runId, project, request.document(), options);
      // The worker seen before may have ended for want of runs; from now on it sees this one.
      new Workers(session, server).ensure(project, request);
      return new Started(runId, project, execution, server);
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /** Says where the run can be looked at. */
  void announce(Started run) {
    console.note("Run " + run.runId());
    run.links().webUi(run.runId()).ifPresent(link -> console.note("  Web UI  " + link));
    console.note("  CLI     " + run.links().temporalCommand(run.runId()));
  }

  /** What a program that does not follow the run needs to know. */
  Map<String, Object> describe(Started run) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("run_id", run.runId());
    answer.put("execution_run_id", run.execution().getRunId());
    answer.put("task_queue", run.project().queue());
    answer.put("repository", run.project().repository().toString());
    answer.put("address", run.server().target().address());
    answer.put("namespace", run.server().target().namespace());
    answer.put("web_ui", run.links().webUi(run.runId()).map(URI::toString).orElse(null));
    return answer;
  }

  /**
   * Shows the run until it ends, or until nothing in it goes on without a person.
   *
   * @throws CommandFailure if the run could not begin
   */
  Ended follow(Started run, boolean mayAsk) throws InterruptedException {
    String worker = Workers.commandFor(session, run.project().repository());
    return follow(run.runId(), run.server(), worker, mayAsk);
  }

  /**
   * Shows a run until it ends, or until nothing in it goes on without a person.
   *
   * @param workerCommand what to type to start a worker for it
   * @param mayAsk whether a person is there to answer
   * @throws CommandFailure if the run could not begin
   */
  Ended follow(
      String runId, TemporalConnection server, String workerCommand, boolean mayAsk)
      throws InterruptedException {
    RunView view = view();
    String typed = session.launcher().typed();
    String id = Shell.word(runId);
    String notice =
        "\nThe run goes on. To look at it: "
            + typed
            + " status "
            + id
            + "; to stop it: "
            + typed
            + " cancel "
            + id;
    InterruptNotice interrupt = InterruptNotice.install(console, view, notice);
    try {
      Attendant attendant = new Attendant(session, server, runId, view, mayAsk);
      Followed followed = new Follower(server, view, workerCommand, attendant).follow(runId);
      return switch (followed) {
        case Followed.Ended ended -> end(runId, server, ended.outcome(), view);
        case Followed.Waiting waiting -> {
          attendant.farewell();
          yield new Ended(null, waiting.page(), ExitCode.WAITING);
        }
      };
    } finally {
      interrupt.remove();
      view.end();
    }
  }

  private Ended end(
      String runId, TemporalConnection server, RunOutcome outcome, RunView view) {
    return switch (outcome) {
      case RunOutcome.Reported reported -> ended(reported.report(), view);
      case RunOutcome.Cancelled ignored -> {
        RunReader reader = new RunReader(session, server);
        yield ended(reader.report(reader.find(runId)), view);
      }
      case RunOutcome.Broken broken -> {
        view.note(broken.message());
        yield new Ended(null, null, ExitCode.NOT_SUCCESSFUL);
      }
    };
  }

  private static Ended ended(RunReport report, RunView view) {
    RunReport whole = ReportStore.whole(report);
    view.last(whole.events());
    return new Ended(whole, null, exitCode(whole.status()));
  }

  /** What a command ends with that waited for a run. */
  static ExitCode exitCode(RunStatus status) {
    return switch (status) {
      case COMPLETED -> ExitCode.OK;
      case PARTIAL, FAILED, ROLLED_BACK, CANCELLED -> ExitCode.NOT_SUCCESSFUL;
      case PREPARING, RUNNING, CANCELLING ->
        throw new IllegalStateException("the run has not ended: " + status.key());
    };
  }

  /** Prints the report for people, and where the run can be looked at. */
  void print(Started run, RunReport report) {
    print(run.runId(), report, run.project().metrics(), run.links());
  }

  /** Prints the report with those figures for people, and where the run can be looked at. */
  void print(String runId, RunReport report, List<Metric> metrics, RunLinks links) {
    int width = console.screen().width().getAsInt();
    List<String> lines =
        ReportText.render(report, metrics, console.outStyle(), width).lines().toList();
    lines.forEach(console.out()::println);
    links.webUi(runId).ifPresent(link -> console.out().println("Web UI     " + link));
    console.out().flush();
  }

  private RunView view() {
    Clock clock = Clock.system(ZoneId.systemDefault());
    return console.screen().errTerminal()
        ? new BlockView(console.err(), console.errStyle(), console.screen().width(), clock)
        : new LineView(console.err(), clock.getZone());
  }
}
