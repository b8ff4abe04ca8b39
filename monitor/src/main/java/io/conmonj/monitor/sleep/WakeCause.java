package io.conmonj.monitor.sleep;

import io.conmonj.monitor.holder.Welcome;

/** What ends a sleep, in an operator's words. */
public enum WakeCause {
  /** A container has written something, or has closed what it writes to. */
  OUTPUT("output"),
  /** Somebody uses the control socket or the socket for descriptors, or has gone from there. */
  CALL("call"),
  /** A streaming client has come, has sent something or has gone; or its command or port has. */
  SESSION("session"),
  /** The same of the clients of attach sockets. */
  ATTACH("attach"),
  /** Somebody asks for the metrics. */
  METRICS("metrics"),
  /** A container has ended, or another child of the monitor. */
  EXIT("exit"),
  /** The time had come for something, such as the end of a session that is idle. */
  TIME("time"),
  /** A signal to the monitor. */
  SIGNAL("signal"),
  /** What this build has no word for. */
  OTHER("other");

  private final String label;

  WakeCause(String label) {
    this.label = label;
  }

  /** Its name in metrics, in answers and in the state. */
  public String label() {
    return label;
  }

  /** What has ended the sleep before the worker that is welcomed so. */
  static WakeCause of(Welcome welcome) {
    return switch (welcome.reason()) {
      case DESCRIPTOR -> ofDescriptor(welcome.descriptor());
      case EXIT -> EXIT;
      case TIME -> TIME;
      case SIGNAL -> SIGNAL;
      case FIRST_START, CRASH, UPGRADE -> OTHER;
    };
  }

  /**
   * What it means that a descriptor was ready. Whoever deposits one that may end a sleep has its
   * name here: the word before the number, if it has one.
   *
   * @param name the one under which the holder keeps it
   */
  static WakeCause ofDescriptor(String name) {
    int end = 0;
    while (end < name.length() && !Character.isDigit(name.charAt(end))) {
      end++;
    }
    return switch (name.substring(0, end)) {
      case "c" -> OUTPUT;
      case "control", "caller", "fdsocket", "fdclient" -> CALL;
      case "streaming", "s", "x" -> SESSION;
      case "attach", "viewer" -> ATTACH;
      case "metrics", "metrics.port" -> METRICS;
      case "orphan" -> EXIT;
      default -> OTHER;
    };
  }
}
