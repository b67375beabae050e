package io.archmage.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Measures, on demand: {@code -Darchmage.measure=true}. */
@EnabledIfSystemProperty(named = "archmage.measure", matches = "true")
class OverheadTest {

  @TempDir Path temporary;

  @ParameterizedTest
  @MethodSource("io.archmage.process.SupervisorModes#all")
  void shouldCostLittleToRunTrue(SupervisorModes.Mode mode) throws Exception {
    Path stdin = Files.createFile(temporary.resolve("prompt"));
    ProcessSpec spec = ProcessSpec.of(List.of("/bin/true"), temporary, Map.of(), stdin);
    long[] micros = new long[50];
    for (int i = -5; i < micros.length; i++) {
      long start = System.nanoTime();
      Path directory = temporary.resolve("runs/" + mode + i);
      TestRun.end(mode.supervisor().start(directory, spec));
      if (i >= 0) {
        micros[i] = (System.nanoTime() - start) / 1000;
      }
    }
    Arrays.sort(micros);
    System.out.printf(
        "%s start to exit of /bin/true: median %d us, min %d, max %d%n",
        mode, micros[25], micros[0], micros[49]);
    assertThat(micros[25]).isLessThan(500_000);
  }

  @ParameterizedTest
  @MethodSource("io.archmage.process.SupervisorModes#all")
  void shouldCostLittleToRunAHelper(SupervisorModes.Mode mode) throws Exception {
    long[] micros = new long[50];
    for (int i = 0; i < micros.length; i++) {
      long start = System.nanoTime();
      ProcessRunner.run(Command.of(temporary, List.of("/bin/true")));
      micros[i] = (System.nanoTime() - start) / 1000;
    }
    Arrays.sort(micros);
    System.out.printf("helper /bin/true: median %d us, min %d%n", micros[25], micros[0]);
    assertThat(micros[25]).isLessThan(500_000);
  }
}
