package io.archmage.cli;

import io.archmage.gc.GcItem;
import io.archmage.gc.GcRequest;
import io.archmage.render.Bytes;
import io.archmage.render.Tables;
import io.archmage.render.TerminalSafe;
import io.archmage.server.ServerException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code archmage gc}. */
@Command(
    name = "gc",
    description = {
      "Removes what ended runs left: refs and branches whose work another branch or tag has,",
      "folders, old logs, dead locks. Open runs, unpublished work, and runs of which nothing is",
      "known stay and are named. Never runs 'git gc'."
    })
final class GcCommand extends Subcommand {

  /** Why something stays is told whole, on however narrow a terminal. */
  private static final int UNCUT = 10_000;

  @Option(
      names = "--older-than",
      paramLabel = "TIME",
      defaultValue = "7d",
      converter = DurationConverter.class,
      description = "Only what ended that long ago: 30m, 12h, 7d. Default: ${DEFAULT-VALUE}.")
  private Duration olderThan;

  @Option(names = "--dry-run", description = "Say what would be removed and change nothing.")
  private boolean dryRun;

  @Option(
      names = "--unmerged",
      description = "Remove the work of attempts that was never merged, too. It is lost then.")
  private boolean unmerged;

  @Mixin
  private ProjectOptions project;

  @Mixin
  private ServerOption server;

  @Mixin
  private JsonOption json;

  @Override
  ExitCode execute(Session session) throws Exception {
    Console console = session.console();
    OpenedProject opened =
        session
            .engine()
            .openProject(
                session.state(), project.repository(console), project.configuration(console));
    GcRequest request = new GcRequest(olderThan, dryRun, unmerged, Instant.now());
    List<GcItem> items;
    try (ServerFates fates = fates(session)) {
      items = opened.collectGarbage(request, fates);
    }
    if (json.wanted()) {
      console.out().println(Json.write(describe(opened, items)));
    } else {
      print(items, console);
    }
    return ExitCode.OK;
  }

  /** Without a server, what the repository has is the only proof. */
  private ServerFates fates(Session session) {
    try {
      return new ServerFates(Servers.connect(session, server.value()));
    } catch (ServerException e) {
      session.console()
          .note("No server could be asked which runs are open: " + e.getMessage());
      return new ServerFates(null);
    }
  }

  private Map<String, Object> describe(OpenedProject opened, List<GcItem> items) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("repository", opened.repository().toString());
    document.put("dry_run", dryRun);
    document.put("older_than_ms", olderThan.toMillis());
    document.put("removed", rows(items, true));
    document.put("kept", rows(items, false));
    return document;
  }

  private static List<Map<String, Object>> rows(List<GcItem> items, boolean removed) {
    return items.stream()
        .filter(item -> item.removed() == removed)
        .map(
            item -> {
              Map<String, Object> row = new LinkedHashMap<>();
              row.put("kind", item.kind().key());
              row.put("what", item.what());
              row.put("run", item.run());
              row.put("count", item.count());
              row.put("bytes", item.bytes());
              row.put("because", item.because());
              row.put("unmerged", item.refs());
              return row;
            })
        .toList();
  }

  private void print(List<GcItem> items, Console console) {
    if (items.isEmpty()) {
      console.out().println("Runs have left nothing here.");
      return;
    }
    Tables table = new Tables("", "KIND", "WHAT", "HOW MUCH", "WHY");
    for (GcItem item : items) {
      table.row(
          Tables.Cell.of(action(item)),
          Tables.Cell.of(item.kind().key()),
          Tables.Cell.of(TerminalSafe.line(item.what())),
          Tables.Cell.of(amount(item)),
          Tables.Cell.of(TerminalSafe.line(item.because())));
    }
    table
        .lines(console.outStyle(), UNCUT)
        .forEach(console.out()::println);
    items.stream().filter(item -> !item.refs().isEmpty()).forEach(item -> unmerged(item, console));
    long removed = items.stream().filter(GcItem::removed).count();
    console.out()
        .printf(
            "%n%s %d of %d.%n", dryRun ? "Would remove" : "Removed", removed, items.size());
  }

  private String action(GcItem item) {
    if (!item.removed()) {
      return "kept";
    }
    return dryRun ? "would go" : "removed";
  }

  private static void unmerged(GcItem item, Console console) {
    console.out()
        .println("\nNever merged, " + (item.removed() ? "removed" : "kept") + ":");
    item.refs().forEach(ref -> console.out().println("  " + TerminalSafe.line(ref)));
  }

  private static String amount(GcItem item) {
    return switch (item.kind()) {
      case REFS -> item.count() + (item.count() == 1 ? " ref" : " refs");
      case FOLDER -> item.count() + " files, " + Bytes.text(item.bytes());
      case LOG -> Bytes.text(item.bytes());
      case LOCK -> "1 file";
    };
  }
}
