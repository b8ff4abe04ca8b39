package io.conmonj.client.cli;

import io.conmonj.client.Monitor;
import io.conmonj.client.MonitorException;
import io.conmonj.client.model.CreateContainerRequest;
import io.conmonj.client.model.LogConfig;
import io.conmonj.client.transport.Replies;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** What a {@code run} has made, and how it is removed where the run fails. */
final class FailedRun {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final long LOOK_NANOS = Duration.ofMillis(20).toNanos();

  private final Path runtimeDir;
  private final boolean newDirectory;
  private final List<Path> newLogs = new ArrayList<>();
  private CreateContainerRequest created;

  /** To be made before a monitor is started. */
  FailedRun(Path runtimeDir) {
    this.runtimeDir = runtimeDir;
    this.newDirectory = Files.notExists(runtimeDir);
  }

  /** The container is about to be created: logs that are there stay. */
  void creates(CreateContainerRequest request) {
    for (LogConfig log : request.logDrivers()) {
      if (log instanceof LogConfig.Cri cri && Files.notExists(cri.path())) {
        newLogs.add(cri.path());
      }
    }
  }

  /** The container is there. */
  void created(CreateContainerRequest request) {
    created = request;
  }

  /**
   * Removes the container, then a monitor that was started for it, then the log.
   *
   * @param monitor null if there is none
   * @param failure gets what could not be removed as suppressed
   */
  void remove(Monitor monitor, RuntimeCommand runtime, Exception failure) {
    try {
      if (created != null) {
        runtime.delete(created.id());
        awaitExit();
      }
      if (monitor != null && monitor.startedHere() && isIdle(monitor)) {
        monitor.stop(LIMIT);
      }
      for (Path log : newLogs) {
        Files.deleteIfExists(log);
      }
      if (newDirectory) {
        Files.deleteIfExists(runtimeDir);
      }
    } catch (DirectoryNotEmptyException e) {
      // Somebody else uses the directory by now.
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  /** The monitor writes the container's end into files, which nobody wants. */
  private void awaitExit() throws IOException {
    long begin = System.nanoTime();
    for (Path exit : created.exitPaths()) {
      while (Files.notExists(exit) && System.nanoTime() - begin < LIMIT.toNanos()) {
        LockSupport.parkNanos(LOOK_NANOS);
      }
      Files.deleteIfExists(exit);
    }
  }

  /** Others may have begun containers under it meanwhile. */
  private static boolean isIdle(Monitor monitor) throws IOException {
    try {
      return Replies.await(monitor.serverInfo()).containers().isEmpty();
    } catch (MonitorException e) {
      return false;
    }
  }
}
