package io.conmonj.monitor.pod;

import io.conmonj.monitor.container.Container;
import io.conmonj.monitor.container.ContainerState;
import io.conmonj.monitor.container.ContainerTotals;
import io.conmonj.monitor.container.Containers;
import io.conmonj.monitor.log.LogStatistics;
import io.conmonj.monitor.observe.MetricsText;
import io.conmonj.monitor.oci.OciRuntime;

/** Metrics of the pod's containers, their logs, and the OCI runtime. Loop thread only. */
final class ContainerMetrics {
  private static final String RESULT = "result";

  private final Containers containers;
  private final OciRuntime runtime;

  ContainerMetrics(Containers containers, OciRuntime runtime) {
    this.containers = containers;
    this.runtime = runtime;
  }

  void write(MetricsText to) {
    ContainerTotals totals = containers.totals();
    int running = 0;
    int ending = 0;
    LogStatistics logs = totals.logged();
    for (Container each : containers.all()) {
      logs = logs.plus(each.logged());
      if (each.state() instanceof ContainerState.Running) {
        running++;
      } else {
        ending++;
      }
    }
    to.gauge("conmonj_containers", "Containers, until their exit has been recorded.");
    to.value(running, "state", "running");
    to.value(ending, "state", "ending");
    to.value(containers.orphans().size(), "state", "orphaned");
    to.counter("conmonj_containers_created", "Containers that were created.");
    to.value(totals.creations());
    to.counter("conmonj_container_create_failures", "Containers that could not be created.");
    to.value(totals.failedCreations());
    to.counter(
        "conmonj_container_exits",
        "Containers that have ended: with 0, another code of up to 128, or one above.");
    to.value(totals.successes(), RESULT, "success");
    to.value(totals.failures(), RESULT, "failure");
    to.value(totals.signals(), RESULT, "signal");
    to.counter(
        "conmonj_container_oom_kills", "Containers that lost a process to the OOM killer, ended.");
    to.value(totals.oomKills());
    to.gauge("conmonj_exec_processes", "Further processes run in containers.");
    to.value(containers.execs().size());
    write(logs, to);
    to.gauge("conmonj_runtime_runs", "Runs of the OCI runtime.");
    to.value(runtime.running(), "state", "running");
    to.value(runtime.waiting(), "state", "waiting");
  }

  private static void write(LogStatistics logs, MetricsText to) {
    to.counter("conmonj_log_written_bytes", "Bytes written to container logs, with their framing.");
    to.value(logs.bytesWritten());
    to.counter("conmonj_log_lines", "Lines of containers that were logged to their end.");
    to.value(logs.linesWritten());
    to.counter("conmonj_log_write_errors", "Failed attempts to write, reopen or rotate a log.");
    to.value(logs.writeErrors());
    to.counter("conmonj_log_rotations", "Log files begun because the one before was full.");
    to.value(logs.rotations());
    to.counter("conmonj_log_lost_bytes", "Output given up because its log could not be written.");
    to.value(logs.bytesLost());
    to.counter("conmonj_log_dropped_bytes", "Output not logged because it exceeded the rate.");
    to.value(logs.bytesDropped());
    to.counter("conmonj_log_dropped_lines", "Lines not logged, or not whole, for that reason.");
    to.value(logs.linesDropped());
  }
}
