package io.conmonj.monitor.oci;

import io.conmonj.monitor.json.JsonObject;
import io.conmonj.monitor.json.JsonString;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a runtime's {@code state} says of a container (OCI runtime specification, "State"), as far
 * as it tells whose container it is.
 *
 * @param pid of its first process, or {@link #ENDED}
 * @param bundle its directory, as JSON text
 * @param created when it was made, which runc and crun say and the specification does not ask for
 */
public record ContainerStatus(int pid, String bundle, Optional<Instant> created) {
  /** Instead of the process id of a container whose process has ended. */
  public static final int ENDED = 0;

  private static final String NONE = "";

  /**
   * Reads what the runtime has printed.
   *
   * @throws IOException when it is something else
   */
  public static ContainerStatus parse(String text) throws IOException {
    Map<String, String> members = JsonObject.members(text);
    String created = members.getOrDefault("created", NONE);
    try {
      return new ContainerStatus(
          Integer.parseInt(members.getOrDefault("pid", "0")),
          members.getOrDefault("bundle", NONE),
          created.length() < 2
              ? Optional.empty()
              : Optional.of(Instant.parse(created.substring(1, created.length() - 1))));
    } catch (NumberFormatException | DateTimeException malformed) {
      throw new IOException("read state of container: " + malformed.getMessage(), malformed);
    }
  }

  /**
   * Whether it was made of this bundle. A path whose JSON text can be written in several ways may
   * not be recognised.
   */
  public boolean isOf(String directory) {
    return bundle.equals(JsonString.of(directory));
  }
}
