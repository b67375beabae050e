package io.archmage.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.archmage.contract.RunKey;
import io.archmage.familiar.AbandonedAttempt;
import io.archmage.fault.Step;
import io.archmage.git.RunRefs;
import io.archmage.process.Supervisor;
import io.archmage.project.Project;
import io.archmage.project.RunFolders;
import io.archmage.share.RunShare;
import io.archmage.workspace.Lease;
import io.archmage.workspace.TreeRemover;
import io.archmage.workspace.WorkspacePool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Stores the report of a run and removes everything it had on this machine. */
public final class RunClosing {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Project project;
  private final Supervisor supervisor;
  private final RunKey run;

  /** Closes that run of the project. */
  public RunClosing(Project project, Supervisor supervisor, RunKey run) {
    this.project = project;
    this.supervisor = supervisor;
    this.run = run;
  }

  /** Stores the report, removes what is left, and returns the report's ref. */
  String close(JsonNode report, RunShare share) throws IOException, InterruptedException {
    String ref = new RunRefs(run.name()).report();
    JsonNode whole = new WholeReport(project.repository(), run).complete(report, ref);
    byte[] json = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(whole);
    project.repository().refs().set(ref, project.repository().objects().writeBlob(json));
    share.keep(List.of(ref));
    KeptTimes.keep(project, run, whole);
    Step.REPORT_STORED.reached();
    remove(project, supervisor, project.folders().run(run));
    return ref;
  }

  /** Ends every process of a run's folder and deletes it; what its attempts left is kept in git. */
  public static void remove(Project project, Supervisor supervisor, Path runFolder)
      throws IOException, InterruptedException {
    RunFolders folders = project.folders();
    for (Path attempt : folders.attempts(runFolder)) {
      AbandonedAttempt.end(project, supervisor, attempt);
    }
    // The folder goes last: as long as it is there, somebody looks after the rest.
    Optional<RunKey> run = folders.owner(runFolder);
    WorkspacePool pool = WorkspacePool.of(project);
    for (Lease lease : pool.leases()) {
      if (run.filter(lease.holder().run()::equals).isPresent()) {
        pool.release(lease);
      }
    }
    Step.LEASES_RELEASED.reached();
    TreeRemover.remove(runFolder);
    Step.RUN_FOLDER_REMOVED.reached();
  }
}
