package io.conmonj.monitor.container;

import io.conmonj.monitor.observe.Span;
import io.conmonj.monitor.oci.CreateArguments;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Starts the further processes in all containers of a monitor and lists them. Loop thread only. */
final class ExecProcesses {
  private final LaunchContext context;
  private final ExecPidFiles pidFiles;
  private final Set<ExecProcess> processes = new LinkedHashSet<>();
  private boolean stopping;

  /**
   * @param directory for the pid files that runtimes write; nobody else can write to it
   */
  ExecProcesses(LaunchContext context, String directory) {
    this.context = context;
    this.pidFiles = new ExecPidFiles(directory, context.processes().worker());
  }

  /**
   * Kills those that the runtime has made for a worker before this one, which died before it could
   * take them over. What such a worker had taken over is killed elsewhere.
   *
   * @param runtimesOver completes when no runtime of that worker runs any more
   */
  void endCutOff(CompletableFuture<Void> runtimesOver) {
    new CutOffExecs(context, pidFiles, runtimesOver).end();
  }

  /**
   * Starts a process. Always returns at once; the process says whether it could be started.
   *
   * @param container what the runtime was told of the container that it shall run in
   */
  ExecProcess start(CreateArguments container, ExecSpec spec) {
    ExecProcess process = new ExecProcess(context, container.id(), spec.size());
    if (stopping) {
      process.refuse(new IOException("start process: the monitor is stopping"));
      return process;
    }
    var _ = process.finished().whenComplete((code, failure) -> processes.remove(process));
    ExecLaunch launch = new ExecLaunch(context, container, spec, pidFiles.next(), process::size);
    processes.add(process);
    Optional<Span> call = context.span();
    if (call.isPresent()) {
      ExecSpans.follow(call.get(), process);
    }
    // From here on it ends by itself, and tells so.
    process.startWhen(launch.request());
    return process;
  }

  /**
   * Runs a command to its end.
   *
   * @param container as with {@link #start}
   * @param timeout from the moment it runs, after which it is killed; zero for none
   */
  ExecSyncRun run(CreateArguments container, ExecSpec spec, Duration timeout) {
    ExecProcess process = start(container, spec);
    process.answersCall();
    return new ExecSyncRun(context.loop(), process, context.memory().answers(), timeout);
  }

  /** Goes on with a process that another worker has started. */
  ExecProcess goOn(String container, Launched before) {
    ExecProcess process = new ExecProcess(context, container, Optional.empty());
    var _ = process.finished().whenComplete((code, failure) -> processes.remove(process));
    processes.add(process);
    process.goOn(before);
    return process;
  }

  /** Those that have not finished, the oldest first. */
  List<ExecProcess> all() {
    return List.copyOf(processes);
  }

  /** Whether all have finished. */
  boolean isEmpty() {
    return processes.isEmpty();
  }

  /** Refuses every process that is asked for from now on. */
  void refuseNew() {
    stopping = true;
  }
}
