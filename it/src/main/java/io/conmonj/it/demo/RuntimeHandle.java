package io.conmonj.it.demo;

import io.conmonj.it.proc.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The demonstration's hold on its {@link RuntimeProcess}. */
final class RuntimeHandle implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private RuntimeHandle(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  static RuntimeHandle start(DemoFiles files) throws IOException {
    return new RuntimeHandle(
        new ProcessBuilder(
                JavaCommand.of(
                    List.of("-cp", System.getProperty("java.class.path")),
                    RuntimeProcess.class.getName(),
                    Demo.launcher().toString(),
                    files.directory().toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  long pid() {
    return process.pid();
  }

  /** Reads what it says, {@code name=value} in each line, up to a name. */
  Map<String, String> readUntil(String last) throws IOException {
    Map<String, String> said = new LinkedHashMap<>();
    while (!said.containsKey(last)) {
      String line = output.readLine();
      if (line == null) {
        throw new IOException("the container runtime ended early");
      }
      int equals = line.indexOf('=');
      said.put(line.substring(0, equals), line.substring(equals + 1));
    }
    return said;
  }

  /** Kills it as kill -9 does, and waits until it is gone. */
  void kill() throws IOException {
    try {
      var _ = process.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while killing the container runtime", e);
    }
  }

  @Override
  public void close() throws IOException {
    kill();
    output.close();
  }
}
