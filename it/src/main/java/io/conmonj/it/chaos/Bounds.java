package io.conmonj.it.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.conmonj.it.pod.PodContainer;
import java.io.IOException;
import java.nio.file.Path;

/** Few processes and little time for a container, so that it is nobody's trouble but its own. */
final class Bounds {
  private static final int PROCESSES = 32;
  private static final int PERIOD_MICROS = 100_000;
  private static final int QUOTA_MICROS = 10_000;

  private Bounds() {}

  static void set(PodContainer container) throws IOException {
    ObjectMapper json = new ObjectMapper();
    Path file = container.home().resolve("bundle/config.json");
    ObjectNode config = (ObjectNode) json.readTree(file.toFile());
    ObjectNode resources = config.withObject("/linux/resources");
    resources.putObject("pids").put("limit", PROCESSES);
    resources.putObject("cpu").put("period", PERIOD_MICROS).put("quota", QUOTA_MICROS);
    json.writeValue(file.toFile(), config);
  }
}
