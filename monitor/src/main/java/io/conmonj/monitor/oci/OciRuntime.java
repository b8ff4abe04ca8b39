package io.conmonj.monitor.oci;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.Pipe;
import io.conmonj.kernel.Spawn;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.stdio.HeldStream;
import io.conmonj.monitor.stdio.ReadBuffer;
import java.io.IOException;

/** Runs the OCI runtime, any number of times at once. Loop thread only; nothing here waits. */
public final class OciRuntime {
  private static final int FIRST_ADDITIONAL = 3;
  private static final int STDIN = 0;
  private static final int STDOUT = 1;
  private static final int STDERR = 2;

  private final EventLoop loop;
  private final Processes processes;
  private final ReadBuffer buffer;
  private final RuntimeConfig config;

  /** A runtime whose processes become children of this monitor. */
  public OciRuntime(EventLoop loop, Processes processes, ReadBuffer buffer, RuntimeConfig config) {
    this.loop = loop;
    this.processes = processes;
    this.buffer = buffer;
    this.config = config;
  }

  /** Its command lines. */
  public RuntimeCommands commands() {
    return new RuntimeCommands(config);
  }

  /**
   * Starts the runtime. Its standard error is a pipe made here, which the process that it makes
   * inherits: see {@link RuntimeRun#stderr}.
   *
   * @param call its descriptors stay the caller's, who may close them when this returns
   * @throws IOException when it cannot be started
   */
  public RuntimeRun start(RuntimeCall call) throws IOException {
    String name = config.name() + " " + call.verb();
    try (Pipe errors = Pipe.open()) {
      Spawn spawn =
          Spawn.program(config.path())
              .arguments(call.arguments())
              .environment(call.environment())
              .ownProcessGroup()
              .descriptor(STDERR, errors.writeEnd());
      call.stdin().ifPresent(fd -> spawn.descriptor(STDIN, fd));
      call.stdout().ifPresent(fd -> spawn.descriptor(STDOUT, fd));
      int number = FIRST_ADDITIONAL;
      for (Fd fd : call.additional()) {
        spawn.descriptor(number++, fd);
      }
      HeldStream stderr = HeldStream.open(loop, Fd.adopt(errors.readEnd().release()), buffer);
      try {
        return new RuntimeRun(loop, name, processes.start(spawn), stderr, call.deadline());
      } catch (IOException failed) {
        stderr.close();
        throw new IOException(name + ": " + failed.getMessage(), failed);
      }
    }
  }
}
