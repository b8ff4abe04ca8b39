package io.conmonj.monitor.container;

import io.conmonj.monitor.log.LogStatistics;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What a container is put together from, be it new or another worker's.
 *
 * @param number serial number in this monitor
 * @param startTime of its process, see {@link io.conmonj.kernel.StartTime}; 0 when unknown
 * @param stdinOnce whether its bundle says so; completes when that is known
 * @param created when, in the terms of {@link System#nanoTime}
 * @param logged by the workers before this one
 */
record ContainerParts(
    long number,
    CreateContainer spec,
    Launched launched,
    long startTime,
    ContainerOutput output,
    CompletableFuture<Boolean> stdinOnce,
    NetworkNamespace network,
    Optional<KnownNetwork> knownNetwork,
    OomKills oomKills,
    long created,
    ContainerEnd end,
    LogStatistics logged) {
  /** What the names of its descriptors begin with, where they are kept. */
  String prefix() {
    return KeptNames.prefix(number);
  }

  /** Of a container that was just made. */
  static ContainerParts of(long number, CreateContainer spec, Creation.Created created) {
    NetworkNamespace network = NetworkNamespace.of(created.launched().process());
    int pid = created.launched().process().pid();
    return new ContainerParts(
        number,
        spec,
        created.launched(),
        created.launched().process().start(),
        created.output(),
        created.stdinOnce(),
        network,
        network.known(),
        OomKills.of(spec.id(), pid),
        System.nanoTime(),
        ContainerEnd.NONE,
        LogStatistics.ZERO);
  }
}
