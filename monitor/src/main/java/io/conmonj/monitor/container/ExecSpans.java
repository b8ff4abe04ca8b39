package io.conmonj.monitor.container;

import io.conmonj.monitor.observe.Span;

/**
 * The life of a further process as spans, parts of the call that has it run. There is one only
 * where traces are exported. Loop thread only.
 */
final class ExecSpans {
  private final Span call;

  private ExecSpans(Span call) {
    this.call = call;
  }

  /** Follows a process from when it runs to the end of its output. */
  static void follow(Span call, ExecProcess process) {
    ExecSpans spans = new ExecSpans(call);
    var _ = process.started().thenAccept(spans::started);
  }

  private void started(ExecProcess process) {
    Span watch = call.child("watch");
    Span wait = watch.child("wait_for_exit_code");
    watch.attribute("pid", process.pid());
    var _ =
        process
            .exited()
            .whenComplete(
                (code, failed) -> {
                  if (failed == null) {
                    wait.attribute("exit_code", code);
                  }
                  wait.end();
                });
    var _ = process.finished().whenComplete((code, failed) -> watch.end());
  }
}
