package io.conmonj.it.crio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * What cri-tools' own tests of the interface between kubelet and runtime said.
 *
 * @param specs what became of each spec that was chosen, by its whole name: {@code passed}, or the
 *     state and what it says of it
 */
record Critest(Map<String, String> specs) {
  /** The images that it asks for, all of them busybox. */
  static final BusyboxImage[] IMAGES = {
    webServer("localhost/web:latest", 80),
    webServer("registry.k8s.io/e2e-test-images/httpd:2.4.39-4", 80),
    webServer("gcr.io/k8s-staging-cri-tools/hostnet-nginx-amd64:latest", 12003)
  };

  private static final long LIMIT_MINUTES = 15;

  private static BusyboxImage webServer(String name, int port) {
    String script = "echo httpd; echo good day >/index.html; exec httpd -f -h / -p " + port;
    return new BusyboxImage(name, List.of("sh", "-c", script));
  }

  /**
   * Runs it to its end, whatever that is.
   *
   * @param focus a regular expression (RE2) for the whole names of those to be run
   * @param more flags
   */
  static Critest run(CrioNode node, CrioPrograms programs, String focus, List<String> more)
      throws IOException, InterruptedException {
    Path home = Files.createTempDirectory(node.directory(), "critest-");
    Path images =
        Files.writeString(
            home.resolve("images.yaml"),
            "defaultTestContainerImage: %s\nwebServerTestImage: %s\n"
                .formatted(CrioConfig.IMAGE.name(), IMAGES[0].name()));
    Path report = home.resolve("report.json");
    Path log = home.resolve("log");
    List<String> command =
        new ArrayList<>(
            List.of(
                programs.program("critest"),
                "-config=/dev/null",
                "-runtime-endpoint=unix://" + node.socket(),
                "-test-images-file=" + images,
                "-ginkgo.no-color",
                "-ginkgo.focus=" + focus,
                "-ginkgo.json-report=" + report));
    command.addAll(more);
    Process process =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
    }
    if (!Files.exists(report)) {
      throw new AssertionError("critest has ended without a report: " + Files.readString(log));
    }
    return read(new ObjectMapper().readTree(report.toFile()));
  }

  /** The same, but for those that were run another time. */
  Critest and(Critest later) {
    Map<String, String> all = new TreeMap<>(specs);
    all.putAll(later.specs);
    return new Critest(all);
  }

  private static Critest read(JsonNode suites) {
    Map<String, String> specs = new TreeMap<>();
    for (JsonNode suite : suites) {
      for (JsonNode spec : suite.get("SpecReports")) {
        String state = spec.get("State").asText();
        if (spec.get("LeafNodeType").asText().equals("It") && !state.equals("skipped")) {
          specs.put(name(spec), state + spec.at("/Failure/Message").asText());
        }
      }
    }
    return new Critest(specs);
  }

  private static String name(JsonNode spec) {
    StringBuilder name = new StringBuilder();
    for (JsonNode container : spec.get("ContainerHierarchyTexts")) {
      name.append(container.asText()).append(' ');
    }
    return name.append(spec.get("LeafNodeText").asText()).toString();
  }
}
