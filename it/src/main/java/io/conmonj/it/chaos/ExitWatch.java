package io.conmonj.it.chaos;

import io.conmonj.it.pod.PodContainer;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Learns of exits as CRI-O does: when a container's file appears in a directory that all share, the
 * one that lasts is read.
 */
final class ExitWatch implements AutoCloseable {
  private final Path directory;
  private final WatchService service;
  private final Map<String, Told> all = new ConcurrentHashMap<>();
  private final Thread watcher;

  /** What is told of one container, and by which file; in the order in which it came. */
  private record Told(PodContainer container, List<String> codes) {}

  private ExitWatch(Path directory) throws IOException {
    this.directory = Files.createDirectories(directory);
    this.service = directory.getFileSystem().newWatchService();
    WatchKey _ = directory.register(service, StandardWatchEventKinds.ENTRY_CREATE);
    this.watcher = Thread.ofPlatform().daemon().name("exit-watch").start(this::watch);
  }

  static ExitWatch start(Path directory) throws IOException {
    return new ExitWatch(directory);
  }

  /** Expects a container's exit: the paths of its exit files, that which is watched first. */
  List<Path> expect(PodContainer container) {
    all.put(container.id(), new Told(container, Collections.synchronizedList(new ArrayList<>())));
    return List.of(path(container), container.exitFile());
  }

  private Path path(PodContainer container) {
    return directory.resolve(container.id());
  }

  /** The codes that were told of a container, one for each time. */
  List<String> codes(PodContainer container) {
    return List.copyOf(all.get(container.id()).codes());
  }

  /** What the file in the directory says. */
  String code(PodContainer container) throws IOException {
    return Files.readString(path(container));
  }

  /** What else is in the directory than files of those that are expected. */
  List<String> strangers() throws IOException {
    TreeSet<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.list(directory)) {
      files.forEach(each -> names.add(each.getFileName().toString()));
    }
    names.removeAll(all.keySet());
    return List.copyOf(names);
  }

  private void watch() {
    try {
      while (true) {
        WatchKey key = service.take();
        for (WatchEvent<?> each : key.pollEvents()) {
          told(each);
        }
        key.reset();
      }
    } catch (InterruptedException | ClosedWatchServiceException over) {
      // Nothing is told any more.
    }
  }

  private void told(WatchEvent<?> event) {
    Told told = event.context() == null ? null : all.get(event.context().toString());
    for (int i = 0; told != null && i < event.count(); i++) {
      told.codes().add(read(told.container()));
    }
  }

  private static String read(PodContainer container) {
    try {
      return container.exitCode();
    } catch (IOException missing) {
      return missing.toString();
    }
  }

  @Override
  public void close() throws IOException {
    service.close();
    try {
      watcher.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
