package io.archmage.cli;

import io.archmage.preview.DependencyTree;
import io.archmage.preview.PlanView;
import io.archmage.preview.PlanViews;
import io.archmage.render.PlanAscii;
import io.archmage.render.PlanHtml;
import io.archmage.render.PlanMermaid;
import io.archmage.render.PlanText;
import io.archmage.render.PlanTree;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code archmage plan PLAN}. */
@Command(
    name = "plan",
    description = "Shows how a plan would run: batches, reasons, conflicts and times by estimates."
        + " Runs nothing and needs no server.")
final class PlanCommand extends Subcommand {

  /** How a plan is printed. */
  enum Format {
    TEXT, JSON, MERMAID, ASCII, HTML
  }

  @Parameters(paramLabel = "PLAN",
      description = "The plan's file, or - for standard input.")
  private String plan;

  @Option(
      names = "--tree",
      description = "Print only the dependency tree, with its circles if it has any.")
  private boolean tree;

  @Option(
      names = "--format",
      paramLabel = "text|json|mermaid|ascii|html",
      defaultValue = "text",
      description = "How it is printed; html is one file with nothing outside it."
          + " Default: ${DEFAULT-VALUE}.")
  private Format format;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Show only the tasks of that batch, from 1.")
  private @Nullable Integer batch;

  @Mixin
  private ProjectOptions project;
  @Mixin
  private PlanningOptions planning;
  @Mixin
  private JsonOption json;

  @Override
  ExitCode execute(Session session) {
    Console console = session.console();
    Format chosen = json.wanted() ? Format.JSON : format;
    if (tree && (chosen != Format.TEXT || batch != null)) {
      throw CommandFailure.invalid(
          "--tree shows the whole plan as text; leave out --format, --json and --batch.");
    }
    PlanDocument document = PlanDocument.read(plan, console);
    OpenedProject opened =
        session
            .engine()
            .openProject(
                session.state(), project.repository(console), project.configuration(console));
    OpenedProject.Outlook outlook = opened.outlook(document, planning.toRunOptions());
    if (tree && outlook.cyclic() != null) {
      print(outlook.cyclic(), console);
    }
    PlanView view = Plans.view(outlook, document);
    if (tree) {
      print(DependencyTree.of(view), console);
    } else {
      print(batch == null ? view : only(view, batch), chosen, console);
    }
    return ExitCode.OK;
  }

  private static PlanView only(PlanView view, int batch) {
    if (batch < 1 || batch > view.batchCount()) {
      throw CommandFailure.invalid(
          "--batch is "
              + batch
              + "; the plan has batch"
              + (view.batchCount() == 1 ? " 1." : "es 1 to " + view.batchCount() + "."));
    }
    return PlanViews.onlyBatch(view, batch);
  }

  private static void print(DependencyTree tree, Console console) {
    console.out().print(PlanTree.render(tree, console.outStyle()));
    console.out().flush();
  }

  private static void print(PlanView view, Format format, Console console) {
    for (String warning : Plans.safe(view.warnings())) {
      console.note("warning: " + warning);
    }
    int width = console.screen().width().getAsInt();
    String text =
        switch (format) {
          case TEXT -> PlanText.render(view, console.outStyle(), width);
          case JSON -> Json.write(view) + "\n";
          case MERMAID -> mermaid(view, console);
          case ASCII -> PlanAscii.render(view, width);
          case HTML -> PlanHtml.render(view);
        };
    console.out().print(text);
    console.out().flush();
  }

  private static String mermaid(PlanView view, Console console) {
    String text = PlanMermaid.render(view);
    if (!PlanMermaid.drawable(text)) {
      console.note(
          "warning: Mermaid usually draws at most "
              + PlanMermaid.MAX_EDGES
              + " edges and "
              + PlanMermaid.MAX_TEXT
              + " characters; --batch N or --format html shows this plan.");
    }
    return text;
  }
}
