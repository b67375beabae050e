package io.archmage.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.archmage.contract.FailureTypes;
import io.archmage.git.GitException;
import io.archmage.git.UnusableRepositoryException;
import io.archmage.git.UnusableRepositoryException.Problem;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HostFailuresTest {

  @Test
  void shouldReturnTheResult() {
    assertThat(HostFailures.<String>translate("work", () -> "done")).isEqualTo("done");
  }

  @Test
  void shouldPassOnAFailureThatTheEngineKnows() {
    ApplicationFailure known = ApplicationFailure.newNonRetryableFailure("m", "T");

    assertThat(failure(known)).isSameAs(known);
  }

  static Stream<Exception> troubles() {
    return Stream.of(
        new GitException("full", null),
        new IOException("full"),
        new UncheckedIOException("full", new FileSystemException("x")),
        new TimeoutException("full"));
  }

  @ParameterizedTest
  @MethodSource("troubles")
  void shouldLetTheEngineTryAgainAfterTrouble(Exception trouble) {
    ApplicationFailure failure = failure(trouble);

    assertThat(failure.getType()).isEqualTo(FailureTypes.HOST);
    assertThat(failure.isNonRetryable()).isFalse();
    assertThat(failure.getOriginalMessage()).isEqualTo("merging T1: full");
    assertThat(failure).hasCause(trouble);
  }

  @Test
  void shouldNotRepeatAMistake() {
    ApplicationFailure failure = failure(new IllegalStateException("wrong"));

    assertThat(failure.getType()).isEqualTo(FailureTypes.HOST);
    assertThat(failure.isNonRetryable()).isTrue();
    assertThat(failure.getOriginalMessage())
        .isEqualTo("merging T1: java.lang.IllegalStateException: wrong");
  }

  @Test
  void shouldTellTheUserThatARepositoryCannotBeUsed() {
    ApplicationFailure failure =
        failure(new UnusableRepositoryException(Problem.NO_COMMIT, "make a commit"));

    assertThat(failure.getType()).isEqualTo(FailureTypes.ENVIRONMENT);
    assertThat(failure.isNonRetryable()).isTrue();
    assertThat(failure.getOriginalMessage()).isEqualTo("make a commit");
  }

  @Test
  void shouldStayInterrupted() {
    ApplicationFailure failure = failure(new InterruptedException());

    assertThat(Thread.interrupted()).isTrue();
    assertThat(failure.getType()).isEqualTo(FailureTypes.HOST);
    assertThat(failure.isNonRetryable()).isFalse();
    assertThat(failure.getOriginalMessage()).isEqualTo("merging T1: this worker is stopping");
  }

  private static ApplicationFailure failure(Exception thrown) {
    return catchThrowableOfType(
        ApplicationFailure.class,
        () -> HostFailures.translate(
            "merging T1",
            () -> {
              throw thrown;
            }));
  }
}
