package io.conmonj.it.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.conmonj.it.pod.Distribution;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The programs under {@code src/test/clients}, built on first use by the script {@code setup} there
 * and kept under {@code target/clients}.
 */
final class ClientPrograms {
  private static final Path MODULE = Distribution.project().resolve("it");
  private static final Path SOURCES = MODULE.resolve("src/test/clients");
  private static final Path BUILT = MODULE.resolve("target/clients");

  /** What {@code setup} exits with when this machine lacks the program's language. */
  private static final int LANGUAGE_MISSING = 3;

  private ClientPrograms() {}

  /**
   * Builds a program if need be.
   *
   * @param name as {@code setup} knows it
   * @return its command line
   * @throws org.opentest4j.TestAbortedException when its language is not on this machine; not under
   *     CI, where all languages must be there
   */
  static List<String> command(String name) throws IOException {
    Process setup =
        new ProcessBuilder("sh", SOURCES.resolve("setup").toString(), BUILT.toString(), name)
            .redirectErrorStream(true)
            .start();
    String said = new String(setup.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    int code = setup.onExit().join().exitValue();
    if (code == LANGUAGE_MISSING && System.getenv("CI") == null) {
      abort(name + ": " + said);
    }
    assertThat(code).as("setup of %s said: %s", name, said).isZero();
    return List.of(BUILT.resolve("bin").resolve(name).toString());
  }
}
