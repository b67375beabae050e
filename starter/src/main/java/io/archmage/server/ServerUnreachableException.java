package io.archmage.server;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/** The chosen server does not answer, or refuses us. */
public final class ServerUnreachableException extends ServerException {
  private static final long serialVersionUID = 1L;

  private final String address;
  private final transient ServerOrigin origin;

  ServerUnreachableException(
      String address, ServerOrigin origin, String message, Throwable cause) {
    super(message, cause);
    this.address = address;
    this.origin = origin;
  }

  /** The {@code host:port} that was tried. */
  public String address() {
    return address;
  }

  /** Why that address was chosen. */
  public ServerOrigin origin() {
    return origin;
  }

  /** Whether the server may be there in a moment: nobody answers, as while it starts. */
  public boolean mayComeBack() {
    return getCause() instanceof StatusRuntimeException refused && mayComeBack(refused);
  }

  /** Whether a call that was answered so may succeed in a moment. */
  public static boolean mayComeBack(StatusRuntimeException refused) {
    Status.Code code = refused.getStatus().getCode();
    return code == Status.Code.UNAVAILABLE || code == Status.Code.DEADLINE_EXCEEDED;
  }
}
