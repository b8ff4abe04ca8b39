package io.conmonj.it.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.client.Monitor;
import io.conmonj.client.MonitorOptions;
import io.conmonj.client.model.CreateContainerRequest;
import io.conmonj.client.model.ExecSyncRequest;
import io.conmonj.client.model.LogConfig;
import io.conmonj.client.model.ServeExecRequest;
import io.conmonj.client.remotecommand.ContainerSession;
import io.conmonj.client.remotecommand.ExecStatus;
import io.conmonj.client.remotecommand.StreamOptions;
import io.conmonj.client.transport.ClientLoop;
import io.conmonj.client.transport.Replies;
import io.conmonj.it.bundle.BusyboxBundle;
import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.Distribution;
import io.conmonj.it.pod.NeedsContainers;
import io.conmonj.it.pod.Runc;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a monitor says of itself at its usual level. */
@Timeout(120)
@NeedsContainers
class OwnLogTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String TYPED = "what-a-person-typed";

  @TempDir Path directory;

  @Test
  void aContainerAndItsSessionsHaveALineForTheirBeginningAndTheirEndAndNothingThatWasTyped()
      throws Exception {
    String id = "conmonj-own-log-" + ProcessHandle.current().pid();
    Path log = directory.resolve("own-log");
    Runc runc = new Runc(Runc.find(), directory.resolve("runc"));
    MonitorOptions options =
        MonitorOptions.of(launcher(log), Runc.find(), directory.resolve("pod-1"))
            .withRuntimeRoot(runc.root())
            .withLog("stdout", "info");
    try (ClientLoop loop = new ClientLoop();
        Monitor monitor = Monitor.start(loop, options)) {
      try {
        run(monitor, runc, id);
      } finally {
        monitor.stop(LIMIT);
        runc.list().forEach(runc::delete);
      }
    }
    assertThat(Files.readString(log))
        .contains(" [pod-1/" + id + "]: container " + id + " created, pid ")
        .containsPattern("container " + id + " ended, pid \\d+: exit code 137, [1-9]\\d* bytes")
        .containsPattern(
            "exec session with "
                + id
                + " begins, from /127\\.0\\.0\\.1:\\d+; v5\\.channel\\.k8s\\.io")
        .containsPattern("exec session \\d+ with " + id + " ended: exit code 5; .* 4 out, ")
        .contains("call of reopenLogContainer failed: ")
        .containsPattern("output of process \\d+ is held by another one: the rest is dropped")
        .doesNotContain(TYPED)
        .doesNotContain("io.netty");
  }

  private void run(Monitor monitor, Runc runc, String id) throws IOException {
    BusyboxBundle bundle =
        BusyboxBundle.create(
            directory.resolve("bundle"), false, List.of("sh", "-c", "echo up; exec sleep 100000"));
    Path exit = directory.resolve("exit");
    Path output = directory.resolve("output");
    Replies.await(
        monitor.createContainer(
            CreateContainerRequest.builder(id, bundle.directory())
                .exitPaths(List.of(exit))
                .logDrivers(List.of(new LogConfig.Cri(output, 0)))
                .build()));
    runc.start(id);
    Await.until("its output", () -> Files.exists(output) && output.toFile().length() > 0);
    ServeExecRequest command =
        ServeExecRequest.output(id, List.of("sh", "-c", "echo abc; exit 5", TYPED));
    ByteArrayOutputStream seen = new ByteArrayOutputStream();
    try (ContainerSession session =
        Replies.await(monitor.exec(command, StreamOptions.of(seen, seen)))) {
      assertThat(Replies.await(session.status(), LIMIT)).isEqualTo(new ExecStatus.Exited(5));
    }
    ExecSyncRequest missing = ExecSyncRequest.of(id, List.of(TYPED), LIMIT);
    assertThat(monitor.execSync(missing)).succeedsWithin(LIMIT);
    String chatty = "(exec setsid sh -c 'while :; do echo x >&2; sleep 0.1; done') & sleep 1000";
    assertThat(
            monitor.execSync(
                ExecSyncRequest.of(id, List.of("sh", "-c", chatty), Duration.ofSeconds(4))))
        .succeedsWithin(LIMIT);
    assertThat(monitor.reopenLog("no-such")).failsWithin(LIMIT);
    runc.kill(id, "KILL");
    Await.until("its exit", () -> Files.exists(exit));
  }

  private Path launcher(Path log) throws IOException {
    Path script = directory.resolve("launcher");
    Files.writeString(
        script, "#!/bin/sh\nexec %s \"$@\" >%s\n".formatted(Distribution.program("conmonj"), log));
    return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }
}
