package io.conmonj.monitor.namespace;

/** What a pod's containers can share, in the order in which callers are told where it is. */
public enum NamespaceType {
  /** System V IPC and POSIX message queues. */
  IPC("ipc"),
  /** Process numbers. */
  PID("pid"),
  /** Devices, addresses, ports. */
  NET("net"),
  /** Users, groups and capabilities. */
  USER("user"),
  /** Host and domain name. */
  UTS("uts");

  private final String fileName;

  NamespaceType(String fileName) {
    this.fileName = fileName;
  }

  /** Its file in {@code /proc/PID/ns}, which is also what unshare(1) calls it. */
  String fileName() {
    return fileName;
  }

  /** The option by which unshare(1) makes a new one. */
  String option() {
    return "--" + fileName;
  }
}
