package io.conmonj.monitor.container;

import io.conmonj.monitor.log.LogRate;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.oci.OciRuntime;
import io.conmonj.monitor.oci.Processes;
import io.conmonj.monitor.stdio.ConsoleSockets;
import io.conmonj.monitor.stdio.ReadBuffer;

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
    ContainerMemory memory) {}
