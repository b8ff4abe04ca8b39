package io.conmonj.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.kenai.jffi.Library;
import java.io.File;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The distribution has jffi's native library unpacked and not as a jar on the class path. */
class UnpackedLibraryTest {
  private static final String LIBRARY = "libjffi-1.2.so";

  @TempDir Path dir;

  @Test
  void theLibraryIsTakenFromTheGivenDirectoryAndNothingIsExtracted() throws Exception {
    String machine = Machine.ARM64 ? "aarch64" : "x86_64";
    try (InputStream packed =
        Library.class.getResourceAsStream("/jni/" + machine + "-Linux/" + LIBRARY)) {
      Files.copy(packed, dir.resolve(LIBRARY));
    }
    String classPath =
        String.join(File.pathSeparator, home(LibC.class), home(Mapped.class), home(Library.class));
    Finished child =
        Finished.run(
            Spawn.program(ChildJvm.java())
                .arguments(List.of("-Djffi.boot.library.path=" + dir))
                .arguments(ChildJvm.arguments(Mapped.class, classPath)));
    assertThat(child.status().toCode()).isZero();
    assertThat(child.output().lines().distinct().toList())
        .isEqualTo(List.of(dir.resolve(LIBRARY).toString()));
  }

  private static String home(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  /** Makes a call and prints where the native library was mapped from. */
  static final class Mapped {
    public static void main(String[] args) throws Exception {
      Pipe.open().close();
      for (String line : Files.readAllLines(Path.of("/proc/self/maps"))) {
        if (line.contains("jffi") && line.contains(".so")) {
          System.out.println(line.substring(line.indexOf('/')));
        }
      }
    }

    private Mapped() {}
  }
}
