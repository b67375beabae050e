package io.archmage.server;

import io.temporal.client.WorkflowClientOptions;
import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.net.URI;
import java.util.Optional;

/** The server a command talks to, how to connect to it, and why this one. Immutable. */
public final class ServerTarget {
  private final String address;
  private final String namespace;
  private final ServerOrigin origin;
  private final Optional<URI> ui;
  private final Optional<String> hint;
  private final ClientConfigProfile profile;

  ServerTarget(
      ServerOrigin origin,
      ClientConfigProfile profile,
      Optional<URI> ui,
      Optional<String> hint) {
    this.address = profile.getAddress();
    String named = profile.getNamespace();
    this.namespace = named == null || named.isEmpty() ? ServerProcess.NAMESPACE : named;
    this.origin = origin;
    this.profile = profile;
    this.ui = ui;
    this.hint = hint;
  }

  static ServerTarget embedded(ServerRecord record, boolean isNew, Optional<String> hint) {
    ClientConfigProfile profile =
        ClientConfigProfile.newBuilder()
            .setAddress(record.address())
            .setNamespace(ServerProcess.NAMESPACE)
            .build();
    return new ServerTarget(
        new ServerOrigin.Embedded(isNew), profile, Optional.of(record.ui()), hint);
  }

  /** The {@code host:port}. */
  public String address() {
    return address;
  }

  /** The namespace; {@code default} where nothing names another. */
  public String namespace() {
    return namespace;
  }

  /** Why this server was chosen. */
  public ServerOrigin origin() {
    return origin;
  }

  /** The Web UI, which is known of the embedded server only. */
  public Optional<URI> ui() {
    return ui;
  }

  /** A line for the user about another server that was found but not used. */
  public Optional<String> hint() {
    return hint;
  }

  /** The start of a command line with which Temporal's own CLI talks to this server. */
  public String cliLine() {
    if (origin instanceof ServerOrigin.Profile named) {
      return "temporal --profile " + named.name();
    }
    String line = "temporal --address " + address;
    return namespace.equals(ServerProcess.NAMESPACE) ? line : line + " --namespace " + namespace;
  }

  /** With address, TLS, API key and headers. */
  WorkflowServiceStubsOptions stubsOptions() {
    return profile.toWorkflowServiceStubsOptions();
  }

  /** With the namespace. */
  WorkflowClientOptions clientOptions() {
    return profile.toWorkflowClientOptions().toBuilder().setNamespace(namespace).build();
  }

  /** Address, namespace and origin, never a credential. */
  @Override
  public String toString() {
    return address + " (" + origin.because() + "), namespace " + namespace;
  }
}
