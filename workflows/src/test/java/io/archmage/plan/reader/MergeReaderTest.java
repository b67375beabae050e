package io.archmage.plan.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.plan.ConflictPolicy;
import io.archmage.plan.MergeRules;
import io.archmage.plan.MergeSettings;
import io.archmage.plan.MergeSettings.GitMerge;
import io.archmage.plan.MergeSettings.ResultMerge;
import io.archmage.plan.PlanJson;
import io.archmage.plan.PlanProblem;
import io.archmage.plan.document.DocumentReader;
import io.archmage.plan.document.DocumentReading;
import io.archmage.plan.document.DocumentSyntax;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergeReaderTest {

  private static final String TASKS = "\ntasks: [{id: A, familiar: codex}]\n";

  @ParameterizedTest
  @CsvSource({
    "merge_strategy: collect_all, COLLECT_ALL,",
    "merge_strategy: collect_changes, COLLECT_CHANGES,",
    "merge_strategy: smart_merge, SMART_MERGE,",
    "merge_strategy: regular, , REGULAR",
    "merge_strategy: squash, , SQUASH",
    "merge_strategy: {type: smart_merge}, SMART_MERGE,",
    "result_merge: smart_merge, SMART_MERGE,",
    "git_merge: squash, , SQUASH",
  })
  void shouldRouteByValue(String line, ResultMerge result, GitMerge git) {
    MergeSettings settings = settings(line);
    assertThat(settings.result()).isEqualTo(result);
    assertThat(settings.git()).isEqualTo(git);
    assertThat(settings.smart().isPresent()).isEqualTo(result == ResultMerge.SMART_MERGE);
  }

  @Test
  void shouldReadEveryRule() {
    MergeSettings settings =
        settings(
            """
                git_merge: squash
                merge_strategy:
                  type: smart_merge
                  rules: {same_function: merge, different_functions: serialize,
                    imports: conflict, types: conflict}
                  conflict_handling: {auto_resolvable: ask, manual_required: pause_and_notify}
                """);
    assertThat(settings)
        .isEqualTo(
            new MergeSettings(
                ResultMerge.SMART_MERGE,
                new MergeRules(
                    MergeRules.SameFunction.MERGE,
                    MergeRules.DifferentFunctions.SERIALIZE,
                    MergeRules.Union.CONFLICT,
                    MergeRules.Union.CONFLICT,
                    MergeRules.Resolutions.ASK,
                    ConflictPolicy.ASK),
                GitMerge.SQUASH));
  }

  @Test
  void shouldLetThePlanWin() {
    MergeSettings configured = settings("merge_strategy: smart_merge\ngit_merge: squash");
    assertThat(settings("merge_strategy: collect_all").over(configured))
        .isEqualTo(new MergeSettings(ResultMerge.COLLECT_ALL, null, GitMerge.SQUASH));
    assertThat(settings("git_merge: regular").over(configured))
        .isEqualTo(
            new MergeSettings(ResultMerge.SMART_MERGE, MergeRules.DEFAULT, GitMerge.REGULAR));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "merge_strategy: octopus | expected one of collect_all, collect_changes, smart_merge,"
            + " regular, squash",
        "merge_strategy: 7 | expected text or a mapping",
        "merge_strategy: {} | \"type\" of \"merge_strategy\" of the plan is missing",
        "merge_strategy: {type: squash} | expected one of collect_all",
        "merge_strategy: {type: smart_merge, rule: {}} | unknown key \"rule\"",
        "merge_strategy: {type: smart_merge, rules: {import: union}} | unknown key \"import\"",
        "merge_strategy: {type: smart_merge, rules: {imports: merge}} | expected one of union",
        "merge_strategy: {type: collect_all, rules: {imports: union}} | has no effect without type",
        "merge_strategy: {type: smart_merge, conflict_handling: {auto_resolvable: ask}}"
            + " | nobody is asked",
      })
  void shouldRefuseWhatWouldHaveNoEffect(String line, String message) {
    assertThat(problems(line)).singleElement().asString().contains(message);
  }

  @Test
  void shouldRefuseTwoAnswers() {
    assertThat(problems("merge_strategy: smart_merge\nresult_merge: collect_all"))
        .singleElement()
        .asString()
        .contains("says the same");
  }

  @Test
  void shouldSurviveStorage() {
    PlanReading.Read read = (PlanReading.Read) reading("merge_strategy: smart_merge");
    assertThat(PlanJson.read(PlanJson.write(read.plan()))).isEqualTo(read.plan());
  }

  private static MergeSettings settings(String lines) {
    PlanReading reading = reading(lines);
    assertThat(reading).isInstanceOf(PlanReading.Read.class);
    return ((PlanReading.Read) reading).plan().merge();
  }

  private static List<String> problems(String lines) {
    PlanReading reading = reading(lines);
    assertThat(reading).isInstanceOf(PlanReading.Problems.class);
    return ((PlanReading.Problems) reading)
        .problems()
        .stream()
        .map(PlanProblem::message)
        .toList();
  }

  private static PlanReading reading(String lines) {
    byte[] document = (lines + TASKS).getBytes(StandardCharsets.UTF_8);
    DocumentReading parsed = DocumentReader.read(document, DocumentSyntax.UNKNOWN);
    return PlanReader.read(((DocumentReading.Parsed) parsed).root(), path -> List.of());
  }
}
