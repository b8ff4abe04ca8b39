package io.conmonj.schemagen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Holds the generated code to the schemas. After changing a schema, {@code mvn -pl capnp-schema
 * test -Dtest=SchemaDriftTest -Dschema.update=true} writes the code anew.
 */
class SchemaDriftTest {

  @Test
  void theGeneratedControlSchemasAreWhatTheGeneratorWritesNow() throws Exception {
    check(
        Path.of("src/main/schema"),
        List.of("conmon.capnp", "conmon-old.capnp", "conmonj.capnp", "rpc.capnp", "state.capnp"),
        "io.conmonj.schema",
        Path.of("src/main/java/io/conmonj/schema"));
  }

  @Test
  void theGeneratedTestSchemaIsWhatTheGeneratorWritesNow() throws Exception {
    check(
        Path.of("src/test/schema"),
        List.of("sample.capnp"),
        "io.conmonj.rpc.schema",
        Path.of("src/test/java/io/conmonj/rpc/schema"));
  }

  private static void check(Path schemas, List<String> files, String packageName, Path sources)
      throws IOException, InterruptedException {
    assumeTrue(capnpIsInstalled(), "capnp is not on the PATH (Debian package capnproto)");
    Map<String, String> generated = Generator.generate(schemas, files, packageName);
    for (Map.Entry<String, String> source : generated.entrySet()) {
      Path file = sources.resolve(source.getKey());
      if (Boolean.getBoolean("schema.update")) {
        Files.createDirectories(sources);
        Files.writeString(file, source.getValue());
      }
      assertThat(file).as("generated from %s", files).hasContent(source.getValue());
    }
  }

  private static boolean capnpIsInstalled() {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, "capnp")));
  }
}
