package io.conmonj.it.kube;

import io.conmonj.it.pod.Distribution;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The programs that {@code build/kube} has built.
 *
 * @param directory where they are
 */
record KubePrograms(Path directory) {

  /** Builds what is missing, which takes a quarter of an hour the first time. */
  static KubePrograms built() throws Exception {
    Process build =
        new ProcessBuilder(Distribution.project().resolve("build/kube").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (build.waitFor() != 0) {
      throw new IllegalStateException("build/kube failed: " + said);
    }
    return new KubePrograms(Path.of(said));
  }

  /** The file of one of them. */
  String program(String name) {
    return directory.resolve("bin").resolve(name).toString();
  }
}
