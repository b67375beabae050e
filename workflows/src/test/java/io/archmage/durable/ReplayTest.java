package io.archmage.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.testing.WorkflowReplayer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Replays histories of real runs, so that a change of the workflows that would strand open runs is
 * noticed. A history is added with {@code temporal workflow show -o json}; none is ever changed.
 */
class ReplayTest {

  private static final Pattern DATA = Pattern.compile("\"data\": \"([A-Za-z0-9+/=]+)\"");

  private static String history(String name) throws IOException {
    try (InputStream file = ReplayTest.class.getResourceAsStream("/histories/" + name + ".json")) {
      assertThat(file).as(name).isNotNull();
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mixed", "parallel", "staged", "pipeline", "fan_out", "invalid", "cancelled", "limited",
        "fail_fast", "person", "rollback", "shared", "groups", "held"
      })
  void shouldReplay(String name) throws Exception {
    WorkflowReplayer.replayWorkflowExecution(history(name), PlanWorkflowImpl.class,
        PlanRuns.MORE_TYPES);
  }

  /** A worker that prepared the run knew of rollbacks, the one that ran its workflow did not. */
  @ParameterizedTest
  @ValueSource(strings = {"staged", "person"})
  void shouldReplayARunThatBeganWithoutCheckpoints(String name) throws Exception {
    String prepared =
        DATA.matcher(history(name)).replaceAll(data -> "\"data\": \"" + withRollback(data) + "\"");

    assertThat(prepared).isNotEqualTo(history(name));
    WorkflowReplayer.replayWorkflowExecution(prepared, PlanWorkflowImpl.class, PlanRuns.MORE_TYPES);
  }

  /** The same with slots that tasks leave to others. */
  @Test
  void shouldReplayARunThatBeganWithoutHolds() throws Exception {
    String prepared =
        DATA.matcher(history("mixed")).replaceAll(data -> "\"data\": \"" + withHolds(data) + "\"");

    assertThat(prepared).isNotEqualTo(history("mixed"));
    WorkflowReplayer.replayWorkflowExecution(prepared, PlanWorkflowImpl.class, PlanRuns.MORE_TYPES);
  }

  private static String withRollback(MatchResult data) {
    return changed(data, "}$", ",\"rollback\":{\"checkpoints\":true,\"undo\":true}}");
  }

  private static String withHolds(MatchResult data) {
    return changed(data, "\"timeout_ms\":", "\"held_for\":[0],\"timeout_ms\":");
  }

  /** The payload with a change, if it is a prepared plan. */
  private static String changed(MatchResult data, String what, String by) {
    String text = new String(Base64.getDecoder().decode(data.group(1)), StandardCharsets.UTF_8);
    return text.contains("\"plan_id\"")
        ? Base64.getEncoder()
            .encodeToString(text.replaceAll(what, by).getBytes(StandardCharsets.UTF_8))
        : data.group(1);
  }

  @Test
  void shouldNoticeAHistoryThatItWouldNotHaveMade() throws Exception {
    String changed = history("staged").replace("invokeFamiliar", "somethingElse");

    assertThatThrownBy(
        () -> WorkflowReplayer.replayWorkflowExecution(changed, PlanWorkflowImpl.class,
            PlanRuns.MORE_TYPES))
        .hasMessageContaining("somethingElse");
  }
}
