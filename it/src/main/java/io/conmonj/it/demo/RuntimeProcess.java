package io.conmonj.it.demo;

import io.conmonj.client.Monitor;
import io.conmonj.client.MonitorOptions;
import io.conmonj.client.model.CreateContainerRequest;
import io.conmonj.client.model.LogConfig;
import io.conmonj.client.model.ServeExecRequest;
import io.conmonj.client.transport.ClientLoop;
import io.conmonj.client.transport.Replies;
import io.conmonj.it.pod.Runc;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * Plays the container runtime: a process of its own that starts the monitor, has it create two
 * containers, asks for a streaming URL, says all that on its standard output and then lives on
 * until it is killed.
 */
public final class RuntimeProcess {
  private RuntimeProcess() {}

  /**
   * @param arguments the launcher, and a directory that holds the bundles {@code tty} and {@code
   *     pipe}
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path launcher = Path.of(arguments[0]);
    DemoFiles files = new DemoFiles(Path.of(arguments[1]));
    Runc runc = new Runc(Runc.find(), files.runcRoot());
    MonitorOptions options =
        MonitorOptions.of(launcher, runc.program(), files.runtimeDir())
            .withRuntimeRoot(runc.root());
    // Neither is closed: this process ends by being killed.
    ClientLoop loop = new ClientLoop();
    Monitor monitor = Monitor.start(loop, options);
    say("monitor", Long.toString(monitor.processId()));
    create(monitor, runc, files, DemoFiles.TTY, true);
    create(monitor, runc, files, DemoFiles.PIPE, false);
    URI url =
        Replies.await(monitor.serveExec(ServeExecRequest.terminal(DemoFiles.TTY, List.of("sh"))));
    say("url", url.toString());
    Thread.currentThread().join();
  }

  private static void create(
      Monitor monitor, Runc runc, DemoFiles files, String id, boolean terminal) throws IOException {
    long pid =
        Replies.await(
            monitor.createContainer(
                CreateContainerRequest.builder(id, files.bundle(id))
                    .terminal(terminal)
                    .exitPaths(List.of(files.exitFile(id)))
                    .logDrivers(List.of(new LogConfig.Cri(files.log(id), 0)))
                    .build()));
    runc.start(id);
    say(id, Long.toString(pid));
  }

  private static void say(String name, String value) {
    System.out.println(name + "=" + value);
  }
}
