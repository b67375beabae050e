package io.archmage.worker;

import io.archmage.server.TemporalCli;
import io.archmage.settings.CacheDirectory;
import io.archmage.settings.OperatingSystem;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testing.TemporalDevServer;
import io.temporal.testing.TemporalDevServerOptions;
import java.util.List;
import java.util.Map;

/** The real Temporal dev server, one for all tests of this JVM. */
final class DevServer {

  private static final List<String> FAST_DISPATCH =
      List.of(
          "--dynamic-config-value",
          "history.transferProcessorMaxPollRPS=2000",
          "--dynamic-config-value",
          "history.timerProcessorMaxPollRPS=2000");

  private static final DevServer SHARED = start();

  private final String cli;
  private final String target;
  private final WorkflowClient client;

  private DevServer(String cli, String target) {
    this.cli = cli;
    this.target = target;
    this.client =
        WorkflowClient.newInstance(
            WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder().setTarget(target).build()));
  }

  static DevServer shared() {
    return SHARED;
  }

  private static DevServer start() {
    Map<String, String> environment = System.getenv();
    TemporalCli cli =
        TemporalCli.locate(
            environment,
            CacheDirectory.of(environment, OperatingSystem.current()),
            note -> {});
    TemporalDevServer server =
        TemporalDevServer.start(
            TemporalDevServerOptions.newBuilder()
                .setExistingPath(cli.executable().toString())
                .setLogFile(System.getProperty("java.io.tmpdir") + "/archmage-test-server.log")
                .setExtraArgs(FAST_DISPATCH)
                .build());
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    return new DevServer(cli.executable().toString(), server.getTarget());
  }

  /** The {@code temporal} program. */
  String cli() {
    return cli;
  }

  /** Its {@code host:port}. */
  String target() {
    return target;
  }

  WorkflowClient client() {
    return client;
  }
}
