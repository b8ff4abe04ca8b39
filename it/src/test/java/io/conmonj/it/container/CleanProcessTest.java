package io.conmonj.it.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.client.model.ServeExecRequest;
import io.conmonj.client.remotecommand.ContainerSession;
import io.conmonj.client.remotecommand.StreamOptions;
import io.conmonj.client.transport.Replies;
import io.conmonj.it.bundle.BusyboxBundle;
import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.NeedsContainers;
import io.conmonj.it.pod.PodContainer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A container's process and a command in it have of the monitor what they would have of a shell:
 * nothing. Both are compared with those that a shell has the runtime start.
 */
@Timeout(120)
@NeedsContainers
class CleanProcessTest {
  private static final String[] CONTAINER = {"sleep", "100000"};
  private static final List<String> COMMAND = List.of("sleep", "100001");
  private static final String TERMINAL = "0 /dev/pts/0\n1 /dev/pts/0\n2 /dev/pts/0";

  private static final String NO_SIGNAL = "SigIgn:\t0000000000000000";

  @TempDir Path directory;
  private BusyboxPod pod;
  private String reference;

  @BeforeEach
  void startPod() throws IOException {
    pod = BusyboxPod.start(directory);
    reference = "conmonj-by-a-shell-" + ProcessHandle.current().pid();
  }

  @AfterEach
  void stopPod() throws IOException {
    pod.close();
  }

  @Test
  void aContainerHasOfTheMonitorWhatItWouldHaveOfAShell() throws Exception {
    PodContainer container = pod.container(CONTAINER).create(it -> it.stdin(true)).start();
    awaitCommand(container.pid(), CONTAINER);
    assertThat(ProcessState.of(container.pid())).isEqualTo(containerOfAShell());
    assertThat(ProcessState.ignored(container.pid())).isEqualTo(NO_SIGNAL);
    assertThat(pod.process().children()).containsExactly(container.pid());
  }

  @Test
  void aTerminalContainerHasItsTerminalAndNothingElseMore() throws Exception {
    PodContainer container = pod.terminalContainer(CONTAINER).run();
    awaitCommand(container.pid(), CONTAINER);
    Map<String, String> expected = containerOfAShell();
    expected.put("fd", TERMINAL);
    assertThat(ProcessState.of(container.pid())).isEqualTo(expected);
  }

  @Test
  void aCommandHasOfTheMonitorWhatItWouldHaveOfAShell() throws Exception {
    PodContainer container = pod.container(CONTAINER).run();
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    ServeExecRequest request = ServeExecRequest.piped(container.id(), COMMAND);
    try (ContainerSession _ =
        Replies.await(pod.monitor().exec(request, StreamOptions.of(output, output)))) {
      long command = command();
      Map<String, String> expected = commandOfAShell();
      assertThat(ProcessState.of(command)).isEqualTo(expected);
      assertThat(ProcessState.ignored(command)).isEqualTo(NO_SIGNAL);
    }
  }

  private long command() {
    Await.until("the command", () -> commands().findAny().isPresent());
    return commands().findAny().orElseThrow();
  }

  /** Not the runtime, which starts it and goes. */
  private Stream<Long> commands() {
    return pod.process().children().stream()
        .filter(pid -> commandLine(pid).equals(line(COMMAND.toArray(new String[0]))));
  }

  private Map<String, String> containerOfAShell() throws Exception {
    return ProcessState.of(runByAShell());
  }

  private Map<String, String> commandOfAShell() throws Exception {
    runByAShell();
    Path pidfile = directory.resolve("command-pid");
    shell("exec --detach --pid-file " + pidfile + " " + reference + " " + join(COMMAND));
    long pid = Long.parseLong(Files.readString(pidfile));
    awaitCommand(pid, COMMAND.toArray(new String[0]));
    return ProcessState.of(pid);
  }

  private long runByAShell() throws Exception {
    Path bundle = directory.resolve("by-a-shell");
    BusyboxBundle.create(bundle, false, List.of(CONTAINER));
    Path pidfile = directory.resolve("shell-pid");
    shell("run --detach --bundle " + bundle + " --pid-file " + pidfile + " " + reference);
    long pid = Long.parseLong(Files.readString(pidfile));
    awaitCommand(pid, CONTAINER);
    return pid;
  }

  /** As with the monitor, pipes are what it gets; nobody holds their other ends. */
  private void shell(String arguments) throws Exception {
    String line = pod.runc().program() + " --root " + pod.runc().root() + " " + arguments;
    Process shell = new ProcessBuilder("sh", "-c", "exec " + line).start();
    assertThat(shell.waitFor()).as(line).isZero();
    try (OutputStream stdin = shell.getOutputStream()) {
      stdin.flush();
    }
  }

  private static String join(List<String> words) {
    return String.join(" ", words);
  }

  /** Waits until the process runs it, and not the runtime any more. */
  private static void awaitCommand(long pid, String... command) {
    Await.until("command of " + pid, () -> line(command).equals(commandLine(pid)));
  }

  private static String line(String... command) {
    return String.join("\0", command) + "\0";
  }

  private static String commandLine(long pid) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"));
    } catch (IOException gone) {
      return "";
    }
  }
}
