package io.conmonj.it.pod;

import io.conmonj.client.model.CreateContainerRequest;
import io.conmonj.client.model.ExecSyncRequest;
import io.conmonj.client.model.ExecSyncResult;
import io.conmonj.client.transport.Replies;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** One container of a {@link BusyboxPod}. */
public final class PodContainer {
  private static final Duration EXEC_LIMIT = Duration.ofSeconds(60);

  private final BusyboxPod pod;
  private final String id;
  private final Path home;
  private final CreateContainerRequest.Builder request;
  private long pid;

  PodContainer(BusyboxPod pod, String id, Path home, CreateContainerRequest.Builder request) {
    this.pod = pod;
    this.id = id;
    this.home = home;
    this.request = request;
  }

  CreateContainerRequest.Builder request() {
    return request;
  }

  /** Its id. */
  public String id() {
    return id;
  }

  /** Its first process, once it is created. */
  public long pid() {
    return pid;
  }

  /** Its log in the CRI format. */
  public Path log() {
    return home.resolve("log");
  }

  /** Where its exit code is written. */
  public Path exitFile() {
    return home.resolve("exit");
  }

  /** Its root filesystem as the host sees it. */
  public Path root() {
    return home.resolve("bundle/rootfs");
  }

  /** The directory of its bundle, log and exit file. */
  public Path home() {
    return home;
  }

  /** Has the monitor create it; its command does not run yet. */
  public PodContainer create() throws IOException {
    return create(same -> same);
  }

  /** Has the monitor create it, with further wishes. */
  public PodContainer create(UnaryOperator<CreateContainerRequest.Builder> wishes)
      throws IOException {
    pid = pod.create(this, wishes);
    return this;
  }

  /** Creates it and starts its command. */
  public PodContainer run() throws IOException {
    create();
    return start();
  }

  /** Starts its command, as a container runtime does. */
  public PodContainer start() {
    pod.runc().start(id);
    return this;
  }

  /**
   * Waits until it is in the file by which another monitor knows it if this one is killed: that is
   * written meanwhile.
   */
  public PodContainer awaitWrittenDown() {
    Path state = pod.options().runtimeDir().resolve("state");
    Await.until("container " + id + " in " + state, () -> isIn(state));
    return this;
  }

  private boolean isIn(Path state) {
    try {
      return Files.readString(state, StandardCharsets.ISO_8859_1).contains(id);
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Runs a command in it to its end, through the monitor. */
  public ExecSyncResult execSync(String... command) throws IOException {
    return Replies.await(
        pod.monitor().execSync(ExecSyncRequest.of(id, List.of(command), EXEC_LIMIT)));
  }

  /** Whether its exit has been recorded. */
  public boolean hasExited() {
    return Files.exists(exitFile());
  }

  /** Its exit code as recorded. */
  public String exitCode() throws IOException {
    return Files.readString(exitFile());
  }
}
