package io.conmonj.monitor.control;

import io.conmonj.streaming.SessionKind;

/** Kinds of session as our own interface names them. */
final class SessionKinds {
  /** All of them together. */
  static final String ALL = "all";

  private SessionKinds() {}

  static String name(SessionKind kind) {
    return switch (kind) {
      case EXEC -> "exec";
      case ATTACH -> "attach";
      case PORT_FORWARD -> "port-forward";
    };
  }
}
