package io.archmage.server;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A connection to the chosen server, opened when it is first needed. For any thread. */
public final class TemporalConnection implements AutoCloseable {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final long CLOSE_SECONDS = 5;

  private final ServerTarget target;
  private final UnaryOperator<WorkflowClientOptions.Builder> customize;
  private final Duration connectLimit;
  private @Nullable WorkflowServiceStubs stubs;
  private @Nullable WorkflowClient client;
  private boolean closed;

  /** Prepares a connection with the SDK's own client options. */
  public TemporalConnection(ServerTarget target) {
    this(target, UnaryOperator.identity());
  }

  /**
   * Prepares a connection.
   *
   * @param customize completes the client's options, whose namespace is set already
   */
  public TemporalConnection(
      ServerTarget target, UnaryOperator<WorkflowClientOptions.Builder> customize) {
    this(target, customize, CONNECT_LIMIT);
  }

  TemporalConnection(
      ServerTarget target,
      UnaryOperator<WorkflowClientOptions.Builder> customize,
      Duration connectLimit) {
    this.target = target;
    this.customize = customize;
    this.connectLimit = connectLimit;
  }

  /** Where it leads. */
  public ServerTarget target() {
    return target;
  }

  /**
   * The connected stubs; the first call connects.
   *
   * @throws ServerUnreachableException if the server does not answer within 5 seconds or refuses us
   * @throws IllegalStateException after {@link #close}
   */
  public synchronized WorkflowServiceStubs stubs() {
    if (closed) {
      throw new IllegalStateException("the connection is closed");
    }
    WorkflowServiceStubs open = stubs;
    if (open == null) {
      open = connect();
      stubs = open;
    }
    return open;
  }

  /**
   * The client; the first call connects.
   *
   * @throws ServerUnreachableException if the server does not answer within 5 seconds or refuses us
   * @throws IllegalStateException after {@link #close}
   */
  public synchronized WorkflowClient client() {
    WorkflowServiceStubs connected = stubs();
    WorkflowClient existing = client;
    if (existing == null) {
      existing =
          WorkflowClient.newInstance(
              connected, customize.apply(target.clientOptions().toBuilder()).build());
      client = existing;
    }
    return existing;
  }

  @SuppressWarnings("deprecation")
  private WorkflowServiceStubs connect() {
    WorkflowServiceStubs opened;
    try {
      opened = WorkflowServiceStubs.newServiceStubs(
          WorkflowServiceStubsOptions.newBuilder(target.stubsOptions())
              .setSystemInfoTimeout(connectLimit)
              .setHealthCheckAttemptTimeout(connectLimit)
              .validateAndBuildWithDefaults());
    } catch (RuntimeException e) {
      // The SDK wraps every unreadable certificate and key in a plain RuntimeException.
      throw unreachable("cannot be called with the TLS settings given", e);
    }
    try {
      opened.connect(connectLimit);
      return opened;
    } catch (StatusRuntimeException e) {
      opened.shutdownNow();
      throw unreachable(problem(e.getStatus()), e);
    }
  }

  private String problem(Status status) {
    return switch (status.getCode()) {
      case UNAUTHENTICATED, PERMISSION_DENIED -> "refuses these credentials";
      case UNAVAILABLE, DEADLINE_EXCEEDED ->
        "does not answer within " + connectLimit.toSeconds() + " s";
      default -> "does not answer as a Temporal server (" + status.getCode() + ")";
    };
  }

  private ServerUnreachableException unreachable(String problem, RuntimeException cause) {
    String advice =
        switch (target.origin()) {
          case ServerOrigin.Option ignored -> "Check the address, or leave --server out.";
          case ServerOrigin.Environment ignored ->
            "Start it, correct or unset TEMPORAL_ADDRESS, or use --server embedded.";
          case ServerOrigin.Profile ignored ->
            "Start it, correct the profile, or use --server embedded.";
          case ServerOrigin.Embedded ignored ->
            "It has just ended; run the command again, which starts a new one.";
        };
    String because = cause.getCause() == null ? "" : " (" + cause.getCause().getMessage() + ")";
    return new ServerUnreachableException(
        target.address(),
        target.origin(),
        "the Temporal server at "
            + target.address()
            + ", "
            + target.origin().because()
            + ", "
            + problem
            + because
            + ". "
            + advice,
        cause);
  }

  /**
   * Closes what was opened. Calls under way are given up: the only ones left by then wait for the
   * end of a run that nobody follows any more.
   */
  @Override
  public synchronized void close() {
    closed = true;
    WorkflowServiceStubs open = stubs;
    if (open != null) {
      open.shutdownNow();
      open.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
      stubs = null;
    }
  }
}
