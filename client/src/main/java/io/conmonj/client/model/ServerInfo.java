package io.conmonj.client.model;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What a monitor was when it was asked. No part is ever null.
 *
 * @param version of the monitor
 * @param processId its process
 * @param started when it began
 * @param runtimeDir where its control socket is
 * @param runtime the OCI runtime's program; empty where the monitor is too old to tell
 * @param runtimeRoot the OCI runtime's state directory; empty for the runtime's own default
 * @param containers those that it looks after
 * @param memory what it held memory for; empty where the monitor is too old to tell
 * @param sessions how many sessions had a client, of all kinds together first; empty likewise
 * @param sleeps how it had slept; {@link Sleeps#NONE} likewise
 */
public record ServerInfo(
    String version,
    long processId,
    Instant started,
    String runtimeDir,
    String runtime,
    String runtimeRoot,
    List<ListedContainer> containers,
    List<MemoryUse> memory,
    List<SessionUse> sessions,
    Sleeps sleeps) {
  /** Of a monitor that does not tell. */
  public static final ServerInfo UNKNOWN =
      new ServerInfo(
          "", 0, Instant.EPOCH, "", "", "", List.of(), List.of(), List.of(), Sleeps.NONE);

  /** Copies the lists. */
  public ServerInfo {
    Objects.requireNonNull(version);
    Objects.requireNonNull(started);
    Objects.requireNonNull(runtimeDir);
    Objects.requireNonNull(runtime);
    Objects.requireNonNull(runtimeRoot);
    Objects.requireNonNull(sleeps);
    containers = List.copyOf(containers);
    memory = List.copyOf(memory);
    sessions = List.copyOf(sessions);
  }
}
