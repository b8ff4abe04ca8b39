package io.conmonj.monitor.observe;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * Finds what exports traces. In the distribution that is a jar beside the monitor's own, which is
 * not on the class path: so a monitor without traces does not open it, and the archive of loaded
 * classes, which is good for one class path alone, serves both.
 */
final class TracerJar {
  private static final String MONITOR = "monitor.jar";
  private static final String NAME = "tracing.jar";

  private TracerJar() {}

  /**
   * What makes the tracer.
   *
   * @throws IOException when there is none, or it cannot be loaded
   */
  static TracerProvider provider() throws IOException {
    try {
      Iterator<TracerProvider> found =
          ServiceLoader.load(TracerProvider.class, loader()).iterator();
      if (found.hasNext()) {
        return found.next();
      }
    } catch (ServiceConfigurationError broken) {
      throw new IOException("load what exports traces: " + broken.getMessage(), broken);
    }
    throw new IOException("nothing is here that exports traces");
  }

  /** Is never closed: classes are loaded as long as the monitor runs. */
  private static ClassLoader loader() throws IOException {
    ClassLoader own = TracerJar.class.getClassLoader();
    Path classes = Path.of(System.getProperty("java.class.path"));
    if (!classes.endsWith(MONITOR)) {
      return own; // In tests all is on the class path.
    }
    Path jar = classes.resolveSibling(NAME);
    if (!Files.isReadable(jar)) {
      throw new IOException("load what exports traces: " + jar + " cannot be read");
    }
    return new URLClassLoader(new URL[] {jar.toUri().toURL()}, own);
  }
}
