package io.archmage.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupNameTest {

  private static String epic(String id, String name) {
    return GroupName.of(new TaskGroup(id, TaskGroup.Kind.EPIC, name));
  }

  private static String group(String id) {
    return GroupName.of(new TaskGroup(id, TaskGroup.Kind.GROUP, null));
  }

  @Test
  void shouldNameBranchesAsTheGuideDoes() throws Exception {
    JsonNode cases =
        new ObjectMapper()
            .readTree(Path.of("src/test/resources/plans/S2-06-branch-naming.json").toFile())
            .get("cases");
    assertThat(cases).hasSize(4);
    for (JsonNode each : cases) {
      String name = epic(each.get("epic_id").asText(), each.get("epic_name").asText());
      if (each.has("branch")) {
        assertThat(name).isEqualTo(each.get("branch").asText());
      } else {
        assertThat(name)
            .startsWith(each.get("branch_prefix").asText())
            .hasSizeLessThanOrEqualTo(each.get("max_length").asInt());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "backend, backend", "'User Auth', user-auth", "a/b_c.d, a-b-c-d", "' -x- ', x",
    "Ünïcode Größe, unicode-groe", "COM1, com1-group", "lpt9, lpt9-group", "com10, com10",
    "a..b, a-b", "x.lock, x-lock"
  })
  void shouldNameOtherGroupsByThemselves(String id, String name) {
    assertThat(group(id)).isEqualTo(name);
  }

  @Test
  void shouldTellEpicsApartByTheirIds() {
    String name = "long ".repeat(80);

    assertThat(epic("1", name)).hasSizeBetween(190, 200).doesNotEndWith("-");
    assertThat(epic("1", name)).isNotEqualTo(epic("2", name));
    assertThat(epic("7", null)).isEqualTo("epic-7");
    assertThat(epic("7", "データ")).isEqualTo("epic-7");
    assertThat(group("データ")).startsWith("group-").isNotEqualTo(group("設計"));
    assertThat(GroupName.with(epic("1", name), "run-1")).hasSize(200).endsWith("-run-1");
  }

  @Test
  void shouldAlwaysGiveALegalName() {
    for (long seed = 0; seed < 5_000; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder("x");
      for (int i = random.nextInt(260); i > 0; i--) {
        text.appendCodePoint(
            random.nextInt(8) == 0 ? random.nextInt(0x2fff) + 1 : ' ' + random.nextInt(95));
      }
      for (TaskGroup.Kind kind : TaskGroup.Kind.values()) {
        assertThat(GroupName.of(new TaskGroup(text.toString(), kind, null)))
            .as("seed " + seed)
            .matches("[a-z0-9]+(-[a-z0-9]+)*")
            .hasSizeLessThanOrEqualTo(GroupName.LONGEST);
      }
    }
  }
}
