package io.conmonj.monitor.pod;

import io.conmonj.monitor.container.ContainerLimits;
import io.conmonj.monitor.log.LogRate;
import io.conmonj.monitor.observe.TracingOptions;
import io.conmonj.monitor.oci.RuntimeConfig;
import io.conmonj.streaming.server.StreamingConfig;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * How a pod is to be run; checked. Nothing is null.
 *
 * @param runtime runs the containers
 * @param streaming how streaming sessions are served
 * @param limits the deadlines of containers
 * @param attachReplayBytes how much of each container's latest output is kept for those who attach
 *     later; 0 for none
 * @param logRate how fast each stream of a container may be logged
 * @param metricsAddress where metrics are told besides the socket; empty for nowhere
 * @param tracing where traces are exported to; empty for nowhere
 */
public record PodOptions(
    RuntimeConfig runtime,
    StreamingConfig streaming,
    ContainerLimits limits,
    int attachReplayBytes,
    LogRate logRate,
    Optional<InetSocketAddress> metricsAddress,
    Optional<TracingOptions> tracing) {}
