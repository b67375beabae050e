package io.archmage.server;

import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Asks a server without TLS whether it is there. */
final class ServerProbe {
  private static final Duration CONNECT_LIMIT = Duration.ofMillis(500);
  private static final Duration CALL_LIMIT = Duration.ofSeconds(3);

  private ServerProbe() {}

  /**
   * Whether the embedded server with these ports answers. Its metrics are asked for, too: where a
   * stranger took the port of a server that died, ours has none, for it ends before it opens them.
   */
  static boolean answers(ServerPorts ports) {
    return connects(ports.metricsPort()) && answers(ports.port());
  }

  /** Whether the embedded server with these ports can run workflows in the namespace. */
  static boolean isReady(ServerPorts ports, String namespace) {
    DescribeNamespaceRequest request =
        DescribeNamespaceRequest.newBuilder().setNamespace(namespace).build();
    return connects(ports.metricsPort())
        && connects(ports.port())
        && calls(ports.port(), stub -> stub.describeNamespace(request));
  }

  /** Whether a Temporal server answers there, whosever it is. */
  static boolean answers(int port) {
    return connects(port)
        && calls(port, stub -> stub.getSystemInfo(GetSystemInfoRequest.getDefaultInstance()));
  }

  /** Opens plain stubs to a server on this machine; the caller shuts them down. */
  static WorkflowServiceStubs stubs(int port) {
    return WorkflowServiceStubs.newServiceStubs(
        WorkflowServiceStubsOptions.newBuilder()
            .setTarget(ServerPorts.LOOPBACK + ":" + port)
            .build());
  }

  private static boolean connects(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(ServerPorts.LOOPBACK, port), (int) CONNECT_LIMIT.toMillis());
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean calls(int port, Call call) {
    WorkflowServiceStubs stubs = stubs(port);
    try {
      call.on(
          stubs.blockingStub().withDeadlineAfter(CALL_LIMIT.toMillis(), TimeUnit.MILLISECONDS));
      return true;
    } catch (StatusRuntimeException e) {
      return false;
    } finally {
      stubs.shutdownNow();
    }
  }

  private interface Call {
    Object on(WorkflowServiceBlockingStub stub);
  }
}
