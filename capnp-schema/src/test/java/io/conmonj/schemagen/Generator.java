package io.conmonj.schemagen;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes Java of schema files, by way of the {@code capnp} tool. */
final class Generator {

  private Generator() {}

  /**
   * Generates one outer class for each file.
   *
   * @return sources by file name, such as {@code Conmon.java}
   * @throws IOException if {@code capnp} cannot be run or refuses a schema
   */
  static Map<String, String> generate(Path directory, List<String> files, String packageName)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("capnp", "compile", "-o-"));
    command.addAll(files);
    ProcessBuilder capnp =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    capnp.environment().remove("PWD"); // capnp warns when it is not the working directory
    Process running = capnp.start();
    byte[] request = running.getInputStream().readAllBytes();
    if (running.waitFor() != 0) {
      throw new IOException(
          "compile schemas %s in %s: capnp said: %s"
              .formatted(files, directory, new String(request, StandardCharsets.UTF_8)));
    }
    Schema schema = Schema.read(request);
    Map<String, String> sources = new TreeMap<>();
    for (Schema.RequestedFile file : schema.files()) {
      sources.put(
          Names.outerClass(file.name()) + ".java", JavaFile.write(schema, file, packageName));
    }
    return sources;
  }
}
