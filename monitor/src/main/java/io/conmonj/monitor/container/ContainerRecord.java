package io.conmonj.monitor.container;

import io.conmonj.monitor.log.LogPosition;
import io.conmonj.monitor.log.LogSpec;
import io.conmonj.monitor.log.LogStatistics;
import io.conmonj.monitor.oci.CreateArguments;
import io.conmonj.monitor.state.Texts;
import io.conmonj.schema.State;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.capnproto.StructList;

/**
 * What of a container survives the worker that made it, beside its descriptors.
 *
 * @param number serial number in this monitor
 * @param startTime of its process, see {@link io.conmonj.kernel.StartTime}; 0 when unknown
 * @param stdin whether it was created with input, which may have ended since
 * @param leakFds how many descriptors are held for its creator
 * @param created when, in the terms of {@link System#nanoTime}
 * @param logged by this worker and those before
 * @param logRate what its {@link io.conmonj.monitor.log.LogRate} knows
 */
record ContainerRecord(
    long number,
    CreateArguments runtime,
    int pid,
    long startTime,
    boolean terminal,
    boolean stdin,
    boolean stdinOnce,
    List<LogRecord> logs,
    List<String> exitPaths,
    List<String> oomExitPaths,
    List<String> cleanupCommand,
    int leakFds,
    long created,
    OomKills oomKills,
    Optional<KnownNetwork> network,
    ContainerEnd end,
    LogStatistics logged,
    ByteBuffer logRate) {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

  /**
   * One of its logs.
   *
   * @param position the driver's own; empty when it is to look for itself
   */
  record LogRecord(LogSpec spec, ByteBuffer position) {
    /** With a position as a driver gives it. */
    static LogRecord of(LogSpec spec, byte[] position) {
      return new LogRecord(spec, ByteBuffer.wrap(position));
    }

    LogPosition position(boolean exact) {
      return new LogPosition(bytes(position), exact);
    }
  }

  /**
   * What of it matters to a monitor that has nothing to go by but this: whose process it is, and
   * what there is to do at its end. It changes when the container does, and not with its output.
   */
  ContainerRecord essence() {
    return essence(number, end.elsewhere());
  }

  /** The same under a number of another monitor. */
  ContainerRecord essence(long another) {
    return essence(another, end.elsewhere());
  }

  /** The same further on in its end, for the same holder. */
  ContainerRecord essence(ContainerEnd itsEnd) {
    return essence(number, itsEnd);
  }

  private ContainerRecord essence(long itsNumber, ContainerEnd itsEnd) {
    return new ContainerRecord(
        itsNumber,
        runtime,
        pid,
        startTime,
        terminal,
        false,
        false,
        List.of(),
        exitPaths,
        oomExitPaths,
        cleanupCommand,
        0,
        created,
        oomKills,
        Optional.empty(),
        itsEnd,
        LogStatistics.ZERO,
        NOTHING);
  }

  void writeTo(State.Container.Builder to) {
    to.setNumber(number);
    RuntimeArguments.write(runtime, to.initRuntime());
    to.setProcessId(pid);
    to.setStartTime(startTime);
    to.setTerminal(terminal);
    to.setStdin(stdin);
    to.setStdinOnce(stdinOnce);
    StructList.Builder<State.Log.Builder> toLogs = to.initLogs(logs.size());
    for (int i = 0; i < logs.size(); i++) {
      State.Log.Builder log = toLogs.get(i);
      log.setKind(logs.get(i).spec().kind().number());
      log.setPath(logs.get(i).spec().path());
      log.setMaxSize(logs.get(i).spec().maxSize());
      log.setPosition(bytes(logs.get(i).position()));
    }
    Texts.set(to.initExitPaths(exitPaths.size()), exitPaths);
    Texts.set(to.initOomExitPaths(oomExitPaths.size()), oomExitPaths);
    Texts.set(to.initCleanupCommand(cleanupCommand.size()), cleanupCommand);
    to.setLeakFds(leakFds);
    to.setCreatedNanos(created);
    if (oomKills.isCounted()) {
      to.setOomCounter(oomKills.file());
      to.setOomKillsBefore(oomKills.before());
    }
    KnownNetwork.write(network, to.initNetwork());
    to.setExit(end.phase().number());
    to.setExitCode(end.exitCode());
    to.setOomKilled(end.oomKilled());
    to.setCleanupTag(end.cleanup().tag());
    to.setCleanupNanos(end.cleanup().began());
    LogCounts.write(logged, to.initLogged());
    to.setLogRate(bytes(logRate));
  }

  private static byte[] bytes(ByteBuffer from) {
    byte[] bytes = new byte[from.remaining()];
    from.get(from.position(), bytes);
    return bytes;
  }

  LogPosition rate(boolean exact) {
    return new LogPosition(bytes(logRate), exact);
  }

  static ContainerRecord of(State.Container.Reader from) {
    List<LogRecord> logs = new ArrayList<>(from.getLogs().size());
    for (int i = 0; i < from.getLogs().size(); i++) {
      State.Log.Reader log = from.getLogs().get(i);
      logs.add(
          LogRecord.of(
              new LogSpec(
                  LogSpec.Kind.of(log.getKind()), log.getPath().toString(), log.getMaxSize()),
              log.getPosition().toArray()));
    }
    return new ContainerRecord(
        from.getNumber(),
        RuntimeArguments.of(from.getRuntime()),
        from.getProcessId(),
        from.getStartTime(),
        from.getTerminal(),
        from.getStdin(),
        from.getStdinOnce(),
        logs,
        Texts.of(from.getExitPaths()),
        Texts.of(from.getOomExitPaths()),
        Texts.of(from.getCleanupCommand()),
        from.getLeakFds(),
        from.getCreatedNanos(),
        OomKills.since(from.getOomCounter().toString(), from.getOomKillsBefore()),
        KnownNetwork.of(from.getNetwork()),
        new ContainerEnd(
            ExitPhase.of(from.getExit()),
            from.getExitCode(),
            from.getOomKilled(),
            new CleanupRun(from.getCleanupTag(), from.getCleanupNanos())),
        LogCounts.of(from.getLogged()),
        ByteBuffer.wrap(from.getLogRate().toArray()));
  }
}
