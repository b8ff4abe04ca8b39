package io.conmonj.monitor.container;

import io.conmonj.monitor.observe.Span;
import io.conmonj.monitor.stdio.BytesListener;
import io.conmonj.monitor.stdio.StreamEnd;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The life of one container as spans, named as conmon-rs names them: parts of the call that created
 * it, which they outlast. There is one only where traces are exported. Each of its methods may be
 * called again when there was no memory for what it was followed by. Loop thread only.
 */
final class ContainerSpans {
  private static final String PID = "pid";

  private final Span call;
  private final Span watch;
  private final Span wait;
  private final Optional<Span> stdin;
  private final Optional<Span> oom;
  private boolean recording;

  /**
   * Its process is there.
   *
   * @param call in which it was created
   * @param input whether something can be written to it
   */
  ContainerSpans(Span call, int pid, boolean input, OomKills oomKills) {
    this.call = call;
    this.watch = call.child("watch");
    this.wait = watch.child("wait_for_exit_code");
    this.stdin = input ? Optional.of(call.child("stdin")) : Optional.empty();
    watch.attribute(PID, pid);
    this.oom =
        switch (oomKills.cgroupVersion()) {
          case 1 -> Optional.of(watch.child("oom_handling_cgroup_v1"));
          case 2 -> Optional.of(watch.child("oom_handling_cgroup_v2"));
          default -> Optional.empty();
        };
    if (oom.isPresent()) {
      oom.get().attribute(PID, pid);
    }
  }

  /** Puts a span around one of its streams, which ends with the stream. */
  BytesListener around(String stream, BytesListener listener) {
    return new TracedStream(call.child(stream), listener);
  }

  private record TracedStream(Span span, BytesListener listener) implements BytesListener {
    @Override
    public void onBytes(ByteBuf bytes) {
      listener.onBytes(bytes);
    }

    @Override
    public void onEnd(StreamEnd end) {
      if (end instanceof StreamEnd.Failed) {
        span.failed();
      }
      span.end();
      listener.onEnd(end);
    }
  }

  /** Its process has ended. */
  void exited(int exitCode) {
    wait.attribute("exit_code", exitCode);
    wait.end();
    if (stdin.isPresent()) {
      stdin.get().end();
    }
  }

  /** It is known whether any of its processes was killed for lack of memory. */
  void oomKillsCounted(boolean any) {
    if (oom.isPresent()) {
      oom.get().attribute("oom_killed", any ? "true" : "false");
      oom.get().end();
    }
  }

  /**
   * Its exit is being told.
   *
   * @param recorded completes when it is, or is given up
   */
  void recording(List<String> paths, List<String> oomPaths, CompletableFuture<Void> recorded) {
    if (recording) {
      return;
    }
    recording = true;
    List<Span> files = new ArrayList<>();
    begin("write_exit_path", paths, files);
    begin("write_oom_file", oomPaths, files);
    var _ = recorded.whenComplete((done, failed) -> end(files, failed));
  }

  private void begin(String name, List<String> paths, List<Span> begun) {
    for (String path : paths) {
      Span span = watch.child(name);
      span.attribute("path", path);
      begun.add(span);
    }
  }

  private static void end(List<Span> spans, Throwable failed) {
    for (Span each : spans) {
      if (failed != null) {
        each.failed();
      }
      each.end();
    }
  }

  /** Nothing is owed to it any more. */
  void ended() {
    watch.end();
  }
}
