package io.archmage.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code archmage validate PLAN}. */
@Command(
    name = "validate",
    description = "Checks a plan against its repository and configuration; runs nothing.")
final class ValidateCommand extends Subcommand {

  @Parameters(paramLabel = "PLAN",
      description = "The plan's file, or - for standard input.")
  private String plan;

  @Mixin
  private ProjectOptions project;
  @Mixin
  private ChoiceOptions choices;
  @Mixin
  private JsonOption json;

  @Override
  ExitCode execute(Session session) {
    Console console = session.console();
    PlanDocument document = PlanDocument.read(plan, console);
    OpenedProject opened =
        session
            .engine()
            .openProject(
                session.state(), project.repository(console), project.configuration(console));
    List<String> warnings = Plans.check(opened, document, choices.toRunOptions());
    warnings.forEach(warning -> console.note("warning: " + warning));
    if (json.wanted()) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("plan", document.fileName());
      answer.put("repository", opened.repository().toString());
      answer.put("problems", List.of());
      answer.put("warnings", warnings);
      console.out().println(Json.write(answer));
    } else {
      console.out().println(document.fileName() + ": no problems");
    }
    return ExitCode.OK;
  }
}
