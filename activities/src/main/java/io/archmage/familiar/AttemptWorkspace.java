package io.archmage.familiar;

import io.archmage.config.WorkspaceRules;
import io.archmage.contract.AttemptFailure.Kind;
import io.archmage.contract.InvokeRequest;
import io.archmage.fault.Step;
import io.archmage.git.CommitId;
import io.archmage.git.GitException;
import io.archmage.process.CommandUnavailableException;
import io.archmage.process.EndReason;
import io.archmage.process.InheritedVariables;
import io.archmage.process.OutputTail;
import io.archmage.process.ProcessExit;
import io.archmage.process.ProcessSpec;
import io.archmage.process.SupervisedProcess;
import io.archmage.process.Supervisor;
import io.archmage.project.Project;
import io.archmage.workspace.Lease;
import io.archmage.workspace.PortRanges;
import io.archmage.workspace.TreeRemover;
import io.archmage.workspace.Workspace;
import io.archmage.workspace.WorkspacePool;
import io.archmage.workspace.WorkspaceSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The workspace of an attempt: taken from the pool, made ready, opened again. */
final class AttemptWorkspace {

  private static final int SAID = 500;

  private final Project project;
  private final Supervisor supervisor;
  private final InvokeRequest request;
  private final AttemptFolder folder;
  private final AttemptControl control;
  private final WorkspacePool pool;
  private final Lease.Holder holder;
  private final WorkspaceRules rules;

  /**
   * A workspace that is ready.
   *
   * @param workspace at the attempt's base
   * @param portBase the first of its own ports
   */
  record Ready(Workspace workspace, int portBase) {}

  AttemptWorkspace(
      Project project,
      Supervisor supervisor,
      InvokeRequest request,
      AttemptFolder folder,
      AttemptControl control) {
    this.project = project;
    this.supervisor = supervisor;
    this.request = request;
    this.folder = folder;
    this.control = control;
    this.pool = WorkspacePool.of(project);
    this.holder = holder(request);
    this.rules = project.configuration().workspace();
  }

  /** A task has one workspace at a time. */
  static Lease.Holder holder(InvokeRequest request) {
    return new Lease.Holder(request.run(), request.task());
  }

  /**
   * Takes one from the pool and brings it to the attempt's base.
   *
   * @param worker the worker's own variables
   * @return empty if it was let go before it was ready
   * @throws NotReadyException if the configuration asks for what cannot be had here
   */
  Optional<Ready> prepare(Map<String, String> worker)
      throws IOException, InterruptedException, NotReadyException {
    control.tell("preparing the workspace");
    Workspace workspace = lease();
    int ports = new PortRanges(project.state().resolveSibling(".ports")).claim(workspace.files());
    new WorkspaceCopies(project.path(), workspace.files()).copy(rules.copies());
    Step.WORKSPACE_READY.reached();
    return rules.setup().isEmpty() || isSetUp(workspace, worker, ports)
        ? Optional.of(new Ready(workspace, ports))
        : Optional.empty();
  }

  private Workspace lease() throws IOException {
    Lease lease = pool.lease(holder);
    Step.WORKSPACE_LEASED.reached();
    try {
      return prepared(lease);
    } catch (GitException spoilt) {
      // Somebody was at it. If it is not that, a new one will say so.
      pool.discard(lease);
      return prepared(pool.lease(holder));
    }
  }

  private Workspace prepared(Lease lease) {
    return Workspace.prepare(
        project.repository(),
        lease.root(),
        new CommitId(request.base()),
        WorkspaceSettings.of(rules),
        lease.ignoredFiles());
  }

  /** The workspace with what a familiar left, empty if the files are gone. */
  Optional<Workspace> salvage() throws IOException {
    Optional<Lease> lease = pool.leased(holder);
    return lease.isEmpty()
        ? Optional.empty()
        : Workspace.salvage(
            project.repository(),
            lease.get().root(),
            new CommitId(request.base()),
            WorkspaceSettings.of(rules));
  }

  private boolean isSetUp(Workspace workspace, Map<String, String> worker, int ports)
      throws IOException, InterruptedException, NotReadyException {
    String key =
        new SetupKey(project.repository(), rules)
            .at(new CommitId(request.base()), workspace.files());
    if (workspace.hasSetup(key)) {
      return true;
    }
    control.tell("running the setup command");
    Path journal = folder.setupJournal();
    // A worker that died meanwhile may have left one, running or ended.
    supervisor.reap(journal);
    TreeRemover.remove(journal);
    Optional<ProcessExit> exit = setUp(workspace, journal, worker, ports);
    if (exit.isEmpty()) {
      return false;
    }
    Step.SETUP_ENDED.reached();
    if (!exit.get().isSuccess()) {
      throw new NotReadyException(Kind.EXIT, complaint(exit.get(), journal));
    }
    TreeRemover.remove(journal);
    workspace.markSetup(key);
    return true;
  }

  private Optional<ProcessExit> setUp(
      Workspace workspace, Path journal, Map<String, String> worker, int ports)
      throws IOException, InterruptedException, NotReadyException {
    Map<String, String> environment = InheritedVariables.of(worker);
    environment.put("TMPDIR", folder.temporary().toString());
    environment.put(FamiliarCommand.PORT_BASE, Integer.toString(ports));
    try {
      SupervisedProcess process =
          supervisor.start(
              journal,
              ProcessSpec.of(rules.setup(), workspace.files(), environment, Path.of("/dev/null"))
                  .withWallTimeout(rules.setupTimeout()));
      return new AttemptFollower(process, control, folder.stalled(), null)
          .follow()
          .map(AttemptFollower.Followed::exit);
    } catch (CommandUnavailableException unavailable) {
      throw new NotReadyException(
          Kind.UNAVAILABLE, "workspace.setup cannot start: " + unavailable.getMessage());
    }
  }

  private static String complaint(ProcessExit exit, Path journal) throws IOException {
    String said =
        OutputTail.tail(journal.resolve("err"), SAID).text().strip()
            + OutputTail.tail(journal.resolve("out"), SAID).text().strip();
    String last = said.lines().reduce("", (before, line) -> line);
    return "workspace.setup "
        + (exit.reason() == EndReason.EXITED
            ? "exited with " + exit.code()
            : "was ended: " + exit.reason().word())
        + (last.isEmpty() ? "" : ": " + last);
  }
}
