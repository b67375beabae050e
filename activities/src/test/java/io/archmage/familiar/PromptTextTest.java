package io.archmage.familiar;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.plan.FamiliarName;
import io.archmage.plan.TaskId;
import io.archmage.plan.TaskSpec;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class PromptTextTest {

  private static final TaskId ID = new TaskId("T1");
  private static final FamiliarName CODEX = new FamiliarName("codex");

  private static final SequencedMap<String, Path> NOTHING = new LinkedHashMap<>();

  @Test
  void shouldNameTheTaskIfNothingElseIsKnown() {
    assertThat(PromptText.of(TaskSpec.builder(ID, CODEX).build(), Optional.empty(), NOTHING, null,
        CarriedFiles.NONE))
        .isEqualTo("Task: T1\n");
  }

  @Test
  void shouldSayAllThatIsKnown() {
    TaskSpec task =
        TaskSpec.builder(ID, CODEX)
            .description("  Write it.\nWell.\n")
            .action("implement")
            .inputs(List.of("a.md", "b/*.md"))
            .outputs(List.of("c.ts"))
            .reason("needs the model")
            .build();

    SequencedMap<String, Path> handed = new LinkedHashMap<>();
    handed.put("model", Path.of("/inputs/model"));
    handed.put("a/b", Path.of("/inputs/a%2fb"));

    assertThat(PromptText.of(task, Optional.of("\nThe file.\n"), handed, null, CarriedFiles.NONE))
        .isEqualTo(
            """
                The file.

                Write it.
                Well.

                Task: T1
                Action: implement
                Files to read: a.md, b/*.md
                Files to write: c.ts
                Input "model": /inputs/model
                Input "a/b": /inputs/a%2fb
                Depends on earlier work: needs the model
                """);
  }

  @Test
  void shouldSayWhyItIsAskedAgain() {
    TaskSpec task = TaskSpec.builder(ID, CODEX).description(" ").build();

    assertThat(PromptText.of(task, Optional.empty(), NOTHING, "a.txt: both edited %s {x}",
        CarriedFiles.NONE))
        .isEqualTo(
            """
                Task: T1

                Your earlier work on this task could not be merged: a.txt: both edited %s {x}.
                The files now contain the other side. Do the task again on top of them and keep\
                 what the other side did.
                """);
  }
}
