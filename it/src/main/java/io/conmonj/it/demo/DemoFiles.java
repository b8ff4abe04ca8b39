package io.conmonj.it.demo;

import java.nio.file.Path;

/**
 * Where the demonstration keeps its files.
 *
 * @param directory all of them are in it
 */
record DemoFiles(Path directory) {
  /** The container with a terminal. */
  static final String TTY = "conmonj-demo-tty";

  /** The container with pipes. */
  static final String PIPE = "conmonj-demo-pipe";

  Path runtimeDir() {
    return directory.resolve("run");
  }

  Path runcRoot() {
    return directory.resolve("runc");
  }

  Path bundle(String id) {
    return directory.resolve(id + "-bundle");
  }

  Path log(String id) {
    return directory.resolve(id + ".log");
  }

  Path exitFile(String id) {
    return directory.resolve(id + ".exit");
  }
}
