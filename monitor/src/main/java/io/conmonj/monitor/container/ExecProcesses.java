package io.conmonj.monitor.container;

import io.conmonj.monitor.observe.Span;
import io.conmonj.monitor.oci.CreateArguments;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Starts the further processes in all containers of a monitor and lists them. Loop thread only. */
final class ExecProcesses {
  private final LaunchContext context;
  private final String directory;
  private final Set<ExecProcess> processes = new LinkedHashSet<>();
  private boolean stopping;
  private long count;

  /**
   * @param directory for the pid files that runtimes write; nobody else can write to it
   */
  ExecProcesses(LaunchContext context, String directory) {
    this.context = context;
    this.directory = directory;
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
    String pidFile = directory + "/exec-" + ++count + ".pid";
    ExecLaunch launch = new ExecLaunch(context, container, spec, pidFile, process::size);
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
    return new ExecSyncRun(
        context.loop(), start(container, spec), context.memory().answers(), timeout);
  }

  /** Those that have not finished, the oldest first. */
  Collection<ExecProcess> all() {
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
