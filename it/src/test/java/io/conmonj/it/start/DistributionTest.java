package io.conmonj.it.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.it.pod.Distribution;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DistributionTest {
  private static final String CACHE = "lib/monitor.aot";

  @TempDir Path work;

  @Test
  void theVersionIsOneLineOfJsonWhateverTheEnvironmentTellsJava() throws Exception {
    Map<String, String> environment =
        Map.of(
            "JAVA_TOOL_OPTIONS",
            "-Xmx64m",
            "_JAVA_OPTIONS",
            "-Xmx65m",
            "JDK_JAVA_OPTIONS",
            "-Xmx66m");
    Launched launched =
        Launched.run(
            environment, List.of(Launched.program("conmonrs").toString(), "--version-json"));
    assertThat(launched.exitStatus()).isZero();
    assertThat(launched.output())
        .matches("\\{\"verbose\":false,\"version\":\"1\\.0\\.0\",\"tag\":.*}\n");
  }

  @Test
  void theVersionCanBeAskedForByTheEnvironment() throws Exception {
    Launched launched =
        Launched.run(
            Map.of("CONMON_VERSION", "full"), List.of(Launched.program("conmonj").toString()));
    assertThat(launched.exitStatus()).isZero();
    assertThat(launched.output()).startsWith("version: 1.0.0\n").contains("libraries: io.netty");
  }

  @Test
  void everyLibraryComesFromTheDistributionAndNothingIsUnpacked() throws Exception {
    try (RunningMonitor monitor = RunningMonitor.start(work)) {
      List<String> libraries =
          monitor.mappedFiles().stream()
              .filter(file -> file.contains("netty") || file.contains("jffi"))
              .toList();
      assertThat(libraries)
          .hasSize(2)
          .allMatch(file -> file.startsWith(Launched.distribution() + "/lib/native/"));
    }
  }

  @Test
  void theCacheIsUsed() throws Exception {
    try (RunningMonitor monitor = RunningMonitor.start(work)) {
      assertThat(monitor.mappedFiles()).contains(Launched.distribution() + "/" + CACHE);
    }
  }

  @Test
  void itSaysWhichJavaItHas() throws Exception {
    String bill = Files.readString(Launched.distribution().resolve("sbom/runtime.cdx.json"));
    String release = Files.readString(Launched.distribution().resolve("lib/runtime/release"));
    Matcher version = Pattern.compile("\"version\": \"(?:.*-)?(\\d+[\\d.]*)\\+").matcher(bill);
    assertThat(version.find()).as(bill).isTrue();
    assertThat(release).contains("JAVA_VERSION=\"" + version.group(1) + "\"");
  }

  @Test
  void whoReadsWhatIsShippedFindsTheJavaThatReleasesAreMadeWith() throws Exception {
    String build = Files.readString(Distribution.project().resolve("pom.xml"));
    Matcher pinned =
        Pattern.compile("<java\\.runtime\\.pinned>(.*)</java\\.runtime\\.pinned>").matcher(build);
    assertThat(pinned.find()).isTrue();
    assertThat(Files.readString(Launched.distribution().resolve("SECURITY.md")))
        .contains("That runtime is of " + pinned.group(1) + " ");
  }

  @Test
  void theTreeCanBeMovedAndLinkedToAndKeepsItsCache() throws Exception {
    Path moved = copy();
    Path link = Files.createSymbolicLink(work.resolve("conmonrs"), moved.resolve("bin/conmonrs"));
    try (RunningMonitor monitor = RunningMonitor.start(link, work.resolve("run"))) {
      assertThat(monitor.name()).isEqualTo("conmonrs");
      assertThat(monitor.mappedFiles())
          .contains(moved.resolve(CACHE).toString())
          .noneMatch(file -> file.startsWith(Launched.distribution().toString()));
    }
  }

  @Test
  void aCacheThatDoesNotFitIsNotUsedAndNotSpokenOf() throws Exception {
    Path moved = copy();
    try (SeekableByteChannel cache =
        Files.newByteChannel(moved.resolve(CACHE), StandardOpenOption.WRITE)) {
      cache.write(ByteBuffer.wrap("of another Java".getBytes(StandardCharsets.US_ASCII)));
    }
    try (RunningMonitor monitor =
        RunningMonitor.start(moved.resolve("bin/conmonj"), work.resolve("run"))) {
      assertThat(monitor.mappedFiles()).doesNotContain(moved.resolve(CACHE).toString());
      monitor.connect().close();
    }
  }

  @Test
  void withoutItsCacheItStartsToo() throws Exception {
    Path moved = copy();
    Files.delete(moved.resolve(CACHE));
    try (RunningMonitor monitor =
        RunningMonitor.start(moved.resolve("bin/conmonj"), work.resolve("run"))) {
      monitor.connect().close();
    }
  }

  private Path copy() throws Exception {
    Path moved = work.toRealPath().resolve("some where");
    List<String> command =
        List.of("cp", "-a", Launched.distribution().toString(), moved.toString());
    assertThat(Launched.run(Map.of(), command)).isEqualTo(new Launched(0, ""));
    return moved;
  }
}
