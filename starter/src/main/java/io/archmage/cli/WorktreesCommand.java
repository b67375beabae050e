package io.archmage.cli;

import io.archmage.render.WorktreeText;
import io.archmage.report.WorktreePage;
import io.archmage.server.TemporalConnection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code archmage worktrees RUN}. */
@Command(
    name = "worktrees",
    description = "Shows the groups of a run: where each stands, its branch and its worktree.")
final class WorktreesCommand extends Subcommand {

  @Mixin
  private RunArgument run;

  @Mixin
  private ServerOption server;

  @Mixin
  private JsonOption json;

  @Override
  ExitCode execute(Session session) {
    Console console = session.console();
    try (TemporalConnection connection = Servers.connect(session, server.value())) {
      RunReader reader = new RunReader(session, connection);
      WorktreePage page = reader.worktrees(reader.find(run.value()));
      if (json.wanted()) {
        console.out().println(Json.write(page));
      } else {
        int width = console.screen().width().getAsInt();
        WorktreeText.lines(page.worktrees(), console.outStyle(), width)
            .forEach(console.out()::println);
      }
      return ExitCode.OK;
    }
  }
}
