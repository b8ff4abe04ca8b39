package io.conmonj.monitor.oci;

import java.util.Optional;

/**
 * Which OCI runtime to use.
 *
 * @param path of its executable
 * @param root where it keeps its state, passed as {@code --root}; empty for its own default
 * @param logLevel the monitor's own level by name ({@code trace debug info warn error off}), for a
 *     runtime that can log to the same place
 */
public record RuntimeConfig(String path, Optional<String> root, String logLevel) {
  /** The name without its directory. */
  String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
