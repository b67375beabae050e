package io.archmage.cli;

import io.archmage.server.ServerTarget;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Where else a run can be looked at. */
final class RunLinks {

  private final ServerTarget target;

  RunLinks(ServerTarget target) {
    this.target = target;
  }

  /** The run in the Web UI, if that is known. */
  Optional<URI> webUi(String runId) {
    return target
        .ui()
        .map(ui -> ui
            .resolve("/namespaces/" + part(target.namespace()) + "/workflows/" + part(runId)));
  }

  /** What to type to look at the run with Temporal's own command line. */
  String temporalCommand(String runId) {
    return target.cliLine() + " workflow describe --workflow-id " + Shell.word(runId);
  }

  private static String part(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
