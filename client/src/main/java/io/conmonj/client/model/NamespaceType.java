package io.conmonj.client.model;

/** What the containers of a pod can share. */
public enum NamespaceType {
  /** System V IPC and POSIX message queues. */
  IPC,
  /** Process numbers. */
  PID,
  /** Devices, addresses, ports. */
  NET,
  /** Users, groups and capabilities. */
  USER,
  /** Host and domain name. */
  UTS
}
