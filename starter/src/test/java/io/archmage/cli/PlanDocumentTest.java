package io.archmage.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
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
    ByteArrayInputStream content = new ByteArrayInputStream(new byte[] {(byte) 0xff, 0});

    assertThatThrownBy(() -> PlanDocument.read(content, "plan.yaml", "plan"))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("plan.yaml is not UTF-8 text.");
  }

  private static PlanDocument document(String text) {
    return new PlanDocument(text, "plan.yaml", "plan");
  }
}
