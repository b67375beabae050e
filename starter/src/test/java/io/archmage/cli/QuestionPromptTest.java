package io.archmage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.cli.QuestionPrompt.Answer;
import io.archmage.contract.ConflictAnswer;
import io.archmage.contract.TaskAnswer;
import io.archmage.report.Question;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuestionPromptTest {

  private static final Question CONFLICT =
      new Question(
          Question.CONFLICT,
          "why",
          Instant.EPOCH,
          List.of(),
          new Question.Side("refs/ours", "1"),
          new Question.Side("refs/theirs", "2"),
          List.of(),
          List.of());
  private static final Question FAILURE =
      new Question(
          Question.FAILURE, "why", Instant.EPOCH, List.of(), null, null, List.of(), List.of());

  @TempDir
  private Path directory;
  private final StringWriter shown = new StringWriter();

  private Answer ask(Question question, String typed) {
    Console console =
        new Console(
            new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
            new PrintWriter(new StringWriter()),
            new PrintWriter(shown, true),
            Map.of(),
            directory,
            Screen.NONE,
            OutputStream.nullOutputStream());
    return new QuestionPrompt(console).ask("T", question);
  }

  @Test
  void shouldAskUntilTheAnswerIsOne() {
    assertThat(ask(CONFLICT, "what\n\n O \n"))
        .isEqualTo(new Answer("resolve", new ConflictAnswer("T", "ours", null)));
    assertThat(shown.toString().split("Answer for T: ", -1)).hasSize(4);
  }

  @Test
  void shouldOfferSidesOnlyForAConflict() {
    assertThat(ask(CONFLICT, "t\n"))
        .isEqualTo(new Answer("resolve", new ConflictAnswer("T", "theirs", null)));
    assertThat(ask(FAILURE, "o\nt\nc\nr\n"))
        .isEqualTo(new Answer("retry", new TaskAnswer("T")));
    assertThat(ask(FAILURE, "s\n").update()).isEqualTo("skip");
    assertThat(ask(FAILURE, "f\n").update()).isEqualTo("reject");
  }

  @Test
  void shouldTakeACommitByItsFullIdAndAskAgainForAnUnknownName() {
    String id = "0123456789abcdef0123456789abcdef01234567";
    assertThat(ask(CONFLICT, "c\nHEAD\nc\n" + id + "\n"))
        .isEqualTo(new Answer("resolve", new ConflictAnswer("T", "commit", id)));
    assertThat(shown.toString()).contains("There is no commit HEAD in the repository of");
  }

  @Test
  void shouldPutItOffAtTheEndOfInput() {
    assertThat(ask(CONFLICT, "").later()).isTrue();
    assertThat(ask(FAILURE, "l\n").later()).isTrue();
  }
}
