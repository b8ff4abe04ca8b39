package io.conmonj.it.clients;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/**
 * One line of a client program's report.
 *
 * @param check its name, unique in the run
 * @param ok whether what the client saw was right
 * @param detail what it saw, or the error; empty when there is nothing to say
 */
record Check(String check, boolean ok, String detail) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The checks of a streaming client. */
  static final class Names {
    static final String HALF_CLOSE = "exec-stdin-half-close";
    static final String OUT = "exec-50MiB-out";
    static final List<String> ALL =
        List.of(
            "exec-exit-0",
            "exec-exit-3",
            "exec-missing-command",
            HALF_CLOSE,
            "exec-resize",
            OUT,
            "exec-50MiB-in",
            "attach",
            "port-forward",
            "port-forward-refused");

    private Names() {}

    /** All but one. */
    static List<String> without(String check) {
      return ALL.stream().filter(name -> !name.equals(check)).toList();
    }
  }

  /**
   * Reads one line.
   *
   * @throws IllegalArgumentException when the line is not a check
   */
  static Check parse(String line) {
    try {
      return JSON.readValue(line, Check.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a check: " + line, e);
    }
  }

  /** A check that went well, with nothing to say. */
  static Check passed(String check) {
    return new Check(check, true, "");
  }

  /** A check that failed. */
  static Check failed(String check, Throwable why) {
    return new Check(check, false, why.toString());
  }
}
