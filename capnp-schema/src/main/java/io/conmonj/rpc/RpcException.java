package io.conmonj.rpc;

import java.io.IOException;

/** A call that failed: refused by the other side, or cut off with the connection. */
public final class RpcException extends IOException {

  private final FaultKind kind;

  /** Creates one; {@code reason} is the other side's text. */
  public RpcException(FaultKind kind, String reason) {
    super(reason);
    this.kind = kind;
  }

  /** What kind of failure it is. */
  public FaultKind kind() {
    return kind;
  }
}
