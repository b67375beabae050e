package io.archmage.cli;

import io.archmage.doctor.Check;
import io.archmage.doctor.ConfigurationCheck;
import io.archmage.doctor.Doctor;
import io.archmage.doctor.Finding;
import io.archmage.doctor.FindingsText;
import io.archmage.doctor.LeftoverCheck;
import io.archmage.doctor.LockCheck;
import io.archmage.doctor.MachineCheck;
import io.archmage.doctor.RefsCheck;
import io.archmage.doctor.RemoteCheck;
import io.archmage.doctor.RepositoryCheck;
import io.archmage.doctor.ServerCheck;
import io.archmage.doctor.WorktreeCheck;
import io.archmage.git.GitVersion;
import io.archmage.server.ServerException;
import io.archmage.server.ServerResolver;
import io.archmage.server.ServerTarget;
import io.archmage.server.TemporalCli;
import io.archmage.server.TemporalConnection;
import io.archmage.settings.CacheDirectory;
import io.archmage.settings.OperatingSystem;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code archmage doctor}. */
@Command(
    name = "doctor",
    description = {
      "Looks at what runs need on this machine and says what to do about what is missing.",
      "Starts and fetches nothing. Ends with 3 if there is a problem."
    })
final class DoctorCommand extends Subcommand {

  @Mixin
  private ProjectOptions project;

  @Mixin
  private ServerOption server;

  @Mixin
  private JsonOption json;

  @Override
  ExitCode execute(Session session) {
    Console console = session.console();
    List<Finding> findings;
    try (ServerFates fates = new ServerFates(connection(session))) {
      findings = Doctor.examine(checks(session, fates));
    }
    boolean well = Doctor.isWell(findings);
    if (json.wanted()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("ok", well);
      document.put("findings", findings.stream().map(DoctorCommand::describe).toList());
      console.out().println(Json.write(document));
    } else {
      console.out().print(FindingsText.render(findings, console.outStyle()));
    }
    return well ? ExitCode.OK : ExitCode.ENVIRONMENT;
  }

  private static Map<String, Object> describe(Finding finding) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("check", finding.check());
    row.put("level", finding.level().key());
    row.put("message", finding.message());
    row.put("fix", finding.fix());
    return row;
  }

  private List<Check> checks(Session session, ServerFates fates) {
    Console console = session.console();
    Path repository = project.repository(console);
    Path configuration = project.configuration(console);
    Map<String, String> environment = console.environment();
    return List.of(
        new MachineCheck(Runtime.version(), GitVersion::ofThisMachine, session::state),
        new ServerCheck(
            () -> TemporalCli.installed(
                environment, CacheDirectory.of(environment, OperatingSystem.current())),
            () -> target(session)),
        new RepositoryCheck(repository),
        new ConfigurationCheck(session.state(), repository, configuration, environment),
        new RemoteCheck(session.state(), repository, configuration),
        new LeftoverCheck(
            session.state(), run -> fates.find(run.runId(), run.execution()).state()),
        new RefsCheck(repository, fates),
        new WorktreeCheck(repository),
        new LockCheck(repository));
  }

  private Optional<ServerTarget> target(Session session) {
    return new ServerResolver(
        session.console().environment(), OperatingSystem.current(), session.state())
        .existing(Servers.choice(server.value()));
  }

  private @Nullable TemporalConnection connection(Session session) {
    try {
      return target(session).map(TemporalConnection::new).orElse(null);
    } catch (ServerException e) {
      return null; // Told by the check of the server.
    }
  }
}
