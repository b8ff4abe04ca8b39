package io.conmonj.it.demo;

import io.conmonj.client.Monitor;
import io.conmonj.client.model.ExecSyncRequest;
import io.conmonj.client.model.WindowSize;
import io.conmonj.client.transport.ClientLoop;
import io.conmonj.client.transport.Replies;
import io.conmonj.it.bundle.BusyboxBundle;
import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.Distribution;
import io.conmonj.it.pod.Runc;
import io.conmonj.it.proc.MonitorFacts;
import io.conmonj.it.proc.ProcessFacts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A monitor's main job on real containers, told step by step; each claim is checked, and the first
 * that does not hold ends the demonstration as failed.
 */
public final class Demo {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final WindowSize FIRST_SIZE = new WindowSize(80, 24);
  private static final WindowSize SECOND_SIZE = new WindowSize(132, 43);

  private final Narrator narrator = new Narrator(System.out);
  private final DemoFiles files;
  private final Runc runc;

  private Demo(Path directory) {
    this.files = new DemoFiles(directory);
    this.runc = new Runc(Runc.find(), files.runcRoot());
  }

  /** Runs it; takes no arguments, the distribution is found as the tests find it. */
  public static void main(String[] arguments) throws Exception {
    Path directory = Files.createTempDirectory("conmonj-demo-");
    new Demo(directory).run();
  }

  private void run() throws Exception {
    BusyboxBundle.create(files.bundle(DemoFiles.TTY), true, List.of("sh"));
    BusyboxBundle.create(
        files.bundle(DemoFiles.PIPE),
        false,
        List.of(
            "sh",
            "-c",
            "echo out; echo err >&2; while [ ! -e /done ]; do sleep 0.1; done; exit 42"));
    try (RuntimeHandle runtime = RuntimeHandle.start(files);
        ClientLoop loop = new ClientLoop()) {
      Map<String, String> said = start(runtime);
      MonitorFacts monitor = new MonitorFacts(Long.parseLong(said.get("monitor")));
      try (DemoShell shell = DemoShell.open(loop, URI.create(said.get("url")), FIRST_SIZE)) {
        useShell(shell);
        killRuntime(runtime, monitor);
        useShellAgain(shell);
        try (Monitor again = rejoin(loop, monitor)) {
          showLogAndExit();
          leaveShell(shell);
          stop(again, monitor);
        }
      }
    }
    cleanUp();
  }

  private Map<String, String> start(RuntimeHandle runtime) throws IOException {
    narrator.step("A container runtime starts a monitor and has it create two containers by runc");
    Map<String, String> said = runtime.readUntil("url");
    narrator.say("container runtime: process " + runtime.pid());
    narrator.say("monitor:           process " + said.get("monitor"));
    narrator.say("PTY container:     process " + said.get(DemoFiles.TTY));
    narrator.say("pipe container:    process " + said.get(DemoFiles.PIPE));
    narrator.say("streaming URL:     " + said.get("url"));
    return said;
  }

  private void useShell(DemoShell shell) throws IOException {
    narrator.step("A client opens the URL over WebSocket and types into a shell");
    shell.type("echo I am $((6*7))", "I am 42");
    narrator.say(shell.screen());
    narrator.check(true, "what was typed is echoed, and answered");
    shell.type("stty size", "24 80");
    shell.resize(SECOND_SIZE);
    shell.type("stty size", "43 132");
    narrator.check(true, "the terminal is 24 x 80, and 43 x 132 after a resize");
  }

  private void killRuntime(RuntimeHandle runtime, MonitorFacts monitor) throws IOException {
    narrator.step("The container runtime is killed (kill -9) in the middle of the session");
    runtime.kill();
    narrator.check(!new ProcessFacts(runtime.pid()).isAlive(), "the runtime is dead");
    narrator.check(monitor.isAlive(), "the monitor lives");
  }

  private void useShellAgain(DemoShell shell) throws IOException {
    shell.type("echo still here: $((40+2))", "still here: 42");
    narrator.check(true, "the same session still answers");
  }

  private Monitor rejoin(ClientLoop loop, MonitorFacts before) throws IOException {
    narrator.step("A new container runtime finds the same monitor and the same containers");
    Monitor monitor = Monitor.join(loop, files.runtimeDir());
    narrator.check(monitor.processId() == before.pid(), "it is monitor " + before.pid());
    for (String id : List.of(DemoFiles.TTY, DemoFiles.PIPE)) {
      String answer =
          Replies.await(
                  monitor.execSync(
                      ExecSyncRequest.of(id, List.of("echo", "hello from", id), LIMIT)))
              .stdout();
      narrator.check(answer.equals("hello from " + id + "\n"), id + " answers to the new runtime");
    }
    return monitor;
  }

  private void showLogAndExit() throws IOException {
    narrator.step("The pipe container ends with exit code 42");
    Files.writeString(files.bundle(DemoFiles.PIPE).resolve("rootfs/done"), "");
    Path exit = files.exitFile(DemoFiles.PIPE);
    Await.until("exit file", () -> Files.exists(exit));
    narrator.say("its log:");
    narrator.say(Files.readString(files.log(DemoFiles.PIPE)));
    narrator.check(Files.readString(exit).equals("42"), "its exit file says 42");
  }

  private void leaveShell(DemoShell shell) throws IOException {
    narrator.step("The client leaves the shell with exit code 7");
    shell.send("exit 7");
    narrator.check(shell.exitCode() == 7, "the session ends with exit code 7");
  }

  private void stop(Monitor monitor, MonitorFacts process) throws IOException {
    narrator.step("The monitor is told to stop");
    narrator.check(monitor.stop(LIMIT), "it stops in order");
    narrator.check(!process.isAlive(), "its process is gone");
    Path exit = files.exitFile(DemoFiles.TTY);
    narrator.check(
        Files.readString(exit).equals("137"),
        "the PTY container was killed: its exit file says 137");
  }

  private void cleanUp() throws IOException {
    narrator.step("The containers are deleted, and nothing is left");
    for (String id : runc.list()) {
      runc.delete(id);
    }
    DemoRemains left = new DemoRemains(files.directory());
    narrator.check(left.processes().isEmpty(), "no process is left");
    narrator.check(left.mounts().isEmpty(), "no mount is left");
    narrator.check(left.cgroups().isEmpty(), "no cgroup is left");
    narrator.check(Files.notExists(files.runtimeDir().resolve("conmon.sock")), "no socket is left");
    try (Stream<Path> all = Files.walk(files.directory())) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
    narrator.check(Files.notExists(files.directory()), "no file is left");
  }

  static Path launcher() {
    return Distribution.program("conmonj");
  }
}
