package io.conmonj.rpc;

import io.conmonj.schema.Rpc;

/** Why a call failed: what its caller may do about it (rpc.capnp, {@code Exception.Type}). */
public enum FaultKind {
  /** It went wrong; trying again would go wrong again. */
  FAILED,
  /** There was no capacity; later it may work. */
  OVERLOADED,
  /** The connection, or one behind it, is gone. */
  DISCONNECTED,
  /** The object has no such method. */
  UNIMPLEMENTED;

  Rpc.Exception.Type toWire() {
    return switch (this) {
      case FAILED -> Rpc.Exception.Type.FAILED;
      case OVERLOADED -> Rpc.Exception.Type.OVERLOADED;
      case DISCONNECTED -> Rpc.Exception.Type.DISCONNECTED;
      case UNIMPLEMENTED -> Rpc.Exception.Type.UNIMPLEMENTED;
    };
  }

  static FaultKind fromWire(Rpc.Exception.Type type) {
    return switch (type) {
      case OVERLOADED -> OVERLOADED;
      case DISCONNECTED -> DISCONNECTED;
      case UNIMPLEMENTED -> UNIMPLEMENTED;
      case FAILED, NOT_IN_SCHEMA -> FAILED;
    };
  }
}
