package io.archmage.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures, on demand: {@code -Darchmage.measure=true}. */
@EnabledIfSystemProperty(named = "archmage.measure", matches = "true")
@Isolated("it measures time")
class OverheadTest {

  private static final Logger LOG = LoggerFactory.getLogger(OverheadTest.class);

  @TempDir
  Path temporary;

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
    LOG.warn("{}: start to exit of /bin/true, median {} us, min {}", mode, micros[25], micros[0]);
    assertThat(micros[25]).isLessThan(500_000);
  }

  @Test
  void shouldCostLittleToRunAHelper() throws Exception {
    long[] micros = new long[50];
    for (int i = 0; i < micros.length; i++) {
      long start = System.nanoTime();
      ProcessRunner.run(Command.of(temporary, List.of("/bin/true")));
      micros[i] = (System.nanoTime() - start) / 1000;
    }
    Arrays.sort(micros);
    LOG.warn("helper /bin/true, median {} us, min {}", micros[25], micros[0]);
    assertThat(micros[25]).isLessThan(500_000);
  }
}
