package io.archmage.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunRefsTest {
  @Test
  void shouldNameEverythingOfARun() {
    RunRefs refs = new RunRefs("demo-1");

    assertThat(refs.branch()).isEqualTo("refs/heads/archmage/demo-1");
    assertThat(refs.runRef()).isEqualTo("refs/archmage/demo-1/run");
    assertThat(refs.plan()).isEqualTo("refs/archmage/demo-1/plan");
    assertThat(refs.base()).isEqualTo("refs/archmage/demo-1/base");
    assertThat(refs.report()).isEqualTo("refs/archmage/demo-1/report");
    assertThat(refs.attempt("1-Add", 2)).isEqualTo("refs/archmage/demo-1/attempts/1-%41dd/2");
    assertThat(refs.checkpoint(3)).isEqualTo("refs/archmage/demo-1/checkpoints/3");
    assertThat(refs.log("a/b", 1)).isEqualTo("refs/archmage/demo-1/logs/a%2fb/1");
  }

  @ParameterizedTest
  @CsvSource({
    "plain.name_1-x,plain.name_1-x",
    ".hidden,%2ehidden",
    "-flag,%2dflag",
    "a..b,a.%2eb",
    "a.lock,a%2elock",
    "a.,a%2e",
    "%41,%2541",
    "ü,%c3%bc",
    "a b,a%20b",
  })
  void shouldEscape(String text, String escaped) {
    assertThat(RunRefs.escape(text)).isEqualTo(escaped);
  }

  @Test
  void shouldCutLongNamesAndKeepThemApart() {
    String first = RunRefs.escape("x".repeat(200) + "1");
    String second = RunRefs.escape("x".repeat(200) + "2");

    assertThat(first).hasSizeLessThanOrEqualTo(100).startsWith("x".repeat(80)).isNotEqualTo(second);
    assertThat(RunRefs.escape("x".repeat(100))).isEqualTo("x".repeat(100));
    assertThat(RunRefs.escape("ü".repeat(50))).matches("(%c3%bc|%c3)+-[0-9a-f]{16}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a~b", "a^b", "a:b", "a?b", "a*b", "a[b", "a\\b", "a\nb", "@", "@{", "..", "...", ".lock",
        "--upload-pack=x", "../../x", "a.lock.lock", "/", "x/", "\u0001", "😀", "a/.b"
      })
  void shouldAlwaysGiveARefGitAccepts(String text, @TempDir Path directory) {
    TestRepo repo = TestRepo.init(directory);

    repo.git("check-ref-format", new RunRefs(text).branch());
    repo.git("check-ref-format", new RunRefs("r").attempt(text, 1));
    assertThat(RunRefs.escape(text)).matches("[a-z0-9._%-]+").doesNotStartWith("-");
  }

  @Test
  void shouldRefuseEmptyNamesAndAttemptZero() {
    assertThatThrownBy(() -> new RunRefs("")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RunRefs("r").attempt("t", 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
