package io.conmonj.client.model;

import java.util.List;
import java.util.Objects;

/**
 * What a monitor was when it was asked. No part is ever null.
 *
 * @param runtime the OCI runtime's program; empty where the monitor is too old to tell
 * @param runtimeRoot the OCI runtime's state directory; empty for the runtime's own default
 * @param containers those that it looks after
 */
public record ServerInfo(String runtime, String runtimeRoot, List<ListedContainer> containers) {
  /** Copies the list. */
  public ServerInfo {
    Objects.requireNonNull(runtime);
    Objects.requireNonNull(runtimeRoot);
    containers = List.copyOf(containers);
  }
}
