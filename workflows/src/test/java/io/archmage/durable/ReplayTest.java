package io.archmage.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.testing.WorkflowReplayer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Replays histories of real runs, so that a change of the workflows that would strand open runs is
 * noticed. A history is added with {@code temporal workflow show -o json}; none is ever changed.
 */
class ReplayTest {

  private static final Class<?>[] TYPES = {
    ParallelWorkflowImpl.class,
    StagedParallelWorkflowImpl.class,
    PipelineWorkflowImpl.class,
    FanOutFanInWorkflowImpl.class
  };

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
        "fail_fast", "person"
      })
  void shouldReplay(String name) throws Exception {
    WorkflowReplayer.replayWorkflowExecution(history(name), PlanWorkflowImpl.class, TYPES);
  }

  @Test
  void shouldNoticeAHistoryThatItWouldNotHaveMade() throws Exception {
    String changed = history("staged").replace("invokeFamiliar", "somethingElse");

    assertThatThrownBy(
        () -> WorkflowReplayer.replayWorkflowExecution(changed, PlanWorkflowImpl.class, TYPES))
        .hasMessageContaining("somethingElse");
  }
}
