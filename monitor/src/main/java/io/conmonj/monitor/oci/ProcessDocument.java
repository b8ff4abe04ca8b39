package io.conmonj.monitor.oci;

import io.conmonj.kernel.WindowSize;
import io.conmonj.monitor.json.JsonObject;
import io.conmonj.monitor.json.JsonString;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What {@code exec --process} reads: the {@code process} object of the OCI runtime specification.
 * It can say what no flag can, the size that the terminal has from the start: {@code consoleSize}.
 */
public final class ProcessDocument {
  private static final String PROCESS = "process";
  private static final String ENV = "env";
  private static final String USER = "user";
  private static final String GROUPS = "additionalGids";

  private ProcessDocument() {}

  /**
   * The container's own process, as a runtime takes it for an exec, with what the exec changes.
   *
   * @param config the text of the bundle's config.json
   * @param exec what to run
   * @param size of its terminal
   * @throws IOException when the configuration is not such a document
   */
  public static String of(String config, ExecArguments exec, WindowSize size) throws IOException {
    String own = JsonObject.members(config).get(PROCESS);
    if (own == null) {
      throw new IOException("read config.json: it has no process");
    }
    Map<String, String> process = JsonObject.members(own);
    process.put("terminal", "true");
    process.put("consoleSize", "{\"height\":" + size.rows() + ",\"width\":" + size.columns() + "}");
    process.put("args", array(exec.command()));
    exec.workingDirectory().ifPresent(it -> process.put("cwd", JsonString.of(it)));
    if (!exec.environment().isEmpty()) {
      process.put(ENV, appended(process.getOrDefault(ENV, "[]"), quoted(exec.environment())));
    }
    if (exec.user().isPresent() || !exec.additionalGroups().isEmpty()) {
      process.put(USER, user(process.getOrDefault(USER, "{}"), exec));
    }
    return JsonObject.of(process);
  }

  private static String user(String own, ExecArguments exec) throws IOException {
    Map<String, String> user = JsonObject.members(own);
    if (exec.user().isPresent()) {
      String[] ids = exec.user().get().split(":", 2);
      user.put("uid", number(ids[0]));
      if (ids.length == 2) {
        user.put("gid", number(ids[1]));
      }
    }
    if (!exec.additionalGroups().isEmpty()) {
      List<String> groups = new ArrayList<>();
      for (String group : exec.additionalGroups()) {
        groups.add(number(group));
      }
      user.put(GROUPS, appended(user.getOrDefault(GROUPS, "[]"), groups));
    }
    return JsonObject.of(user);
  }

  private static String number(String id) throws IOException {
    try {
      return Long.toString(Long.parseUnsignedLong(id));
    } catch (NumberFormatException e) {
      throw new IOException("user or group '" + id + "' is not a number", e);
    }
  }

  private static String array(List<String> values) {
    return appended("[]", quoted(values));
  }

  private static List<String> quoted(List<String> values) {
    List<String> quoted = new ArrayList<>(values.size());
    for (String value : values) {
      quoted.add(JsonString.of(value));
    }
    return quoted;
  }

  /** An array's text with more elements at its end. */
  private static String appended(String array, List<String> more) {
    // A null array is an empty one.
    String inside = array.startsWith("[") ? array.substring(1, array.length() - 1).strip() : "";
    String separator = inside.isEmpty() ? "" : ",";
    return "[" + inside + separator + String.join(",", more) + "]";
  }
}
