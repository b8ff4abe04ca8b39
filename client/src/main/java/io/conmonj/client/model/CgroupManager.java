package io.conmonj.client.model;

/** Who makes control groups for the OCI runtime. */
public enum CgroupManager {
  /** systemd; the runtime gets {@code --systemd-cgroup}. */
  SYSTEMD,
  /** The runtime itself, in the cgroup file system. */
  CGROUPFS
}
