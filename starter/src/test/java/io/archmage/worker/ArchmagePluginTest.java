package io.archmage.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.archmage.durable.WorkflowNames;
import io.archmage.report.RunReport;
import io.archmage.report.RunStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.converter.ByteArrayPayloadConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ArchmagePluginTest {

  private static final Map<String, Object> ONE_TASK =
      Map.of("tasks", List.of(Map.of("id", "one", "familiar", "codex")));

  @TempDir
  Path folder;
  private final String queue = "archmage-test-" + UUID.randomUUID();
  private TestProject project;

  @BeforeEach
  void begin() throws IOException, InterruptedException {
    project = TestProject.make(folder.resolve("one"));
  }

  private ArchmagePluginBuilder builder() {
    return ArchmagePlugin.newBuilder().taskQueue(queue).stateDirectory(project.state().path());
  }

  private Map<String, Object> familiars() {
    List<String> command = List.of(project.root() + "/familiar.sh");
    Map<String, String> environment = Map.of("SCRIPTS", project.root() + "/scripts");
    return Map.of("familiars", Map.of("codex", Map.of("command", command, "env", environment)));
  }

  private static WorkerFactory factory(WorkflowClient client, ArchmagePlugin plugin) {
    return WorkerFactory.newInstance(
        client, WorkerFactoryOptions.newBuilder().setPlugins(plugin).build());
  }

  private static WorkflowClient client() {
    return DevServer.shared().client();
  }

  private RunReport run(TestProject target) {
    WorkflowStub stub =
        client()
            .newUntypedWorkflowStub(
                WorkflowNames.PLAN,
                WorkflowOptions.newBuilder()
                    .setTaskQueue(queue)
                    .setWorkflowId("plugin-" + UUID.randomUUID())
                    .build());
    stub.start(ONE_TASK, Map.of("repository", target.repository().toString()));
    return stub.getResult(RunReport.class);
  }

  @Test
  void shouldServeSeveralRepositoriesBesideAnotherWorker() throws Exception {
    TestProject second = TestProject.make(folder.resolve("two"));
    ArchmagePlugin plugin =
        builder()
            .repository(project.repository(), familiars())
            .repository(second.repository(), second.configuration())
            .build();
    WorkerFactory factory = factory(client(), plugin);
    factory.newWorker("own-" + queue);
    factory.start();
    try {
      assertThat(plugin.taskQueue()).isEqualTo(queue);
      for (TestProject served : List.of(project, second)) {
        assertThat(run(served).status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(served.git("show", "main:one.txt")).isEqualTo("one by codex");
      }
    } finally {
      factory.shutdown();
    }
    assertThat(project.leftovers()).isEmpty();
    assertThat(new ServerPollers(client()).workers(queue))
        .allMatch(worker -> worker.pid() == ProcessHandle.current().pid());
  }

  @Test
  void shouldServeAgainWithAnotherFactoryAfterTheFirst() throws Exception {
    ArchmagePlugin plugin = builder().repository(project.repository(), familiars()).build();
    WorkerFactory first = factory(client(), plugin);
    first.start();
    WorkerFactory second = factory(client(), plugin);
    assertThatIllegalStateException()
        .isThrownBy(second::start)
        .withMessageContaining("serves with another worker factory");
    first.shutdown();
    second.start();
    try {
      assertThat(run(project).status()).isEqualTo(RunStatus.COMPLETED);
    } finally {
      second.shutdown();
    }
  }

  @Test
  void shouldWorkFromTheClientsOptions() throws Exception {
    ArchmagePlugin plugin = builder().repository(project.repository(), familiars()).build();
    WorkflowClient client =
        WorkflowClient.newInstance(
            client().getWorkflowServiceStubs(),
            WorkflowClientOptions.newBuilder().setPlugins(plugin).build());
    WorkerFactory factory = WorkerFactory.newInstance(client);
    factory.start();
    try {
      assertThat(run(project).status()).isEqualTo(RunStatus.COMPLETED);
    } finally {
      factory.shutdown();
    }
  }

  @Test
  void shouldRefuseAnotherWorkerOnItsQueues() {
    ArchmagePlugin plugin = builder().repository(project.repository(), familiars()).build();
    WorkerFactory factory = factory(client(), plugin);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> factory.newWorker(queue))
        .withMessageContaining("is Archmage's");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> factory.newWorker(queue + "-" + project.load().project().id()));
    assertThat(factory.newWorker(queue + "-other")).isNotNull();
  }

  @Test
  void shouldRunCommandsOfARepositoryOnlyWhenTheyAreApproved() throws Exception {
    project.write(ProjectLoader.OWN_CONFIGURATION, "familiars: {codex: {command: [\"true\"]}}\n");

    assertThatIllegalStateException()
        .isThrownBy(() -> builder().repository(project.repository()).build())
        .withMessageContaining("nobody has approved")
        .withMessageContaining(project.repository().toString());
    assertThat(builder().repository(project.repository()).trustOwnConfigurations().build())
        .isNotNull();
    assertThatIllegalStateException()
        .isThrownBy(() -> builder().repository(project.repository()).build());
    new TrustStore(project.state())
        .approve(new ProjectLoader(project.state()).load(project.repository(), (Path) null));
    assertThat(builder().repository(project.repository()).build()).isNotNull();
  }

  @Test
  void shouldSayWhatIsWrongBeforeAnythingRuns() throws Exception {
    assertThatIllegalStateException().isThrownBy(() -> builder().build());
    assertThatIllegalStateException()
        .isThrownBy(
            () -> builder()
                .repository(project.repository(), familiars())
                .repository(project.repository().resolve("src"), familiars())
                .build())
        .withMessageContaining("named twice");
    assertThatThrownBy(
        () -> builder().repository(project.repository(), Map.of("familiers", Map.of())).build())
        .isInstanceOf(ConfigurationProblemsException.class)
        .hasMessageContaining("the configuration given in code:1")
        .hasMessageContaining("familiars");
    Path nowhere = Files.createDirectory(folder.resolve("nowhere"));
    assertThatThrownBy(() -> builder().repository(nowhere).build())
        .hasMessageContaining("is in no git repository");
    assertThatIllegalArgumentException().isThrownBy(() -> builder().host("a b"));
    assertThatIllegalArgumentException().isThrownBy(() -> builder().taskQueue(" "));
  }

  @Test
  void shouldRefuseADataConverterThatCannotCarryItsRecords() {
    WorkflowClient bytesOnly =
        WorkflowClient.newInstance(
            client().getWorkflowServiceStubs(),
            WorkflowClientOptions.newBuilder()
                .setDataConverter(new DefaultDataConverter(new ByteArrayPayloadConverter()))
                .build());
    ArchmagePlugin plugin = builder().repository(project.repository(), familiars()).build();

    assertThatIllegalStateException()
        .isThrownBy(() -> factory(bytesOnly, plugin).start())
        .withMessageContaining("data converter");
  }
}
