package io.archmage.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PlanDocumentTest {

  @Test
  void shouldSendJsonAsATreeWithoutItsComments() {
    Object argument = document("{ // why\n \"tasks\": [] }").argument();

    assertThat(argument).isInstanceOf(JsonNode.class).hasToString("{\"tasks\":[]}");
  }

  @Test
  void shouldSendAnythingElseAsText() {
    assertThat(document("tasks:\n- id: A\n").argument()).isEqualTo("tasks:\n- id: A\n");
    assertThat(document("[a, b").argument()).isEqualTo("[a, b");
  }

  @Test
  void shouldRefuseWhatIsNotText() {
    PlanDocument document = new PlanDocument(new byte[] {(byte) 0xff, 0}, "plan.yaml", "plan");

    assertThatThrownBy(document::argument)
        .isInstanceOf(CommandFailure.class)
        .hasMessage("plan.yaml is not UTF-8 text.");
  }

  private static PlanDocument document(String text) {
    return new PlanDocument(text.getBytes(StandardCharsets.UTF_8), "plan.yaml", "plan");
  }
}
