package io.archmage.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.archmage.plan.ProblemText;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.RawValue;
import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.Test;

class PlanDocumentTest {

  @Test
  void shouldSendJsonByteForByte() {
    String text = "{\n  \"tasks\": [ ]\n}\n";

    Object argument = document(text).argument();

    assertThat(argument).isInstanceOf(RawValue.class);
    Payload payload = ((RawValue) argument).getPayload();
    assertThat(payload.getData().toStringUtf8()).isEqualTo(text);
    assertThat(payload.getMetadataOrThrow("encoding").toStringUtf8()).isEqualTo("json/plain");
  }

  @Test
  void shouldSendJsonWithCommentsAsText() {
    assertThat(document("{ // why\n \"tasks\": [] }").argument())
        .isEqualTo("{ // why\n \"tasks\": [] }");
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
        .hasMessage("plan.yaml is not UTF-8 text.")
        .extracting(failure -> ProblemText.render(((CommandFailure) failure).problems()))
        .isEqualTo(
            """
                plan.yaml:1:1: byte 0xFF is not valid UTF-8
                    fix: Save the file as UTF-8.
                1 problem in plan.yaml
                """);
  }

  private static PlanDocument document(String text) {
    return new PlanDocument(text, "plan.yaml", "plan");
  }
}
