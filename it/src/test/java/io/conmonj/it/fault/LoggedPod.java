package io.conmonj.it.fault;

import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.BusyboxPod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A pod whose monitor says what it has to say in a file. */
final class LoggedPod implements AutoCloseable {
  private final BusyboxPod pod;
  private final Path said;

  private LoggedPod(BusyboxPod pod, Path said) {
    this.pod = pod;
    this.said = said;
  }

  /**
   * Starts one.
   *
   * @param launcher of the distribution
   */
  static LoggedPod start(Path launcher, Path directory) throws IOException {
    Path said = directory.resolve("said");
    Path program = directory.resolve("conmonj");
    Files.writeString(program, "#!/bin/sh\nexec " + launcher + " \"$@\" > " + said + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return new LoggedPod(BusyboxPod.startTalking(program, directory), said);
  }

  BusyboxPod pod() {
    return pod;
  }

  /** Waits until it has said something. */
  void awaitSaid(String text) {
    Await.until("it says: " + text, () -> said().contains(text));
  }

  String said() {
    try {
      return Files.readString(said);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Kills the worker that there is; returns at once. */
  void killWorker() {
    ProcessHandle.of(pod.process().worker().pid()).orElseThrow().destroyForcibly();
  }

  /** Waits for a worker that serves. */
  void reconnect() {
    pod.awaitWorker();
  }

  @Override
  public void close() throws IOException {
    pod.close();
  }
}
