package io.conmonj.it.pod;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The built distribution, which the tests and programs of this module run. */
public final class Distribution {
  /** Names another place; the default is where {@code make dist} puts it. */
  private static final String PROPERTY = "conmonj.dist";

  private static final String DEFAULT = "monitor/target/conmonj";

  private Distribution() {}

  /**
   * Where it is, as an absolute path.
   *
   * @throws IllegalStateException if it is not there
   */
  public static Path directory() {
    String given = System.getProperty(PROPERTY);
    Path directory =
        given == null ? project().resolve(DEFAULT) : Path.of(given).toAbsolutePath().normalize();
    if (!Files.isExecutable(directory.resolve("bin/conmonj"))) {
      throw new IllegalStateException("no distribution in " + directory + ": run make dist first");
    }
    return directory;
  }

  /** The file of one of its programs. */
  public static Path program(String name) {
    return directory().resolve("bin").resolve(name);
  }

  /** The directory of the whole project: the one above this module, whose classes these are. */
  public static Path project() {
    try {
      Path classes =
          Path.of(Distribution.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      for (Path up = classes; up != null; up = up.getParent()) {
        if (Files.isDirectory(up.resolve("monitor/src/dist"))) {
          return up;
        }
      }
      throw new IllegalStateException(classes + " is not in the project's directory");
    } catch (URISyntaxException e) {
      throw new IllegalStateException("where this class is from", e);
    }
  }
}
