package io.archmage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code examples/plugin}, compiled as it stands and run in processes of its own. */
@Timeout(180)
class PluginExampleTest {

  private static final Path SOURCES = Path.of("../examples/plugin/src/main/java");

  @TempDir
  static Path classes;

  @TempDir
  Path folder;
  private final DevServer server = DevServer.shared();
  private final String releases = "releases-" + UUID.randomUUID();
  private final String agents = "agents-" + UUID.randomUUID();
  private final String id = "release-" + UUID.randomUUID();
  private final List<Process> workers = new ArrayList<>();
  private TestProject project;
  private TemporalProgram temporal;

  @BeforeEach
  void begin() throws IOException, InterruptedException {
    project = TestProject.make(folder);
    project.configure("error_handling: {max_retries: 0}\n");
    temporal = new TemporalProgram(server.cli(), server.target(), folder);
    if (!Files.exists(classes.resolve("org"))) {
      compile();
    }
  }

  @AfterEach
  void end() throws InterruptedException {
    for (Process worker : workers) {
      worker.destroyForcibly().waitFor();
    }
  }

  private static void compile() throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("-Xlint:all,-classfile,-path,-processing", "-Werror"));
    arguments.addAll(List.of("-proc:none", "-d", classes.toString()));
    arguments.addAll(List.of("-cp", System.getProperty("java.class.path")));
    try (Stream<Path> files = Files.walk(SOURCES)) {
      files.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
    }
    ByteArrayOutputStream messages = new ByteArrayOutputStream();
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(null, messages, messages, arguments.toArray(String[]::new));
    assertThat(code).as(messages.toString(StandardCharsets.UTF_8)).isZero();
  }

  private Process worker() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Dagents.queue=" + agents,
            "-Dreleases.queue=" + releases,
            "-cp",
            classes + ":" + System.getProperty("java.class.path"),
            "org.example.release.ReleaseWorker",
            server.target(),
            project.repository().toString(),
            project.configuration().toString());
    builder.environment().put("ARCHMAGE_STATE", project.state().path().toString());
    Path log = Files.createTempFile(folder, "worker", ".log");
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    workers.add(process);
    return process;
  }

  private void start(String plan) throws Exception {
    temporal.start("ReleaseWorkflow", releases, id, "--input", "\"1.2\"", "--input", plan);
  }

  private JsonNode release() throws Exception {
    return temporal.report(id);
  }

  private static List<String> notes(JsonNode release) {
    return StreamSupport.stream(release.get("notes").spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }

  @Test
  void shouldGoOnWithWhatTheAgentsMade() throws Exception {
    worker();
    start(
        "{\"tasks\": [{\"id\": \"code\", \"familiar\": \"codex\"},"
            + " {\"id\": \"docs\", \"familiar\": \"gemini\", \"depends_on\": [\"code\"]}]}");

    JsonNode release = release();

    assertThat(release.get("released").asBoolean()).isTrue();
    assertThat(project.git("rev-parse", "main")).isEqualTo(release.get("commit").asText());
    assertThat(project.git("show", "main:docs.txt")).isEqualTo("docs by gemini");
    assertThat(notes(release)).containsExactly("code: succeeded", "docs: succeeded");
    Commands.Result child =
        temporal.workflow("describe", "--workflow-id", id + "-plan");
    assertThat(child.output()).contains("parentExecution").contains("\"" + id + "\"");
    assertThat(project.leftovers()).isEmpty();
  }

  @Test
  void shouldReadTheDetailsOfARunThatFailed() throws Exception {
    worker();
    project.script("docs", "echo no more credit >&2; exit 3");
    start(
        "{\"tasks\": [{\"id\": \"code\", \"familiar\": \"codex\"},"
            + " {\"id\": \"docs\", \"familiar\": \"gemini\"}]}");

    JsonNode release = release();

    assertThat(release.get("released").asBoolean()).isFalse();
    assertThat(notes(release)).hasSize(2).contains("code: succeeded");
    assertThat(notes(release).getLast()).startsWith("docs: failed because").contains("no more");
  }

  @Test
  void shouldGoOnAfterItsWorkerWasKilled() throws Exception {
    project.script(
        "code", "until [ -e \"$SCRIPTS/../go\" ]; do sleep 0.05; done\necho 1.2 >version.txt\n");
    Process first = worker();
    start("{\"tasks\": [{\"id\": \"code\", \"familiar\": \"codex\"}]}");
    Await.until("the task is invoked", () -> project.invocations().contains("code 1"));
    first.destroyForcibly().waitFor();
    worker();
    Files.createFile(project.root().resolve("go"));

    assertThat(release().get("released").asBoolean()).isTrue();
    assertThat(project.git("show", "main:version.txt")).isEqualTo("1.2");
    assertThat(project.invocations()).containsExactly("code 1");
  }

  @Test
  void shouldLetGoOfFamiliarsWhenItIsStopped() throws Exception {
    project.script(
        "code", "until [ -e \"$SCRIPTS/../go\" ]; do sleep 0.05; done\necho 1.2 >version.txt\n");
    Process first = worker();
    start("{\"tasks\": [{\"id\": \"code\", \"familiar\": \"codex\"}]}");
    Await.until("the task is invoked", () -> project.invocations().contains("code 1"));
    first.destroy();
    assertThat(first.waitFor()).isEqualTo(143);
    assertThat(project.processes()).isNotEmpty();
    worker();
    Files.createFile(project.root().resolve("go"));

    assertThat(release().get("released").asBoolean()).isTrue();
    assertThat(project.invocations()).containsExactly("code 1");
  }

  @Test
  void shouldBeDescribedAsItIsBuilt() throws Exception {
    String own = Files.readString(Path.of("../examples/plugin/pom.xml"));
    String root = Files.readString(Path.of("../pom.xml"));
    String version = element(root, "version");
    assertThat(element(own.substring(own.indexOf("<parent>")), "version")).isEqualTo(version);
    assertThat(own).contains("<artifactId>archmage-starter</artifactId>");
    assertThat(root).contains("<module>examples/plugin</module>");
  }

  private static String element(String xml, String name) {
    int begin = xml.indexOf("<" + name + ">") + name.length() + 2;
    return xml.substring(begin, xml.indexOf("</" + name + ">"));
  }
}
