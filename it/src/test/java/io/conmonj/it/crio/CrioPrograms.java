package io.conmonj.it.crio;

import io.conmonj.it.pod.Distribution;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The programs that {@code build/crio} has built.
 *
 * @param directory where they are
 */
public record CrioPrograms(Path directory) {

  /** Builds what is missing, which takes minutes the first time. */
  public static CrioPrograms built() throws Exception {
    Process build =
        new ProcessBuilder(Distribution.project().resolve("build/crio").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (build.waitFor() != 0) {
      throw new IllegalStateException("build/crio failed: " + said);
    }
    return new CrioPrograms(Path.of(said));
  }

  /** The file of one of them. */
  public String program(String name) {
    return directory.resolve("bin").resolve(name).toString();
  }

  /** The directory of the CNI plugins. */
  public Path networkPlugins() {
    return directory.resolve("cni");
  }
}
