package io.conmonj.it.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.conmonj.it.bundle.BusyboxBundle;
import io.conmonj.it.pod.Distribution;
import io.conmonj.it.pod.NeedsContainers;
import io.conmonj.it.pod.Runc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tests that conmon-rs 1.0.1 has of itself, unchanged, with the built monitor in its place. Of
 * their demands only that on the monitor's resident memory is another: a Java VM does not fit into
 * it. What asks Jaeger for traces, in a container with an image from elsewhere, asks a stand-in.
 */
@NeedsContainers
class ConmonRsSuiteTest {
  private static final long LIMIT_MINUTES = 10;
  private static final int SPECS = 54;

  /** KiB of resident memory, shared pages of the Java runtime included. */
  private static final String MEMORY_CEILING = "102400";

  @TempDir Path scratch;

  @TestFactory
  Stream<DynamicTest> specs() throws Exception {
    Path report = scratch.resolve("report.json");
    String said = run(report);
    JsonNode specs = specs(report, said);
    if (wasLeftByAnAttempt(specs)) {
      Files.delete(report);
      said = run(report);
      specs = specs(report, said);
    }
    return tests(specs, said);
  }

  private static JsonNode specs(Path report, String said) throws IOException {
    assertThat(report).as(said).exists();
    return new ObjectMapper().readTree(report.toFile()).get(0).get("SpecReports");
  }

  /**
   * Whether a monitor was left, and perhaps by an attempt that failed before it shut its own down:
   * theirs at JSON logs remove the directory of a monitor that still writes there, and only then
   * end it. Such a run says nothing.
   */
  private static boolean wasLeftByAnAttempt(JsonNode specs) {
    boolean isLeft = false;
    boolean hasFailed = false;
    for (JsonNode spec : specs) {
      isLeft |=
          spec.get("LeafNodeType").asText().equals("AfterSuite")
              && !spec.get("State").asText().equals("passed");
      hasFailed |= spec.get("NumAttempts").asInt() > 1;
    }
    return isLeft && hasFailed;
  }

  private static Stream<DynamicTest> tests(JsonNode specs, String said) {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode spec : specs) {
      String type = spec.get("LeafNodeType").asText();
      String state = spec.get("State").asText();
      // What is skipped was not asked for; after the suite it looks for monitors that are left.
      if (type.equals("It") ? !state.equals("skipped") : type.equals("AfterSuite")) {
        tests.add(dynamicTest(name(spec), () -> assertThat(state).as(said).isEqualTo("passed")));
      }
    }
    tests.add(dynamicTest("all specs are run", () -> assertThat(tests).hasSize(SPECS + 2)));
    return tests.stream();
  }

  /** Returns what the suite said. */
  private String run(Path report) throws IOException, InterruptedException {
    Path suite = Path.of(ClientPrograms.command("conmonrs-suite").getFirst());
    Path output = scratch.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(
                "unshare",
                "--mount",
                "--pid",
                "--net",
                "--fork",
                "--kill-child",
                "--mount-proc",
                "sh",
                Distribution.project().resolve("it/src/test/clients/conmonrs-suite/run").toString(),
                suite.toString(),
                "-ginkgo.randomize-all",
                // One wants an exit file as soon as runc lists the container as running. Their
                // Makefile: 3.
                "-ginkgo.flake-attempts=10",
                "-ginkgo.timeout=8m",
                "-ginkgo.v",
                "-ginkgo.no-color",
                "-ginkgo.json-report=" + report)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("CONMON_BINARY", Distribution.program("conmonrs").toString());
    builder.environment().put("RUNC", Runc.find().toString());
    builder.environment().put("BUSYBOX", BusyboxBundle.BUSYBOX.toString());
    builder.environment().put("SCRATCH", scratch.toString());
    builder.environment().put("MAX_RSS_KB", MEMORY_CEILING);
    Process process = builder.start();
    if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
    }
    return Files.readString(output);
  }

  private static String name(JsonNode spec) {
    List<String> words = new ArrayList<>();
    spec.get("ContainerHierarchyTexts").forEach(word -> words.add(word.asText()));
    words.add(spec.get("LeafNodeText").asText());
    String name = String.join(" ", words).strip();
    return name.isEmpty() ? spec.get("LeafNodeType").asText() : name;
  }
}
