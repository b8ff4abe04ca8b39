package io.conmonj.it.bench.density;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Keeps pods of one container each, by one kind of monitor. Closing it ends all of them. */
interface Node extends AutoCloseable {
  /** Makes a node with its files in a directory. */
  @FunctionalInterface
  interface Maker {
    Node in(Path directory) throws IOException;
  }

  /** Whose monitor it is, for the table. */
  String name();

  /** Makes the files of a pod that is to be created; not part of any figure. */
  void prepare(String id) throws IOException;

  /** Starts the pod's monitor and creates its container, which does not run yet. */
  void create(String id) throws IOException;

  /** Starts the container's command. */
  void start(String id) throws IOException;

  /** Runs {@code true} in the container, and gets its exit code. */
  void exec(String id) throws IOException;

  /** Kills the container and waits until its end is recorded. */
  void stop(String id) throws IOException;

  /** The processes that stay for the pods that there are. */
  List<Long> monitors() throws IOException;

  @Override
  void close() throws IOException;
}
