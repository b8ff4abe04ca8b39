package io.conmonj.monitor.container;

import io.conmonj.monitor.log.LogRate;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.observe.Span;
import io.conmonj.monitor.observe.Tracing;
import io.conmonj.monitor.oci.OciRuntime;
import io.conmonj.monitor.oci.Processes;
import io.conmonj.monitor.state.Keeping;
import io.conmonj.monitor.stdio.ConsoleSockets;
import io.conmonj.monitor.stdio.ReadBuffer;
import java.util.Optional;

/** What every launch of a monitor works with; all of it belongs to the loop thread. */
record LaunchContext(
    EventLoop loop,
    Processes processes,
    OciRuntime runtime,
    ConsoleSockets consoles,
    ReadBuffer buffer,
    ExitRecorder exits,
    ContainerLimits limits,
    int replayBytes,
    LogRate logRate,
    ContainerMemory memory,
    Optional<Tracing> tracing,
    Keeping keeping) {
  /** The span in which something is done now; empty where nothing is traced. */
  Optional<Span> span() {
    return tracing.isPresent() ? tracing.get().current() : Optional.empty();
  }
}
